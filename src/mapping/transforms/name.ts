import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

export const name = defineTransform({
  name: 'name',
  about:
    'Leaves a name as it is, and says so where it has digits, which the forms of the CRM refuse.',
  options: z.undefined(),
  apply: onText((text, _, context) => {
    if (/\p{Nd}/u.test(text)) context.issue('NAME_WITH_DIGITS');
    return text;
  }),
});
