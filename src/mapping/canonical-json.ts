import type { Value } from '../model/record.ts';

/** What JSON escapes in a text. */
const escaped = /["\\\u0000-\u001F\uD800-\uDFFF]/;

/** A text as JSON. Nearly none has anything to escape, and JSON.stringify takes twice the time of finding that out. */
function quoted(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** JSON text in which the names of a group are in order, so that equal values give equal texts. */
export function canonicalJson(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${(value as readonly Value[]).map(canonicalJson).join(',')}]`;
  return canonicalObject(new Map(Object.entries(value)));
}

/** The same for names and values that are not in an object, for names are data and may be `__proto__`. */
export function canonicalObject(members: ReadonlyMap<string, Value>): string {
  let json = '';
  for (const name of [...members.keys()].sort())
    json += `${json === '' ? '' : ','}${quoted(name)}:${canonicalJson(members.get(name) ?? null)}`;
  return `{${json}}`;
}
