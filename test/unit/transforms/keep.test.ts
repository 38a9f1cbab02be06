import { expect, test } from 'vitest';
import { keep } from '../../../src/mapping/transforms/keep.ts';
import { applied } from '../../support/transform.ts';

test.each([
  ['78', true],
  [['41', '42'], true],
  [{ en: 'a' }, true],
  ['', false],
  [[], false],
  [null, false],
])('passes %j on; keeps what is there: %j', (value, kept) => {
  expect(applied(keep, value)).toEqual({ value, issues: [], kept });
});
