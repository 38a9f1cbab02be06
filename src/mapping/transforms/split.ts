import * as z from 'zod';
import { isFilled } from '../shape.ts';
import { defineTransform, onText } from '../transform.ts';

export const split = defineTransform({
  name: 'split',
  about: 'Splits a text at a separator, the option, into a list of texts without the empty ones.',
  options: z.string().min(1).describe('The separator.'),
  apply: onText((text, separator) =>
    text
      .split(separator)
      .filter(isFilled)
      .map((part) => part.trim()),
  ),
});
