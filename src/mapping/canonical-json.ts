import type { Value } from '../model/record.ts';

/** JSON text in which the names of a group are in order, so that equal values give equal texts. */
export function canonicalJson(value: Value): string {
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(canonicalJson).join(',')}]`;
  return canonicalObject(Object.entries(value));
}

/** The same for names and values that are not in an object, for names are data and may be `__proto__`. */
export function canonicalObject(entries: Iterable<readonly [string, Value]>): string {
  const members = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${canonicalJson(value)}`).join(',')}}`;
}
