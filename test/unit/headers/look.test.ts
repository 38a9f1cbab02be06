import { describe, expect, it } from 'vitest';
import { looksOf, saysNothing } from '../../../src/mapping/headers/look.ts';

describe('what a text looks like', () => {
  it.each([
    ['ana@example.com', ['email'], ['text', 'url']],
    ['ana@example.com; jan@example.com', ['email'], []],
    ['* ana@example.com ::: jan@example.com', ['email'], []],
    ['www.example.com/casa', ['url'], ['text']],
    ['+34 600 111 222', ['phone'], ['date']],
    ['p:+34600111222', ['phone'], []],
    ['0171/1234567', ['phone'], ['date']],
    ['(030) / 123 456', ['phone'], ['date']],
    ['2024/123456', ['code'], ['phone']],
    ['600111222', ['phone', 'number'], ['date']],
    ['3.46E+10', ['phone', 'number'], []],
    ['31/12/2024', ['date'], ['phone', 'number']],
    ['2024-12-31 10:00', ['date'], ['phone']],
    ['250000.00', ['number'], ['phone']],
    ['1.250.000', ['number'], ['phone']],
    ['€ 250.000', ['number'], ['phone']],
    ['12 Main Street', ['text'], ['number', 'name']],
    ['03001', ['postcode', 'number'], ['phone', 'date']],
    ['1234 AB', ['postcode'], ['name']],
    ['SW1A 1AA', ['postcode'], []],
    ['Países Bajos', ['country', 'name'], []],
    ['nl', ['language', 'country'], []],
    ['Sí', ['boolean'], []],
    ['EUR', ['currency'], []],
    ["O'Neill-García", ['name'], ['code']],
    ['AB-1234', ['code'], ['name', 'number']],
  ])('of %j is %j, not %j', (text, looks, others) => {
    const found = looksOf(text) ?? [];
    expect(found).toEqual(expect.arrayContaining(looks));
    expect(found.filter((look) => others.includes(look))).toEqual([]);
  });

  it.each(['', ' ', '-', '—', 'n/a', '#N/A', '#REF!', '0000-00-00 00:00:00', '0/0/00', '?'])(
    '%j says nothing',
    (text) => {
      expect(saysNothing(text)).toBe(true);
    },
  );
});
