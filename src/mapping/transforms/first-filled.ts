import * as z from 'zod';
import { hasData, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const firstFilled = defineTransform({
  name: 'first-filled',
  about: 'Gives the first item of a list that has data. What is not a list stays.',
  options: z.undefined(),
  apply: (value) => (isList(value) ? (value.find(hasData) ?? null) : value),
});
