import { describe, expect, it } from 'vitest';
import { lookup } from '../../../src/mapping/transforms/lookup.ts';
import { applied } from '../../support/transform.ts';

const tables = { kinds: { flat: 'apartment', none: '' } };

describe('lookup', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    ['  ', null, []],
    [' Flat ', 'apartment', []],
    ['none', null, []],
    ['castle', null, ['VALUE_NOT_IN_TABLE']],
    ['0', null, ['VALUE_NOT_IN_TABLE']],
    [['flat'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ en: 'flat' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(lookup, input, { options: 'kinds', tables })).toMatchObject({ value, issues });
  });

  it('falls back to `otherwise`, and still says so', () => {
    const options = { table: 'kinds', otherwise: 'other' };
    expect(applied(lookup, 'castle', { options, tables })).toMatchObject({
      value: 'other',
      issues: ['VALUE_NOT_IN_TABLE'],
    });
  });
});
