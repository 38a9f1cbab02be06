import { describe, expect, it } from 'vitest';
import { invert } from '../../../src/mapping/transforms/invert.ts';
import { applied } from '../../support/transform.ts';

describe('invert', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['1', 'false', []],
    ['no', 'true', []],
    ['maybe', null, ['VALUE_NOT_A_BOOLEAN']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(invert, input)).toMatchObject({ value, issues });
  });
});
