import { expect, test } from 'vitest';
import { greatest } from '../../../src/mapping/transforms/greatest.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

const options = { by: 'percent', give: 'contactId' };
const owner = (contactId: string, percent: Value): Value => ({ contactId, percent });

test.each<[string, Value, Value]>([
  ['the only one', [owner('41', '100')], '41'],
  ['the greatest', [owner('41', '40'), owner('42', '60')], '42'],
  ['the first of equals', [owner('41', '50'), owner('42', '50')], '41'],
  ['the first where none has a number', [owner('41', ''), owner('42', null)], '41'],
  ['a number before none', [owner('41', ''), owner('42', '0')], '42'],
  ['numbers as numbers, not as text', [owner('41', '9'), owner('42', '10')], '42'],
  ['a fraction with a comma', [owner('41', '33,3'), owner('42', '33,4 %')], '42'],
  ['none without a value to give', [owner('', '60'), owner('42', '40')], '42'],
  ['that of one group without a list', owner('41', '100'), '41'],
  ['nothing of an empty list', [], null],
  ['nothing of an empty text', '', null],
  ['nothing of nothing', null, null],
])('gives %s', (_what, value, expected) => {
  expect(applied(greatest, value, { options })).toMatchObject({ value: expected, issues: [] });
});

test('reports what is not a list', () => {
  expect(applied(greatest, 'Luis', { options })).toMatchObject({
    value: null,
    issues: ['VALUE_NOT_EXPECTED_SHAPE'],
  });
});
