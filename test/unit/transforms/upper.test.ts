import { describe, expect, it } from 'vitest';
import { upper } from '../../../src/mapping/transforms/upper.ts';
import { applied } from '../../support/transform.ts';

describe('upper', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    [' áb ', 'ÁB', []],
    ['0', '0', []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(upper, input)).toMatchObject({ value, issues });
  });
});
