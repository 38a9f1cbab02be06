import { describe, expect, it } from 'vitest';
import { trim } from '../../../src/mapping/transforms/trim.ts';
import { applied } from '../../support/transform.ts';

describe('trim', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['0', '0', []],
    ['  a b\u00A0', 'a b', []],
    ['-', '-', []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(trim, input)).toMatchObject({ value, issues });
  });
});
