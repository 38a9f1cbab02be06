import { describe, expect, it } from 'vitest';
import { basename } from '../../../src/mapping/transforms/basename.ts';
import { applied } from '../../support/transform.ts';

describe('basename', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['a/b/c.pdf', 'c.pdf', []],
    ['C:\\docs\\c.pdf', 'c.pdf', []],
    ['https://a.es/b/c.pdf?x=/y', 'c.pdf', []],
    ['c.pdf', 'c.pdf', []],
    ['a/b/', 'b', []],
    ['/', null, []],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(basename, input)).toMatchObject({ value, issues });
  });
});
