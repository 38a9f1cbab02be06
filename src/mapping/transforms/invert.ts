import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';
import { truthIn } from './boolean.ts';

export const invert = defineTransform({
  name: 'invert',
  about: 'Reads yes or no like `boolean`, and gives the opposite.',
  options: z.undefined(),
  apply: onText((text, _, context) => {
    const truth = truthIn(text, context);
    return truth === null ? null : truth === 'true' ? 'false' : 'true';
  }),
});
