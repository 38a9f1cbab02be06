import { describe, expect, test } from 'vitest';
import { byLanguage } from '../../../src/mapping/transforms/by-language.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

describe('by-language', () => {
  test.each<[string, Value, Value]>([
    ['nothing', null, null],
    ['an empty group', {}, null],
    ['texts that are empty', { en: '', es: ' ' }, null],
    [
      'codes of feeds',
      { gb: 'a', cat: 'b', se: 'c', nb: 'd' },
      { en: 'a', ca: 'b', sv: 'c', no: 'd' },
    ],
    ['tags that look like something else', { id: 'a', no: 'b' }, { id: 'a', no: 'b' }],
    ['Ukrainian', { uk: 'a' }, { uk: 'a' }],
    ['locales', { 'en-GB': 'a', es_ES: 'b' }, { en: 'a', es: 'b' }],
    ['a text without a language', 'a', { und: 'a' }],
    ['texts of which the source does not know the language', { und: 'a' }, { und: 'a' }],
  ])('reads %s', (_what, value, expected) => {
    expect(applied(byLanguage, value)).toEqual({ value: expected, issues: [], kept: false });
  });

  test('names the texts of a list', () => {
    const options = ['es', 'en', 'no'];
    expect(applied(byLanguage, ['a', '', 'b'], { options }).value).toEqual({ es: 'a', no: 'b' });
    expect(applied(byLanguage, ['a'], { options }).value).toEqual({ es: 'a' });
    expect(applied(byLanguage, [null, null, null], { options }).value).toBeNull();
  });

  test('keeps a language that it does not know, and says so', () => {
    expect(applied(byLanguage, { xx: 'a', en: 'b' })).toMatchObject({
      value: { xx: 'a', en: 'b' },
      issues: ['LANGUAGE_UNKNOWN'],
    });
  });

  test('takes the first of two texts in one language, and keeps what the source wrote', () => {
    expect(applied(byLanguage, { en: 'a', gb: 'b' })).toEqual({
      value: { en: 'a' },
      issues: [],
      kept: true,
    });
    expect(applied(byLanguage, { en: 'a', gb: 'a' }).kept).toBe(false);
  });

  test('reports a list whose languages nobody says', () => {
    expect(applied(byLanguage, ['a'])).toMatchObject({
      value: null,
      issues: ['VALUE_NOT_EXPECTED_SHAPE'],
    });
  });
});
