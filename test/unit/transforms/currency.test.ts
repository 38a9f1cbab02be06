import { describe, expect, it } from 'vitest';
import { currency } from '../../../src/mapping/transforms/currency.ts';
import { applied } from '../../support/transform.ts';

describe('currency', () => {
  it.each([
    ['eur', 'EUR', []],
    ['€', 'EUR', []],
    ['Euros', 'EUR', []],
    ['£', 'GBP', []],
    ['$', null, ['VALUE_NOT_IN_TABLE']],
    ['dollars', null, ['VALUE_NOT_IN_TABLE']],
    ['', null, []],
  ])('of %j is %j', (text, value, issues) => {
    expect(applied(currency, text)).toMatchObject({ value, issues });
  });
});
