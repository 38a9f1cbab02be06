import { expect, test } from 'vitest';
import { stamp } from '../../../src/mapping/transforms/stamp.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

test.each<[string, Value, Value]>([
  ['nothing', null, null],
  ['an empty list', [], []],
  [
    'items',
    [{ id: '1' }, { id: '2', side: 'own' }],
    [
      { side: 's', id: '1' },
      { side: 'own', id: '2' },
    ],
  ],
  ['what is no group, or empty', ['x', {}, { id: '' }], ['x', {}, { id: '' }]],
  ['one group', { id: '1' }, [{ side: 's', id: '1' }]],
])('stamps %s', (_what, value, expected) => {
  expect(applied(stamp, value, { options: { side: 's' } })).toEqual({
    value: expected,
    issues: [],
    kept: false,
  });
});
