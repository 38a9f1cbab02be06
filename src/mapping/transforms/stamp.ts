import * as z from 'zod';
import { hasData, isGroup, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const stamp = defineTransform({
  name: 'stamp',
  about:
    'Adds fields to each group of a list: what the place of the list says of its items. A field that an item has itself stays.',
  options: z.record(z.string().min(1), z.string().min(1)).describe('The fields and their texts.'),
  apply: (value, fields) => {
    if (value === null) return null;
    // One group and a list of one are the same.
    const items = isList(value) ? value : [value];
    return items.map((item) => (isGroup(item) && hasData(item) ? { ...fields, ...item } : item));
  },
});
