import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { hasData, isFilled, isGroup, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

const options = z
  .strictObject({
    without: z.array(z.string().min(1)).optional().describe('Names that are left out.'),
    empty: z
      .enum(['yes'])
      .optional()
      .describe('`yes` where a name that stands there without a value is meant all the same.'),
  })
  .prefault({});

const yes = new Set(['1', 'true', 'yes', 'si', 'sí']);
const no = new Set(['0', 'false', 'no']);

function* traitsOf(name: string, value: Value, emptyMeans: 'yes' | undefined): Generator<string> {
  if (isList(value)) {
    for (const one of value) yield* traitsOf(name, one, emptyMeans);
    return;
  }
  if (typeof value !== 'string') return;
  const word = value.trim().toLowerCase();
  if (yes.has(word) || (!isFilled(value) && emptyMeans === 'yes')) yield name;
  else if (isFilled(value) && !no.has(word)) yield `${name}: ${value.trim()}`;
}

export const traits = defineTransform({
  name: 'traits',
  about:
    'Of a group, gives a list of what it says: the name alone where the value is yes, nothing where it is no or empty, and else the name with the value, `suelo: gres`. A list stays.',
  options,
  apply: (value, { without = [], empty }, context) => {
    if (value === null || isList(value)) return value;
    if (!isGroup(value)) {
      if (hasData(value)) context.issue('VALUE_NOT_EXPECTED_SHAPE');
      return null;
    }
    const found = Object.entries(value).flatMap(([name, member]) =>
      without.includes(name) ? [] : [...traitsOf(name, member, empty)],
    );
    return found.length === 0 ? null : [...new Set(found)];
  },
});
