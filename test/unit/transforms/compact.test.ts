import { describe, expect, it } from 'vitest';
import { compact } from '../../../src/mapping/transforms/compact.ts';
import { applied } from '../../support/transform.ts';

describe('compact', () => {
  it.each([
    [null, null, []],
    ['a', 'a', []],
    [[null, '', ' ', '0', { a: '' }, { a: 'b' }], ['0', { a: 'b' }], []],
    [[], [], []],
    [{ a: '' }, { a: '' }, []],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(compact, input)).toMatchObject({ value, issues });
  });
});
