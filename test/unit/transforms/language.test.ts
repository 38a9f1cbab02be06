import { describe, expect, it } from 'vitest';
import { language } from '../../../src/mapping/transforms/language.ts';
import { applied } from '../../support/transform.ts';

describe('language', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['es', 'es', []],
    ['ES', 'es', []],
    ['gb', 'en', []],
    ['cat', 'ca', []],
    ['se', 'sv', []],
    ['nb', 'no', []],
    ['uk', 'uk', []],
    ['es_ES', 'es', []],
    ['en-US', 'en', []],
    ['Español', 'es', []],
    ['Dutch', 'nl', []],
    ['Deutsch', 'de', []],
    ['xx', null, ['LANGUAGE_UNKNOWN']],
    ['constructor', null, ['LANGUAGE_UNKNOWN']],
    ['0', null, ['LANGUAGE_UNKNOWN']],
    [['es', 'gb', ''], ['es', 'en'], []],
    [['ab1'], null, ['LANGUAGE_UNKNOWN']],
    [[{ a: 'b' }], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(language, input)).toMatchObject({ value, issues });
  });
});
