import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

export const basename = defineTransform({
  name: 'basename',
  about: 'Gives the last part of a path or of an address, without its query.',
  options: z.undefined(),
  apply: onText((text) => {
    const path = text.includes('://') ? text.replace(/[?#].*$/s, '') : text;
    const parts = path.split(/[/\\]/).map((part) => part.trim());
    return parts.findLast((part) => part !== '') ?? null;
  }),
});
