import { describe, expect, it } from 'vitest';
import { lower } from '../../../src/mapping/transforms/lower.ts';
import { applied } from '../../support/transform.ts';

describe('lower', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    [' ÁB ', 'áb', []],
    ['0', '0', []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(lower, input)).toMatchObject({ value, issues });
  });
});
