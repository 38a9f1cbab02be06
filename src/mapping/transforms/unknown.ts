import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { defineTransform } from '../transform.ts';

function same(text: string, spelling: string): boolean {
  const written = text.trim().toLowerCase();
  if (written === spelling.trim().toLowerCase()) return true;
  return written !== '' && spelling !== '' && Number(written) === Number(spelling);
}

function withoutUnknown(value: Value, spellings: readonly string[]): Value {
  if (Array.isArray(value))
    return (value as readonly Value[]).map((item) => withoutUnknown(item, spellings));
  if (typeof value !== 'string') return value;
  return spellings.some((spelling) => same(value, spelling)) ? null : value;
}

export const unknown = defineTransform({
  name: 'unknown',
  about:
    'Makes a text absent that stands for "not known" in this source, for example 0 bedrooms; numbers are compared as numbers.',
  options: z.array(z.string()).min(1).describe('What stands for "not known".'),
  apply: withoutUnknown,
});
