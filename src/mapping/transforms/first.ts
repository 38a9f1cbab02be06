import * as z from 'zod';
import { isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const first = defineTransform({
  name: 'first',
  about: 'Gives the first item of a list. What is not a list stays.',
  options: z.undefined(),
  apply: (value) => (isList(value) ? (value[0] ?? null) : value),
});
