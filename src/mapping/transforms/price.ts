import { defineTransform, onText } from '../transform.ts';
import { decimalIn, numbersInForm } from './decimal.ts';
import { isOnRequest } from './on-request.ts';

export const price = defineTransform({
  name: 'price',
  about:
    'Reads a price, written like the numbers of `decimal`. `0`, `x` and the like mean on request, which is no price and no issue; the original is kept.',
  ...numbersInForm,
  apply: onText((text, options, context) => {
    const number = isOnRequest(text) ? '0' : decimalIn(text, options, context);
    if (number === '0') {
      context.keepOriginal();
      return null;
    }
    if (number === null || !number.startsWith('-')) return number;
    context.issue('VALUE_OUT_OF_RANGE');
    return null;
  }),
});
