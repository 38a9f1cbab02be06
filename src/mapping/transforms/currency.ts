import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

const symbols: Readonly<Record<string, string>> = {
  '€': 'EUR',
  EURO: 'EUR',
  EUROS: 'EUR',
  '£': 'GBP',
  US$: 'USD',
};

export const currency = defineTransform({
  name: 'currency',
  about:
    'Gives the ISO 4217 code of a currency: of a code in any case, of `€` or of `£`. `$` is of too many countries to be one.',
  options: z.undefined(),
  apply: onText((text, _, context) => {
    const code = text.toUpperCase();
    if (Object.hasOwn(symbols, code)) return symbols[code] ?? null;
    if (/^[A-Z]{3}$/.test(code)) return code;
    context.issue('VALUE_NOT_IN_TABLE', { args: { table: 'currencies' } });
    return null;
  }),
});
