import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { type Group, hasData, isGroup, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';

/** Both values where they differ, as one list. */
function merged(first: Value, second: Value): Value {
  if (!hasData(second)) return first;
  if (!hasData(first)) return second;
  const values = isList(first) ? [...first] : [first];
  for (const value of isList(second) ? second : [second])
    if (!values.some((known) => JSON.stringify(known) === JSON.stringify(value)))
      values.push(value);
  return values.length === 1 ? (values[0] ?? null) : values;
}

function mergedGroups(first: Group, second: Group): Group {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(
    [...names].map((name) => [name, merged(first[name] ?? null, second[name] ?? null)]),
  );
}

export const mergeBy = defineTransform({
  name: 'merge-by',
  about:
    'Makes one item of those in a list that have the same text in a field; where they differ otherwise, the item has the list of what they say. Items without that text stay apart.',
  options: z.string().min(1).describe('The field.'),
  apply: (value, field) => {
    if (!isList(value)) return value;
    const items: Value[] = [];
    const places = new Map<string, number>();
    for (const item of value) {
      const text = isGroup(item) ? item[field] : null;
      const key = typeof text === 'string' ? text.trim() : '';
      const place = key === '' ? undefined : places.get(key);
      const known = place === undefined ? undefined : items[place];
      if (place !== undefined && known !== undefined && isGroup(known) && isGroup(item))
        items[place] = mergedGroups(known, { ...item, [field]: known[field] ?? null });
      else {
        if (key !== '') places.set(key, items.length);
        items.push(item);
      }
    }
    return items;
  },
});
