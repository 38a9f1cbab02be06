import * as z from 'zod';
import { isFilled, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

const named = z.strictObject({
  table: z.string().min(1).describe('Name of the value table.'),
  unknown: z
    .enum(['keep'])
    .optional()
    .describe("The CRM's list is open, so a spelling that the table does not know stays."),
});

export const lookupAll = defineTransform({
  name: 'lookup-all',
  about:
    'Looks up each text of a list in a value table; one that the table does not know is an issue and left out, or stays with `unknown: keep`.',
  options: z.union([
    z
      .string()
      .min(1)
      .transform((table): z.infer<typeof named> => ({ table })),
    named,
  ]),
  tables: ({ table }) => [table],
  apply: (value, options, context) => {
    if (value === null) return null;
    const table = context.table(options.table);
    const found: string[] = [];
    for (const item of isList(value) ? value : [value]) {
      if (item === null) continue;
      if (typeof item !== 'string') {
        context.issue('VALUE_NOT_EXPECTED_SHAPE');
        continue;
      }
      if (!isFilled(item)) continue;
      const known = table.find(item);
      if (known === undefined)
        context.issue('VALUE_NOT_IN_TABLE', { value: item, args: { table: options.table } });
      const result = known ?? (options.unknown === 'keep' ? item.trim() : '');
      if (result !== '' && !found.includes(result)) found.push(result);
    }
    return found.length === 0 ? null : found;
  },
});
