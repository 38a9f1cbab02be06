import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { pathOption } from '../path.ts';
import { isFilled, isList } from '../shape.ts';
import { defineTransform, type TransformContext } from '../transform.ts';
import { countryCode } from './country.ts';

const options = z
  .strictObject({
    country: pathOption.optional().describe('Field with the country of numbers without a prefix.'),
    prefix: pathOption
      .optional()
      .describe('Field with the prefix of numbers without one: `34`, `+34` or `0034`.'),
  })
  .prefault({});

type Options = z.output<typeof options>;

function countryOf(path: Options['country'], context: TransformContext): string {
  const text = path?.read(context.record.fields) ?? null;
  const code = typeof text === 'string' ? countryCode(text) : undefined;
  return code ?? context.account.country;
}

/** The prefix as digits; nothing where there is none. */
function prefixOf(path: Options['prefix'], context: TransformContext): string | undefined {
  const text = path?.read(context.record.fields) ?? null;
  const digits = typeof text === 'string' ? text.replace(/\D/g, '').replace(/^00/, '') : '';
  return digits === '' ? undefined : digits;
}

/** What is known of numbers that do not say their country. */
interface Home {
  readonly country: string;
  readonly prefix: string | undefined;
}

/** How many different texts are remembered: one column of a row takes the first of the numbers that another lists. */
const rememberedTexts = 1000;

/** Numbers by home and text: reading one takes longer than reading any other value. */
const readNumbers = new Map<string, string | undefined>();

function international(text: string, home: Home, extract: boolean): string | undefined {
  const key = `${home.country} ${home.prefix ?? ''} ${extract ? 'in' : ''} ${text}`;
  if (readNumbers.has(key)) return readNumbers.get(key);
  const number = readNumber(text, home, extract);
  if (readNumbers.size >= rememberedTexts) readNumbers.clear();
  readNumbers.set(key, number);
  return number;
}

/** A number in E.164; nothing where the text is none, or, unless it may be one to `extract`, says more than a number. */
function readNumber(text: string, { country, prefix }: Home, extract: boolean): string | undefined {
  // `p:` stands before numbers of one CRM's export; the zero of `+34 (0) 612 …` is not dialled from abroad.
  const written = text
    .replace(/^\s*p:/i, '')
    .replace(/^(\s*(?:\+|00).*?)\(0\)/, '$1')
    .replace(/[()]/g, ' ')
    .trim();
  const digits = written.replace(/[^\d+]/g, '');
  const complete =
    /^(?:\+|00)/.test(digits) || prefix === undefined ? written : `+${prefix}${digits}`;
  const number = parsePhoneNumberFromString(
    complete,
    isSupportedCountry(country) ? { defaultCountry: country, extract } : { extract },
  );
  return number?.isPossible() === true ? number.number : undefined;
}

export const phones = defineTransform({
  name: 'phones',
  about:
    'Gives the telephone numbers of a text or of a list of texts in E.164, once each. Numbers without a prefix are of the country that `country` names, else of the account; what is no number is left out, with an issue.',
  options,
  paths: ({ country, prefix }) => [country, prefix].filter((path) => path !== undefined),
  apply: (value, { country, prefix }, context) => {
    const found = new Set<string>();
    const home = { country: countryOf(country, context), prefix: prefixOf(prefix, context) };
    const items: readonly Value[] = isList(value) ? value : [value];
    for (const item of items) {
      if (item === null) continue;
      if (typeof item !== 'string') {
        context.issue('VALUE_NOT_EXPECTED_SHAPE');
        continue;
      }
      if (!isFilled(item)) continue;
      const whole = international(item, home, false);
      if (whole !== undefined) {
        found.add(whole);
        continue;
      }
      for (const part of item.split(/[;,/|]/).filter(isFilled)) {
        const number = international(part, home, true);
        if (number === undefined) context.issue('PHONE_INVALID', { value: part.trim() });
        else found.add(number);
      }
      // Several numbers, or words beside one: what they said of it is not in the result.
      context.keepOriginal();
    }
    return found.size === 0 ? null : [...found];
  },
});
