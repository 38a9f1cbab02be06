import { describe, expect, it } from 'vitest';
import { split } from '../../../src/mapping/transforms/split.ts';
import { applied } from '../../support/transform.ts';

describe('split', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['a, b,,c ,', ['a', 'b', 'c'], []],
    ['0', ['0'], []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(split, input, { options: ',' })).toMatchObject({ value, issues });
  });
});
