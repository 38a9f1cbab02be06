import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

export const trim = defineTransform({
  name: 'trim',
  about: 'Removes spaces, no-break spaces and line ends at both ends of a text.',
  options: z.undefined(),
  apply: onText((text) => text),
});
