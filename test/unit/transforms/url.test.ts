import { describe, expect, it } from 'vitest';
import { url } from '../../../src/mapping/transforms/url.ts';
import { applied } from '../../support/transform.ts';

describe('url', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['https://a.es/b.jpg?c=d', 'https://a.es/b.jpg?c=d', []],
    ['https://a.es/b c.jpg', 'https://a.es/b%20c.jpg', ['URL_REPAIRED']],
    ['//a.es/b.jpg', 'https://a.es/b.jpg', ['URL_REPAIRED']],
    ['ftp://a.es/b.jpg', 'ftp://a.es/b.jpg', []],
    ['javascript:alert(1)', null, ['URL_INVALID']],
    ['data:image/png;base64,AA', null, ['URL_INVALID']],
    ['photo.jpg', null, ['URL_INVALID']],
    ['x', null, ['URL_INVALID']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(url, input)).toMatchObject({ value, issues });
  });
});
