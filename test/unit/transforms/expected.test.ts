import { expect, test } from 'vitest';
import { expected } from '../../../src/mapping/transforms/expected.ts';
import { applied } from '../../support/transform.ts';

test.each([
  ['sale', []],
  ['0', []],
  [['a'], []],
  ['', ['RECORD_INCOMPLETE']],
  ['  ', ['RECORD_INCOMPLETE']],
  [null, ['RECORD_INCOMPLETE']],
  [[], ['RECORD_INCOMPLETE']],
])('passes %j on with the issues %j', (value, issues) => {
  expect(applied(expected, value, { options: 'transaction' })).toEqual({
    value,
    issues,
    kept: false,
  });
});
