import { describe, expect, it } from 'vitest';
import { date } from '../../../src/mapping/transforms/date.ts';
import { applied } from '../../support/transform.ts';

describe('date', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['2024-05-31', '2024-05-31', []],
    ['2024-05-31 17:05:00', '2024-05-31', []],
    ['2024-05-31T23:30:00-05:00', '2024-05-31', []],
    ['2024-02-29', '2024-02-29', []],
    ['0000-00-00', null, []],
    ['0000-00-00 00:00:00', null, []],
    ['0/0/00', null, []],
    ['2023-02-29', null, ['VALUE_NOT_A_DATE']],
    ['2024-13-01', null, ['VALUE_NOT_A_DATE']],
    ['--05-31', null, ['VALUE_NOT_A_DATE']],
    ['31/05/2024', null, ['VALUE_NOT_A_DATE']],
    ['18/09/26', null, ['VALUE_AMBIGUOUS_DATE']],
    ['soon', null, ['VALUE_NOT_A_DATE']],
    [['a'], null, ['VALUE_NOT_EXPECTED_SHAPE']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(date, input)).toMatchObject({ value, issues });
  });

  it.each([
    ['31/05/2024', '2024-05-31', []],
    ['1/2/2024', '2024-02-01', []],
    ['31-05-2024 17:05', '2024-05-31', []],
    ['2024-05-31', '2024-05-31', []],
    ['0/0/0000', null, []],
    ['31/02/2024', null, ['VALUE_NOT_A_DATE']],
    ['05/31/2024', null, ['VALUE_NOT_A_DATE']],
    ['18/09/26', null, ['VALUE_AMBIGUOUS_DATE']],
  ])('with the day first, of %j is %j', (input, value, issues) => {
    expect(applied(date, input, { options: { format: 'dmy' } })).toMatchObject({ value, issues });
  });
});
