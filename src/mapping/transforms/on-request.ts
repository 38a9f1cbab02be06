import * as z from 'zod';
import { canonicalNumber } from '../number-text.ts';
import { foldSpelling } from '../table.ts';
import { defineTransform, onText } from '../transform.ts';

/** Words that stand in place of a price; folded as value tables do. */
const words = new Set(
  [
    'x',
    'on request',
    'price on request',
    'poa',
    'a consultar',
    'consultar',
    'op aanvraag',
    'prijs op aanvraag',
    'auf anfrage',
    'preis auf anfrage',
    'sur demande',
    'prix sur demande',
  ].map(foldSpelling),
);

/** Whether a price says that it has to be asked for: `0`, `x`, or words. */
export function isOnRequest(text: string): boolean {
  return /^[-+\d]/.test(text) ? canonicalNumber(text) === '0' : words.has(foldSpelling(text));
}

export const onRequest = defineTransform({
  name: 'on-request',
  about:
    'Gives `true` where a price is `0`, `x` or the like, `false` where there is another price.',
  options: z.undefined(),
  apply: onText((text) => (isOnRequest(text) ? 'true' : 'false')),
});
