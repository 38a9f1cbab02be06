import { describe, expect, it } from 'vitest';
import { first } from '../../../src/mapping/transforms/first.ts';
import { applied } from '../../support/transform.ts';

describe('first', () => {
  it.each([
    [null, null, []],
    ['', '', []],
    ['a', 'a', []],
    [['', 'a'], '', []],
    [[], null, []],
    [{ a: 'b' }, { a: 'b' }, []],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(first, input)).toMatchObject({ value, issues });
  });
});
