import { describe, expect, it } from 'vitest';
import { name } from '../../../src/mapping/transforms/name.ts';
import { applied } from '../../support/transform.ts';

describe('name', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['Ana', 'Ana', []],
    ['Ana 2', 'Ana 2', ['NAME_WITH_DIGITS']],
    ['0', '0', ['NAME_WITH_DIGITS']],
    [" O'Neill ", "O'Neill", []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(name, input)).toMatchObject({ value, issues });
  });
});
