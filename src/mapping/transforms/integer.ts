import { isInt4 } from '../number-text.ts';
import { defineTransform, onText } from '../transform.ts';
import { decimalIn, numbersInForm } from './decimal.ts';

export const integer = defineTransform({
  name: 'integer',
  about:
    'Reads a whole number, written like those of `decimal`. Decimals are left out, with an issue, unless they are zeros.',
  ...numbersInForm,
  apply: onText((text, options, context) => {
    const number = decimalIn(text, options, context);
    if (number === null) return null;
    const [whole = ''] = number.split('.');
    if (!isInt4(whole)) {
      context.issue('VALUE_OUT_OF_RANGE');
      return null;
    }
    if (whole === number) return number;
    context.issue('VALUE_PARTLY_A_NUMBER', { args: { read: whole } });
    return whole === '-0' ? '0' : whole;
  }),
});
