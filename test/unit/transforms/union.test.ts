import { expect, test } from 'vitest';
import { union } from '../../../src/mapping/transforms/union.ts';
import type { Value } from '../../../src/model/record.ts';
import { applied } from '../../support/transform.ts';

test.each<[string, Value, Value]>([
  ['two lists', [['Altea'], ['Altea', 'Altea la Vella']], ['Altea', 'Altea la Vella']],
  ['a list, a text and nothing', [['a'], 'b', null], ['a', 'b']],
  ['the lists of a group', [{ es: ['piscina'], nl: ['zwembad'] }], ['piscina', 'zwembad']],
  ['blank ones not', ['', ' ', ['\u00A0']], null],
  [
    'the names of what is there',
    [['Sea view'], { air_conditioning: '1', lift: '0', orientation: 'south', garage: 'No' }],
    ['Sea view', 'air_conditioning', 'south'],
  ],
  ['a word for yes in a list as it is', ['1', 'no'], ['1', 'no']],
  ['nothing', null, null],
  ['one text', 'a', ['a']],
])('gives %s', (_what, value, expected) => {
  expect(applied(union, value)).toEqual({ value: expected, issues: [], kept: false });
});
