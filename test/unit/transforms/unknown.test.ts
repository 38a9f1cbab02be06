import { expect, test } from 'vitest';
import { unknown } from '../../../src/mapping/transforms/unknown.ts';
import { applied } from '../../support/transform.ts';

test.each([
  ['0', null],
  [' 0 ', null],
  ['0.0', null],
  ['00', null],
  ['', ''],
  ['-', '-'],
  ['10', '10'],
  ['2', '2'],
  [null, null],
])('takes %j for 0 where 0 means not known: %j', (value, expected) => {
  expect(applied(unknown, value, { options: ['0'] })).toEqual({
    value: expected,
    issues: [],
    kept: false,
  });
});

test('compares words without case and looks into lists', () => {
  expect(applied(unknown, ['X', 'a', null], { options: ['x'] }).value).toEqual([null, 'a', null]);
});

test('leaves a group as it is', () => {
  expect(applied(unknown, { en: '0' }, { options: ['0'] }).value).toEqual({ en: '0' });
});
