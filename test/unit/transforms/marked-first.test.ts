import { expect, test } from 'vitest';
import { markedFirst } from '../../../src/mapping/transforms/marked-first.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

const one = { n: '1', main: '0' };
const two = { n: '2', main: ' 1 ' };
const three = { n: '3' };
const four = { n: '4', main: 'true' };

test.each<[string, Value, Value]>([
  ['nothing', null, null],
  ['a text', 'x', 'x'],
  ['an empty list', [], []],
  ['items without a mark', [one, three, 'x'], [one, three, 'x']],
  ['items with marks', [one, two, three, four], [two, four, one, three]],
])('orders %s', (_what, value, expected) => {
  expect(applied(markedFirst, value, { options: 'main' })).toEqual({
    value: expected,
    issues: [],
    kept: false,
  });
});
