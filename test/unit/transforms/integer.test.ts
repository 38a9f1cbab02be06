import { describe, expect, it } from 'vitest';
import { integer } from '../../../src/mapping/transforms/integer.ts';
import { applied } from '../../support/transform.ts';

describe('integer', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['0', '0', []],
    ['-0.0', '0', []],
    ['3', '3', []],
    ['3.0', '3', []],
    ['1.234.567', '1234567', []],
    ['--', null, []],
    ['2.5', '2', ['VALUE_PARTLY_A_NUMBER']],
    ['50 + 75 terrace', '50', ['VALUE_PARTLY_A_NUMBER']],
    ['1.250', null, ['VALUE_AMBIGUOUS_NUMBER']],
    ['2147483647', '2147483647', []],
    ['2147483648', null, ['VALUE_OUT_OF_RANGE']],
    ['three', null, ['VALUE_NOT_A_NUMBER']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(integer, input)).toMatchObject({ value, issues });
  });

  it('takes 0 for no value where the source does', () => {
    expect(applied(integer, '0', { options: { zero: 'unknown' } })).toMatchObject({ value: null });
  });
});
