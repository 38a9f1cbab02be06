import * as z from 'zod';
import { hasData, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const join = defineTransform({
  name: 'join',
  about: 'Joins the texts of a list that are not empty, with the option between them.',
  options: z.string().describe('What stands between the texts.'),
  apply: (value, separator, context) => {
    const texts: string[] = [];
    for (const item of isList(value) ? value : [value]) {
      if (item !== null && typeof item !== 'string') {
        context.issue('VALUE_NOT_EXPECTED_SHAPE');
        context.keepOriginal();
      } else if (item !== null && hasData(item)) texts.push(item.trim());
    }
    return texts.length === 0 ? null : texts.join(separator);
  },
});
