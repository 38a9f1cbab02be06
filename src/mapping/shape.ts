import type { Value } from '../model/record.ts';

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
  return text !== '' && text.trim() !== '';
}

/** Whether there is a text in a value, at any depth. */
export function hasData(value: Value): boolean {
  if (value === null) return false;
  if (typeof value === 'string') return isFilled(value);
  return (isList(value) ? value : Object.values(value)).some(hasData);
}

/** A value as one text, for messages. */
export function shownValue(value: Value): string | undefined {
  if (value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
