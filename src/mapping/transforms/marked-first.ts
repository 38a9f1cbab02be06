import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { isGroup, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

function isMarked(item: Value, field: string): boolean {
  const mark = isGroup(item) && Object.hasOwn(item, field) ? item[field] : null;
  return typeof mark === 'string' && (mark.trim() === '1' || mark.trim() === 'true');
}

export const markedFirst = defineTransform({
  name: 'marked-first',
  about:
    'Brings the items of a list that a field marks with `1` or `true` to the front; the others keep their order.',
  options: z.string().min(1).describe('The field of an item.'),
  apply: (value, field) => {
    if (!isList(value)) return value;
    const marked = value.filter((item) => isMarked(item, field));
    return [...marked, ...value.filter((item) => !isMarked(item, field))];
  },
});
