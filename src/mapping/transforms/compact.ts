import * as z from 'zod';
import { hasData, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const compact = defineTransform({
  name: 'compact',
  about: 'Leaves out the items of a list that have no data. What is not a list stays.',
  options: z.undefined(),
  apply: (value) => (isList(value) ? value.filter(hasData) : value),
});
