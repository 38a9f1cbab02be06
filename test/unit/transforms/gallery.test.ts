import { describe, expect, test } from 'vitest';
import { gallery } from '../../../src/mapping/transforms/gallery.ts';
import type { IssueCode } from '../../../src/model/issue.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

const one = 'https://example.com/1.jpg';
const two = 'https://example.com/2.jpg';
const three = 'https://example.com/3.jpg';

/** What is checked of each image: its file, its place and whether it is the main one. */
function shown(value: Value): readonly string[] {
  return (value as { url: string; position: string; isMain: string }[]).map(
    ({ url, position, isMain }) =>
      `${position} ${url.replace('https://example.com/', '')}${isMain === 'true' ? ' main' : ''}`,
  );
}

describe('gallery', () => {
  test.each<[string, Value, readonly string[], readonly IssueCode[]]>([
    ['in the order of the file', [{ url: two }, { url: one }], ['1 2.jpg main', '2 1.jpg'], []],
    ['of addresses alone', [one, two], ['1 1.jpg main', '2 2.jpg'], []],
    ['of one image', { url: one }, ['1 1.jpg main'], []],
    [
      'without repeated addresses',
      [{ url: one }, { url: two }, { url: one }, { url: three }],
      ['1 1.jpg main', '2 2.jpg', '3 3.jpg'],
      ['IMAGE_REPEATED'],
    ],
    [
      'that are the same once they are encoded',
      [{ url: 'https://example.com/a b.jpg' }, { url: 'https://example.com/a%20b.jpg' }],
      ['1 a%20b.jpg main'],
      ['URL_REPAIRED', 'IMAGE_REPEATED'],
    ],
    [
      'whose query strings stay',
      [{ url: `${one}?v=2` }, { url: `${one}?v=3` }],
      ['1 1.jpg?v=2 main', '2 1.jpg?v=3'],
      [],
    ],
    [
      'whose scheme got lost',
      [{ url: '://example.com/1.jpg' }, { url: '//example.com/2.jpg' }],
      ['1 1.jpg main', '2 2.jpg'],
      ['URL_REPAIRED', 'URL_REPAIRED'],
    ],
    [
      'with files of the export',
      [{ url: 'fotos/a b.PNG' }, { url: '1.jpg' }, { url: 'C:/1.jpg' }],
      ['1 fotos/a b.PNG main', '2 1.jpg'],
      ['URL_INVALID'],
    ],
    [
      'without what is no address',
      [{ url: 'none' }, { url: one }],
      ['1 1.jpg main'],
      ['URL_INVALID'],
    ],
    [
      'without an image that lacks one',
      [{ id: '1' }, { url: one }],
      ['1 1.jpg main'],
      ['URL_INVALID'],
    ],
    ['without empty images', [{ url: '' }, {}, '', null, { url: one }], ['1 1.jpg main'], []],
  ])('gives images %s', (_what, value, expected, issues) => {
    const outcome = applied(gallery, value);
    expect(shown(outcome.value)).toEqual(expected);
    expect(outcome.issues).toEqual(issues);
  });

  test.each([[null], [''], [[]]])('gives nothing of %j', (value) => {
    expect(applied(gallery, value).value ?? []).toEqual([]);
  });

  const options = { url: 'source.url', order: 'order', main: 'isMain' };
  const item = (url: string, order: string, isMain = '0'): Value => ({
    order,
    isMain,
    source: { url },
  });

  test.each<[string, readonly Value[], readonly string[]]>([
    [
      'follows the numbers, as numbers',
      [item(three, '10'), item(two, '9'), item(one, '1')],
      ['1 1.jpg main', '2 2.jpg', '3 3.jpg'],
    ],
    [
      'puts what has no number last, in the order of the file',
      [item(two, ''), item(three, 'x'), item(one, '1')],
      ['1 1.jpg main', '2 2.jpg', '3 3.jpg'],
    ],
    ['knows the main image', [item(one, '1'), item(two, '2', 'true')], ['1 1.jpg', '2 2.jpg main']],
    [
      'takes the first main image of the gallery where several are marked',
      [item(three, '3', '1'), item(two, '2', '1'), item(one, '1')],
      ['1 1.jpg', '2 2.jpg main', '3 3.jpg'],
    ],
    [
      'knows the main image by its repetition, too',
      [item(one, '1'), item(two, '2'), item(two, '3', '1')],
      ['1 1.jpg', '2 2.jpg main'],
    ],
  ])('%s', (_what, value, expected) => {
    expect(shown(applied(gallery, value, { options }).value)).toEqual(expected);
  });

  test('keeps what else an image has, and takes the title in the language of the agency', () => {
    const value = [
      { url: one, id: '7', tags: ['floorplan'], title: { en: 'Plan', es: 'Plano' } },
      { url: two, title: { en: '', nl: 'Tuin' } },
      { url: three, title: 'Pool' },
    ];
    expect(applied(gallery, value).value).toMatchObject([
      { id: '7', tags: ['floorplan'], title: 'Plano' },
      { title: 'Tuin' },
      { title: 'Pool' },
    ]);
  });

  test('takes more images than a format allows', () => {
    const value = Array.from({ length: 130 }, (_, index) => ({ url: `${one}?${index}` }));
    expect(applied(gallery, value).value).toHaveLength(130);
  });
});
