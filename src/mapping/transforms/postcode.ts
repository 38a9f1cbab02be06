import * as z from 'zod';
import { pathOption } from '../path.ts';
import { defineTransform, onText, type TransformContext } from '../transform.ts';
import { countryCode } from './country.ts';

const options = z
  .strictObject({
    country: pathOption.optional().describe('Field with the country of the address.'),
  })
  .prefault({});

/** Countries whose postcodes are five digits, some of which begin with 0. */
const fiveDigits = new Set(['ES', 'DE', 'FR', 'IT', 'FI', 'EE']);

/** A postcode out of which a spreadsheet made a number. */
const withoutZero = /^\d{4}$/;

function countryOf(
  path: z.output<typeof options>['country'],
  context: TransformContext,
): string | undefined {
  const text = path?.read(context.record.fields);
  return typeof text === 'string' ? countryCode(text) : undefined;
}

export const postcode = defineTransform({
  name: 'postcode',
  about:
    'Leaves a postcode as it is. Where the country that the option names has postcodes of five digits, four digits have lost a zero before them: it is put back, with an issue. Without a country nothing is known of how many there should be.',
  options,
  paths: ({ country }) => (country === undefined ? [] : [country]),
  apply: onText((text, { country }, context) => {
    if (!withoutZero.test(text)) return text;
    const code = countryOf(country, context);
    if (code === undefined || !fiveDigits.has(code)) return text;
    context.issue('LEADING_ZERO_LOST', { args: { read: `0${text}` } });
    return `0${text}`;
  }),
});
