import { describe, expect, it } from 'vitest';
import { country } from '../../../src/mapping/transforms/country.ts';
import { applied } from '../../support/transform.ts';

describe('country', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['Spain', 'ES', []],
    ['ESPAÑA', 'ES', []],
    ['espana', 'ES', []],
    ['Espagne', 'ES', []],
    ['Spanje', 'ES', []],
    ['Spanien', 'ES', []],
    ['es', 'ES', []],
    ['ESP', 'ES', []],
    ['England', 'GB', []],
    ['Great Britain', 'GB', []],
    ['Reino Unido', 'GB', []],
    ['UK', 'GB', []],
    ['The Netherlands', 'NL', []],
    ['Holanda', 'NL', []],
    ['EE.UU.', 'US', []],
    ['Narnia', null, ['VALUE_NOT_IN_TABLE']],
    ['-', null, ['VALUE_NOT_IN_TABLE']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(country, input)).toMatchObject({ value, issues });
  });
});
