import * as z from 'zod';
import { hasData } from '../shape.ts';
import { defineTransform } from '../transform.ts';

export const expected = defineTransform({
  name: 'expected',
  about:
    'Passes its value on, and reports its absence: the record comes in without the column that the option names.',
  readsNothing: true,
  options: z.string().min(1).describe('The column, for the report.'),
  apply: (value, column, context) => {
    if (!hasData(value)) context.issue('RECORD_INCOMPLETE', { args: { columns: column } });
    return value;
  },
});
