import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { pathOption } from '../path.ts';
import { isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

/** No number is less than any number. */
function numberIn(value: Value): number {
  if (typeof value !== 'string' || value.trim() === '') return Number.NEGATIVE_INFINITY;
  const number = Number(value.trim().replace('%', '').replace(',', '.'));
  return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : number;
}

export const greatest = defineTransform({
  name: 'greatest',
  about:
    'Of a list of groups, gives the field `give` of the one with the greatest number in `by`, of the first among equals.',
  options: z.strictObject({
    by: pathOption.describe('Field of an item with the number.'),
    give: pathOption.describe('Field of an item with the value to give.'),
  }),
  apply: (value, { by, give }, context) => {
    if (value === null || value === '') return null;
    if (typeof value === 'string') {
      context.issue('VALUE_NOT_EXPECTED_SHAPE');
      return null;
    }
    // One group and a list of one are the same.
    const items: readonly Value[] = isList(value) ? value : [value];
    let best: { number: number; given: Value } | undefined;
    for (const item of items) {
      const given = give.read(item);
      const number = numberIn(by.read(item));
      if (given === null || given === '') continue;
      if (best === undefined || number > best.number) best = { number, given };
    }
    return best?.given ?? null;
  },
});
