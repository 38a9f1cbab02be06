import { describe, expect, it } from 'vitest';
import { phones } from '../../../src/mapping/transforms/phones.ts';
import { applied } from '../../support/transform.ts';

describe('phones', () => {
  it.each([
    [null, null, []],
    ['', null, []],
    [' \u00A0 ', null, []],
    ['612 345 678', ['+34612345678'], []],
    ['p:+34612345678', ['+34612345678'], []],
    ['(+34) 612-34-56-78', ['+34612345678'], []],
    ['+34 (0) 612345678', ['+34612345678'], []],
    ['0034 612345678', ['+34612345678'], []],
    ['+31 6 12345678', ['+31612345678'], []],
    ['952123456 / 612345678', ['+34952123456', '+34612345678'], []],
    [['612345678', null, '+34612345678'], ['+34612345678'], []],
    ['0', null, ['PHONE_INVALID']],
    ['x', null, ['PHONE_INVALID']],
    ['3.46E+10', null, ['NUMBER_SHORTENED']],
    ['612345678; none', ['+34612345678'], ['PHONE_INVALID']],
    [{ a: 'b' }, null, ['VALUE_NOT_EXPECTED_SHAPE']],
  ])('of %j is %j', (input, value, issues) => {
    expect(applied(phones, input)).toMatchObject({ value, issues });
  });

  it('keeps the original where words stand beside a number', () => {
    expect(applied(phones, '612345678 (Ana)')).toMatchObject({
      value: ['+34612345678'],
      kept: true,
    });
    expect(applied(phones, '(+34) 612 345 678')).toMatchObject({ kept: false });
  });

  it('reads national numbers by the country of the record', () => {
    const options = { country: 'address.country' };
    const fields = { address: { country: 'Nederland' } };
    expect(applied(phones, '06 12345678', { options, fields }).value).toEqual(['+31612345678']);
    expect(applied(phones, '612345678', { options }).value).toEqual(['+34612345678']);
  });

  it.each(['44', '+44', '0044'])('puts the prefix %s before a national number', (prefix) => {
    const surroundings = { options: { prefix: 'prefix' }, fields: { prefix } };
    expect(applied(phones, '7911 123456', surroundings).value).toEqual(['+447911123456']);
    expect(applied(phones, '+34612345678', surroundings).value).toEqual(['+34612345678']);
  });

  it('reads the number and the prefix of each item of a list', () => {
    const options = { items: { number: 'telefono', prefix: 'prefijo' } };
    const items = [
      { tipo: 'movil', prefijo: '34', telefono: '600 000 002' },
      { prefijo: '', telefono: '600000003' },
      { prefijo: '0044', telefono: '7911 123456' },
      { prefijo: '34', telefono: '+31612345678' },
      { prefijo: '34' },
      '600000004',
    ];
    expect(applied(phones, items, { options })).toMatchObject({
      value: ['+34600000002', '+34600000003', '+447911123456', '+31612345678', '+34600000004'],
      issues: [],
    });
    expect(applied(phones, items, {}).issues).toContain('VALUE_NOT_EXPECTED_SHAPE');
  });
});
