import { describe, expect, it } from 'vitest';
import { decimal } from '../../../src/mapping/transforms/decimal.ts';
import { applied } from '../../support/transform.ts';

describe('decimal', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['0', '0', []],
    ['-', null, []],
    ['--', null, []],
    ['---', null, []],
    ['x', null, []],
    ['n/a', null, []],
    ['249500', '249500', []],
    ['37.98', '37.98', []],
    ['12.5', '12.5', []],
    ['1.10', '1.1', []],
    ['007', '7', []],
    ['-3,5', '-3.5', []],
    ['1e3', '1000', []],
    ['0.125', '0.125', []],
    ['1250.125', '1250.125', []],
    ['1.234,56', '1234.56', []],
    ['1,234.56', '1234.56', []],
    ['1.234.567', '1234567', []],
    ['1.234.567,8', '1234567.8', []],
    ['€ 1 250', '1250', []],
    ['€ 1\u00A0250,50', '1250.5', []],
    ['1.250.000 €', '1250000', []],
    ['300.000,-', '300000', []],
    ['€ 1.250,--', '1250', []],
    ['250.-', '250', []],
    ['120 m²', '120', []],
    ['1.250', null, ['VALUE_AMBIGUOUS_NUMBER']],
    ['1,250', null, ['VALUE_AMBIGUOUS_NUMBER']],
    ['50 + 75 terrace', '50', ['VALUE_PARTLY_A_NUMBER']],
    ['120-150', '120', ['VALUE_PARTLY_A_NUMBER']],
    ['3 4', '3', ['VALUE_PARTLY_A_NUMBER']],
    ['1.25.00', null, ['VALUE_NOT_A_NUMBER']],
    ['1,2.3,4', null, ['VALUE_NOT_A_NUMBER']],
    ['many', null, ['VALUE_NOT_A_NUMBER']],
    ['NaN', null, ['VALUE_NOT_A_NUMBER']],
    ['9'.repeat(31), null, ['VALUE_OUT_OF_RANGE']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(decimal, input)).toMatchObject({ value, issues });
  });

  it.each([
    ['comma', '1.250', '1250'],
    ['point', '1.250', '1.25'],
    ['comma', '1,250', '1.25'],
    ['point', '1,250', '1250'],
    ['comma', '12.5', '12.5'],
  ])('with the decimal sign declared as %s reads %s as %s', (sign, input, value) => {
    const options = { decimal: sign };
    expect(applied(decimal, input, { options })).toMatchObject({ value, issues: [] });
  });

  it('takes 0 for no value where the source does', () => {
    const options = { zero: 'unknown' };
    expect(applied(decimal, '0.00', { options })).toMatchObject({ value: null, issues: [] });
    expect(applied(decimal, '10', { options })).toMatchObject({ value: '10', issues: [] });
  });
});
