import * as z from 'zod';
import { hasData, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const ranked = defineTransform({
  name: 'ranked',
  about:
    'Gives the texts of a list their rank: each becomes a group of `value` and `position`, from 1. Empty ones are left out.',
  options: z.undefined(),
  apply: (value) => {
    const items = (isList(value) ? value : [value]).filter(hasData);
    if (items.length === 0) return null;
    return items.map((item, index) => ({ value: item, position: String(index + 1) }));
  },
});
