import { createHash } from 'node:crypto';
import type { Fields, Value } from '../model/record.ts';

/** Whether a value is a named group: neither a text, nor a list, nor absent. */
export function isGroup(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The text at a path of names; undefined where something else stands there. */
export function textAt(value: Value | undefined, ...path: readonly string[]): string | undefined {
  let found = value;
  for (const name of path) {
    if (!isGroup(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return typeof found === 'string' ? found : undefined;
}

/** An id for a record that has none: `sha256:` and the hash of what it says, whatever the order of its names. */
export function contentId(value: Value): string {
  return `sha256:${createHash('sha256').update(canonical(value)).digest('hex')}`;
}

function canonical(value: Value): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
