import * as z from 'zod';
import { readNumber } from '../number-reading.ts';
import { defineTransform, onText, type TransformContext } from '../transform.ts';

/** How numbers are written, and whether 0 is one. */
export const numberOptions = z
  .strictObject({
    decimal: z
      .enum(['auto', 'point', 'comma'])
      .default('auto')
      .describe(
        'The sign before the decimals. `auto`: as the whole column of a table shows, elsewhere as the text does; a text with two readings (`1.250`) is left out.',
      ),
    zero: z
      .enum(['fact', 'unknown'])
      .default('fact')
      .describe('`unknown` where the source writes 0 for what it does not know.'),
  })
  .prefault({});

export type NumberOptions = z.output<typeof numberOptions>;

/** A number as canonical text; null with an issue where the text is none. */
export function decimalIn(
  text: string,
  { decimal, zero }: NumberOptions,
  context: TransformContext,
): string | null {
  const mark = decimal === 'auto' ? context.form().decimal : decimal;
  const reading = readNumber(text, mark === undefined || mark === 'undecided' ? 'auto' : mark);
  switch (reading.kind) {
    case 'number':
      if (reading.partly)
        context.issue('VALUE_PARTLY_A_NUMBER', { args: { read: reading.number } });
      return reading.number === '0' && zero === 'unknown' ? null : reading.number;
    case 'absent':
      return null;
    case 'ambiguous':
      context.issue('VALUE_AMBIGUOUS_NUMBER');
      return null;
    case 'out-of-range':
      context.issue('VALUE_OUT_OF_RANGE');
      return null;
    case 'not-a-number':
      context.issue('VALUE_NOT_A_NUMBER');
      return null;
  }
}

const leavesForm = ({ decimal: sign }: NumberOptions): 'numbers' | undefined =>
  sign === 'auto' ? 'numbers' : undefined;

/** What transforms of numbers leave to the column. */
export const numbersInForm = { options: numberOptions, leavesForm };

export const decimal = defineTransform({
  name: 'decimal',
  about:
    'Reads a number with its decimals, as people write it: `1.250,00`, `1,250.00`, `€ 1 250`, `120 m²`. A placeholder (`-`, `x`, `n/a`) is no value; of `50 + 75 terrace` the first number is taken, with an issue.',
  ...numbersInForm,
  apply: onText(decimalIn),
});
