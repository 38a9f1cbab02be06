import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { pathOption } from '../path.ts';
import { phoneNumber } from '../phone.ts';
import { isShortened } from '../forms/damage.ts';
import { isFilled, isGroup, isList } from '../shape.ts';
import { defineTransform, type TransformContext } from '../transform.ts';
import { countryCode } from './country.ts';

const options = z
  .strictObject({
    country: pathOption.optional().describe('Field with the country of numbers without a prefix.'),
    prefix: pathOption
      .optional()
      .describe('Field with the prefix of numbers without one: `34`, `+34` or `0034`.'),
    items: z
      .strictObject({
        number: pathOption.describe('Field of an item with the number.'),
        prefix: pathOption.optional().describe('Field of an item with its prefix.'),
      })
      .optional()
      .describe('For a list of groups: where in an item the number stands.'),
  })
  .prefault({});

type Options = z.output<typeof options>;

function countryOf(path: Options['country'], context: TransformContext): string {
  const text = path?.read(context.record.fields) ?? null;
  const code = typeof text === 'string' ? countryCode(text) : undefined;
  return code ?? context.account.country;
}

/** The prefix as digits; nothing where there is none. */
function prefixOf(path: Options['prefix'], from: Value): string | undefined {
  const text = path?.read(from) ?? null;
  const digits = typeof text === 'string' ? text.replace(/\D/g, '').replace(/^00/, '') : '';
  return digits === '' ? undefined : digits;
}

export const phones = defineTransform({
  name: 'phones',
  about:
    'Gives the telephone numbers of a text or of a list of texts in E.164, once each. Numbers without a prefix are of the country that `country` names, else of the account; what is no number is left out, with an issue.',
  options,
  paths: ({ country, prefix }) => [country, prefix].filter((path) => path !== undefined),
  apply: (value, { country, prefix, items }, context) => {
    const found = new Set<string>();
    const common = {
      country: countryOf(country, context),
      prefix: prefixOf(prefix, context.record.fields),
    };
    const written: readonly Value[] = isList(value) ? value : [value];
    for (const one of written) {
      const isItem = items !== undefined && isGroup(one);
      const item = isItem ? items.number.read(one) : one;
      const home = isItem
        ? { ...common, prefix: prefixOf(items.prefix, one) ?? common.prefix }
        : common;
      if (item === null) continue;
      if (typeof item !== 'string') {
        context.issue('VALUE_NOT_EXPECTED_SHAPE');
        continue;
      }
      if (!isFilled(item)) continue;
      if (isShortened(item.trim())) {
        context.issue('NUMBER_SHORTENED', { value: item.trim() });
        continue;
      }
      const whole = phoneNumber(item, home);
      if (whole !== undefined) {
        found.add(whole);
        continue;
      }
      for (const part of item.split(/[;,/|]/).filter(isFilled)) {
        const number = phoneNumber(part, home, { extract: true });
        if (number === undefined) context.issue('PHONE_INVALID', { value: part.trim() });
        else found.add(number);
      }
      // Several numbers, or words beside one: what they said of it is not in the result.
      context.keepOriginal();
    }
    return found.size === 0 ? null : [...found];
  },
});
