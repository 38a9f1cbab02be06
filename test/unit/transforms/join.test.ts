import { describe, expect, it } from 'vitest';
import { join } from '../../../src/mapping/transforms/join.ts';
import { applied } from '../../support/transform.ts';

describe('join', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    ['a', 'a', []],
    [['a', ' ', null, ' b '], 'a b', []],
    [[], null, []],
    [['a', ['b']], 'a', ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(join, input, { options: ' ' })).toMatchObject({ value, issues });
  });
});
