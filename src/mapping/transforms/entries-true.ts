import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { hasData, isList } from '../shape.ts';
import { defineTransform } from '../transform.ts';
import { parseJsonText } from './json-text.ts';

function isTrue(value: Value): boolean {
  return typeof value === 'string' && (value.trim() === '1' || value.trim() === 'true');
}

export const entriesTrue = defineTransform({
  name: 'entries-true',
  about:
    'Of a group of marks, or of such a group as JSON in a text, gives the names that are marked `1` or `true`. A list of names stays.',
  options: z.undefined(),
  apply: (value, _, context) => {
    if (!hasData(value)) return null;
    const marks = typeof value === 'string' ? parseJsonText(value) : value;
    if (marks === undefined) {
      context.issue('JSON_IN_TEXT_INVALID');
      return null;
    }
    if (marks === null) return null;
    if (typeof marks === 'string') {
      context.issue('VALUE_NOT_EXPECTED_SHAPE');
      return null;
    }
    if (isList(marks)) return marks.filter(hasData);
    return Object.keys(marks).filter((name) => isTrue(marks[name] ?? null));
  },
});
