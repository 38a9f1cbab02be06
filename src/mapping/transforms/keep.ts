import * as z from 'zod';
import { defineTransform } from '../transform.ts';

export const keep = defineTransform({
  name: 'keep',
  about: 'Passes its value on, and keeps what the source wrote in `custom_fields`.',
  options: z.undefined(),
  apply: (value, _options, context) => {
    if (value !== null && value.length !== 0) context.keepOriginal();
    return value;
  },
});
