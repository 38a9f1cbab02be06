import { describe, expect, it } from 'vitest';
import { price } from '../../../src/mapping/transforms/price.ts';
import { applied } from '../../support/transform.ts';

describe('price', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['0', null, []],
    ['0.00', null, []],
    ['x', null, []],
    ['X', null, []],
    ['-', null, []],
    ['A consultar', null, []],
    ['on request', null, []],
    ['249500', '249500', []],
    ['€ 1.250.000', '1250000', []],
    ['1.250,00', '1250', []],
    ['1.250', null, ['VALUE_AMBIGUOUS_NUMBER']],
    ['-5', null, ['VALUE_OUT_OF_RANGE']],
    ['cheap', null, ['VALUE_NOT_A_NUMBER']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(price, input)).toMatchObject({ value, issues });
  });

  it.each(['0', '0.00', 'x', 'on request'])('keeps the original %j, which says more', (input) => {
    expect(applied(price, input)).toMatchObject({ kept: true });
  });
});
