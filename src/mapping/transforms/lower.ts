import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

export const lower = defineTransform({
  name: 'lower',
  about: 'Puts a text in lower case.',
  options: z.undefined(),
  apply: onText((text) => text.toLowerCase()),
});
