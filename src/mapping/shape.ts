import type { Value } from '../model/record.ts';
import { storableText } from '../model/name-text.ts';

/** A named group of values. */
export type Group = Readonly<Record<string, Value>>;

/** Whether a value is a list. (`Array.isArray` does not narrow readonly lists.) */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is a named group. */
export function isGroup(value: Value): value is Group {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Whether a text has anything but space in it. */
export function isFilled(text: string): boolean {
  // Most texts begin with a visible character of ASCII, which decides without a trimmed copy.
  const first = text.charCodeAt(0);
  return (first > 0x20 && first < 0x7f) || text.trim() !== '';
}

/** Whether there is a text in a value, at any depth. */
export function hasData(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === 'string') return isFilled(value);
  for (const inner of isList(value) ? value : Object.values(value)) if (hasData(inner)) return true;
  return false;
}

/** Characters of a value that an issue shows. */
const shownLength = 500;

/** A value as one text, for issues, which the database holds too. */
export function shownValue(value: Value): string | undefined {
  if (value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return storableText(shown);
}
