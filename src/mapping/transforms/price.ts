import { defineTransform, onText } from '../transform.ts';
import { decimalIn, numberOptions } from './decimal.ts';
import { isOnRequest } from './on-request.ts';

export const price = defineTransform({
  name: 'price',
  about:
    'Reads a price, written like the numbers of `decimal`. `0`, `x` and the like mean on request, which is no price and no issue.',
  options: numberOptions,
  apply: onText((text, options, context) => {
    if (isOnRequest(text)) return null;
    const number = decimalIn(text, options, context);
    if (number === null || !number.startsWith('-')) return number === '0' ? null : number;
    context.issue('VALUE_OUT_OF_RANGE');
    return null;
  }),
});
