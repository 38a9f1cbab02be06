import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { hasData, isGroup, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

const fields = z.union([
  z
    .string()
    .min(1)
    .transform((field) => [field]),
  z.array(z.string().min(1)).min(1),
]);

/** The first of the fields that has data; what is no group stays. */
function plucked(item: Value, names: readonly string[]): Value {
  if (!isGroup(item)) return item;
  for (const name of names) {
    const value = Object.hasOwn(item, name) ? (item[name] ?? null) : null;
    if (hasData(value)) return value;
  }
  return null;
}

export const pluck = defineTransform({
  name: 'pluck',
  about:
    'Of each item of a list, or of each member of a group, gives one field: the first of those named that has data. Items that are no groups stay.',
  options: fields.describe('The field, or a list of fields.'),
  apply: (value, names) => {
    if (isList(value)) return value.map((item) => plucked(item, names));
    if (!isGroup(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        // A name that comes twice has the list of what it says.
        isList(member) ? member.map((item) => plucked(item, names)) : plucked(member, names),
      ]),
    );
  },
});
