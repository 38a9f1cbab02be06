import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

export const upper = defineTransform({
  name: 'upper',
  about: 'Puts a text in upper case.',
  options: z.undefined(),
  apply: onText((text) => text.toUpperCase()),
});
