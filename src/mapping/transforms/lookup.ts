import * as z from 'zod';
import { defineTransform, onText } from '../transform.ts';

const named = z.strictObject({
  table: z.string().min(1).describe('Name of the value table.'),
  otherwise: z.string().optional().describe('The value where the table has none.'),
});

export const lookup = defineTransform({
  name: 'lookup',
  about:
    'Gives the CRM value of a spelling from a value table; a spelling that the table does not know gives `otherwise`, or nothing, and an issue.',
  options: z.union([
    z
      .string()
      .min(1)
      .transform((table): z.infer<typeof named> => ({ table })),
    named,
  ]),
  tables: (options) => [options.table],
  apply: onText((text, options, context) => {
    const value = context.table(options.table).find(text);
    if (value !== undefined) return value === '' ? null : value;
    context.issue('VALUE_NOT_IN_TABLE', { args: { table: options.table } });
    return options.otherwise ?? null;
  }),
});
