import { expect, test } from 'vitest';
import { pluck } from '../../../src/mapping/transforms/pluck.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

test.each<[string, string | string[], Value, Value]>([
  ['nothing', 'a', null, null],
  ['a text', 'a', 'x', 'x'],
  ['a list of groups', 'a', [{ a: '1', b: '2' }, { b: '3' }, 'x'], ['1', null, 'x']],
  ['the first that has data', ['a', 'b'], [{ a: ' ', b: '2' }, { a: '1' }], ['2', '1']],
  ['a group of groups', 'a', { es: { a: '1' }, gb: { b: '2' } }, { es: '1', gb: null }],
  ['a member that comes twice', 'a', { es: [{ a: '1' }, { a: '2' }] }, { es: ['1', '2'] }],
  ['names that objects inherit', 'toString', [{}], [null]],
])('plucks %s', (_what, options, value, expected) => {
  expect(applied(pluck, value, { options })).toEqual({ value: expected, issues: [], kept: false });
});
