import * as z from 'zod';
import { emailAddress } from '../email.ts';
import { isFilled, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const emails = defineTransform({
  name: 'emails',
  about:
    'Gives the e-mail addresses of a text or of a list of texts, each split at `;`, `,` and spaces, in lower case and once each. What is no address is left out, with an issue.',
  options: z.undefined(),
  apply: (value, _, context) => {
    const found = new Set<string>();
    for (const item of isList(value) ? value : [value]) {
      if (item === null) continue;
      if (typeof item !== 'string') {
        context.issue('VALUE_NOT_EXPECTED_SHAPE');
        continue;
      }
      for (const part of item.split(/[;,\s]+/).filter(isFilled)) {
        const address = emailAddress(part.replace(/^(?:mailto:)?[<"'(]*|[>"')]*$/gi, ''));
        if (address === undefined) context.issue('EMAIL_INVALID', { value: part });
        else found.add(address);
      }
    }
    return found.size === 0 ? null : [...found];
  },
});
