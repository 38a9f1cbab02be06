import { describe, expect, it } from 'vitest';
import { postcode } from '../../../src/mapping/transforms/postcode.ts';
import { applied } from '../../support/transform.ts';

describe('postcode', () => {
  it.each([
    ['3001', 'España', '03001', ['LEADING_ZERO_LOST']],
    ['1067', 'DE', '01067', ['LEADING_ZERO_LOST']],
    ['03001', 'ES', '03001', []],
    ['1000', 'Belgium', '1000', []],
    ['1234', 'NL', '1234', []],
    ['3001', 'Narnia', '3001', []],
    ['1234 AB', 'ES', '1234 AB', []],
  ])('of %j in %j is %j', (text, country, value, issues) => {
    const surroundings = { options: { country: 'land' }, fields: { land: country } };
    expect(applied(postcode, text, surroundings)).toMatchObject({ value, issues });
  });

  it('stays as it is where no country is known', () => {
    expect(applied(postcode, '3001')).toMatchObject({ value: '3001', issues: [] });
    expect(applied(postcode, ' ')).toMatchObject({ value: null, issues: [] });
  });
});
