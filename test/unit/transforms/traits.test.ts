import { expect, test } from 'vitest';
import { traits } from '../../../src/mapping/transforms/traits.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

test.each<[string, object | undefined, Value, Value]>([
  ['nothing', undefined, null, null],
  ['an empty text', undefined, ' ', null],
  ['a list', undefined, ['a'], ['a']],
  ['an empty group', undefined, {}, null],
  [
    'yes, no, empty and values',
    undefined,
    {
      lift: '1',
      pool: 'Privada',
      aa: '0',
      solarium: '',
      garage: ' si',
      parking: 'no',
      floor: 'gres',
    },
    ['lift', 'pool: Privada', 'garage', 'floor: gres'],
  ],
  [
    'a name that comes twice',
    undefined,
    { floor: ['gres', 'gres', '1'] },
    ['floor: gres', 'floor'],
  ],
  ['what is left out', { without: ['floor'] }, { floor: '3', lift: '1' }, ['lift']],
  ['names without a value', { empty: 'yes' }, { lift: '', pool: '0', aa: 'x' }, ['lift', 'aa: x']],
])('of %s', (_what, options, value, expected) => {
  expect(applied(traits, value, { options })).toMatchObject({ value: expected, issues: [] });
});

test('of a text are none', () => {
  expect(applied(traits, 'a lift')).toMatchObject({
    value: null,
    issues: ['VALUE_NOT_EXPECTED_SHAPE'],
  });
});
