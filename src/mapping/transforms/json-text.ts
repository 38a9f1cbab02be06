import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { defineTransform } from '../transform.ts';

/** Groups and lists inside each other, at most; JSON that an export puts into a text is flat. */
const deepest = 64;

/** The texts of JSON, which stay, and its numbers, which become texts so that `1.10` stays `1.10`. */
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

function valueOf(parsed: unknown): Value {
  if (Array.isArray(parsed)) return parsed.map(valueOf);
  if (typeof parsed === 'object' && parsed !== null)
    return Object.fromEntries(Object.entries(parsed).map(([name, item]) => [name, valueOf(item)]));
  return typeof parsed === 'string' || typeof parsed === 'boolean' ? String(parsed) : null;
}

function isTooDeep(json: string): boolean {
  // What has no more beginnings than levels, at most, need not be followed level by level.
  if ((json.match(/[[{]/g)?.length ?? 0) <= deepest) return false;
  let depth = 0;
  for (const sign of json.replace(textOrNumber, '')) {
    if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** The value of a JSON text, with numbers and truth values as the texts of their literals; nothing where it is none. */
export function parseJsonText(json: string): Value | undefined {
  try {
    JSON.parse(json);
    if (isTooDeep(json)) return undefined;
    const texts = json.replace(textOrNumber, (token) =>
      token.startsWith('"') ? token : `"${token}"`,
    );
    return valueOf(JSON.parse(texts));
  } catch {
    return undefined;
  }
}

export const jsonText = defineTransform({
  name: 'json-text',
  about: 'Reads JSON that stands inside a text. A list or a group that is one already stays.',
  options: z.undefined(),
  apply: (value, _, context) => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return null;
    const parsed = parseJsonText(value);
    if (parsed === undefined) {
      context.issue('JSON_IN_TEXT_INVALID');
      return null;
    }
    return parsed;
  },
});
