import { expect, test } from 'vitest';
import { mergeBy } from '../../../src/mapping/transforms/merge-by.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

test.each<[string, Value, Value]>([
  ['nothing', null, null],
  ['a text', 'a', 'a'],
  ['an empty list', [], []],
  ['items that differ', [{ id: '1' }, { id: '2' }], [{ id: '1' }, { id: '2' }]],
  [
    'items of one id',
    [
      { id: '1', role: 'owner' },
      { id: '2', role: 'co' },
      { id: ' 1', role: 'main', since: '2024' },
    ],
    [
      { id: '1', role: ['owner', 'main'], since: '2024' },
      { id: '2', role: 'co' },
    ],
  ],
  [
    'three that say the same or nothing',
    [
      { id: '1', role: 'co' },
      { id: '1', role: '' },
      { id: '1', role: 'co' },
    ],
    [{ id: '1', role: 'co' }],
  ],
  [
    'items without an id',
    [{ id: '', a: 'b' }, { id: '' }, 'c'],
    [{ id: '', a: 'b' }, { id: '' }, 'c'],
  ],
])('merges %s', (_what, value, expected) => {
  expect(applied(mergeBy, value, { options: 'id' })).toEqual({
    value: expected,
    issues: [],
    kept: false,
  });
});
