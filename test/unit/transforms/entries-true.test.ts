import { describe, expect, it } from 'vitest';
import { entriesTrue } from '../../../src/mapping/transforms/entries-true.ts';
import { applied } from '../../support/transform.ts';

describe('entries-true', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    [
      '{"pool": 1, "garden": "1", "lift": true, "sauna": 0, "bar": "yes"}',
      ['pool', 'garden', 'lift'],
      [],
    ],
    [{ pool: '1', garden: '0', lift: 'true', bar: ['1'] }, ['pool', 'lift'], []],
    [['pool', ''], ['pool'], []],
    ['["pool"]', ['pool'], []],
    ['[]', [], []],
    ['pool', null, ['JSON_IN_TEXT_INVALID']],
    ['0', null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(entriesTrue, input)).toMatchObject({ value, issues });
  });
});
