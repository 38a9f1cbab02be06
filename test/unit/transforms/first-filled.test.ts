import { describe, expect, it } from 'vitest';
import { firstFilled } from '../../../src/mapping/transforms/first-filled.ts';
import { applied } from '../../support/transform.ts';

describe('first-filled', () => {
  it.each([
    [null, null, []],
    ['a', 'a', []],
    [[null, '', ' ', '0', 'a'], '0', []],
    [[['']], null, []],
    [[], null, []],
    [{ a: 'b' }, { a: 'b' }, []],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(firstFilled, input)).toMatchObject({ value, issues });
  });
});
