import { expect, test } from 'vitest';
import { sameOnce } from '../../../src/mapping/transforms/same-once.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

test.each<[string, Value, Value]>([
  ['nothing', null, null],
  ['a text', 'x', 'x'],
  ['an empty group', {}, {}],
  ['twelve languages with one address', { cat: 'u', da: 'u', es: 'u', gb: 'u' }, { es: 'u' }],
  ['others than the language of the account', { cat: 'u', gb: 'u' }, { cat: 'u' }],
  ['an empty member', { cat: '', gb: 'u' }, { gb: 'u' }],
  ['members that differ', { cat: 'u', es: 'v' }, { cat: 'u', es: 'v' }],
])('keeps once %s', (_what, value, expected) => {
  expect(applied(sameOnce, value)).toEqual({ value: expected, issues: [], kept: false });
});
