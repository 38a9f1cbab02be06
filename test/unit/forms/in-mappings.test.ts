import { describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile.ts';
import type { ColumnForm, GivenForms } from '../../../src/mapping/forms/contract.ts';
import { aThing, demoMappings, rowOf, codesOf } from '../../support/mapping.ts';
import { spanishAgency } from '../../support/transform.ts';

const mapping = `mapping: 1
adapter: demo
from: things
to: people
fields:
  section: { value: lead }
  birthday: { from: Born, do: [date] }
also:
  - to: leads
    part: lead
    fields:
      person_id: { link: people, self: true }
      price_max: { from: Budget, do: [decimal], keepOriginal: true }
      received_at: { from: Received, do: [{ datetime: { format: mdy } }] }
`;

function mapped(
  fields: Readonly<Record<string, string>>,
  columns: Readonly<Record<string, ColumnForm>>,
  given: GivenForms = {},
) {
  const set = compileMappings([{ name: 'demo.yaml', text: mapping }], {
    adapter: 'demo',
    account: spanishAgency,
    forms: { given, files: { 'things.json': columns } },
  });
  const { drafts, issues } = set.map(aThing(fields));
  const [person, lead] = drafts;
  return {
    birthday: person?.values['birthday'],
    price: lead?.values['price_max'],
    received: lead?.values['received_at'],
    kept: person?.values['custom_fields'],
    codes: issues.map(({ code }) => code).filter((code) => code !== 'RECORD_INCOMPLETE'),
  };
}

describe('a transform that is not told how a column is written', () => {
  it('reads it as the column is', () => {
    const fields = { Born: '03/04/1980', Budget: '250.000' };
    expect(mapped(fields, { Born: { dates: 'dmy' }, Budget: { decimal: 'comma' } })).toMatchObject({
      birthday: '1980-04-03',
      price: '250000',
      codes: [],
    });
    expect(mapped(fields, { Born: { dates: 'mdy' }, Budget: { decimal: 'point' } })).toMatchObject({
      birthday: '1980-03-04',
      price: '250',
    });
  });

  it('leaves out and keeps what stays open', () => {
    const found = mapped({ Born: '03/04/1980' }, { Born: { dates: 'undecided' } });
    expect(found).toMatchObject({ birthday: null, codes: ['VALUE_AMBIGUOUS_DATE'] });
    expect(found.kept).toBe('{"Born":"03/04/1980"}');
    // What reads the same either way, and what begins with the year, is not open.
    expect(mapped({ Born: '05/05/1980' }, { Born: { dates: 'undecided' } }).birthday).toBe(
      '1980-05-05',
    );
    expect(mapped({ Born: '1980-04-03' }, { Born: { dates: 'undecided' } }).birthday).toBe(
      '1980-04-03',
    );
  });

  it('takes what was said for the run before what the column shows', () => {
    const found = mapped({ Born: '03/04/80' }, { Born: { dates: 'mdy' } }, { dates: 'dmy' });
    expect(found.birthday).toBe('1980-04-03');
  });

  it('comes after the word of the mapping', () => {
    const found = mapped({ Received: '03/04/2025 5:30 pm' }, {}, { dates: 'dmy' });
    expect(found.received).toBe('2025-03-04T16:30:00Z');
  });

  it('is named by the mapping, so that only such columns are looked at', () => {
    const set = demoMappings([mapping.split('\n').slice(2).join('\n')]);
    expect(set.wantedForms).toEqual([
      { entity: 'things', field: 'Born', kind: 'dates' },
      { entity: 'things', field: 'Budget', kind: 'numbers' },
    ]);
  });
});

describe('what spreadsheets do to cells', () => {
  const person = (rule: string) => `to: people\nfields:\n  section: { value: lead }\n  ${rule}\n`;

  it.each(['#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?'])('%s is no value', (text) => {
    const rule = person('first_name: { from: name }');
    expect(rowOf(rule, { name: text })).toMatchObject({
      first_name: null,
      custom_fields: `{"name":"${text}"}`,
    });
    expect(codesOf(rule, { name: text })).toContain('SPREADSHEET_ERROR');
  });

  it('a text that only begins like one is a text', () => {
    expect(rowOf(person('first_name: { from: name }'), { name: '#N/A Ltd' })).toMatchObject({
      first_name: '#N/A Ltd',
    });
  });

  it('a shortened number is no telephone, and is told of as a text', () => {
    const phone = person('phone: { from: tel, do: [phones, first] }');
    expect(rowOf(phone, { tel: '4.41E+11' })).toMatchObject({ phone: null });
    expect(codesOf(phone, { tel: '4.41E+11' })).toContain('NUMBER_SHORTENED');
    expect(codesOf(person('national_id: { from: id }'), { id: '4.41E+11' })).toContain(
      'NUMBER_SHORTENED',
    );
  });

  it('the number of a day is no date', () => {
    const rule = person('birthday: { from: born, do: [date] }');
    expect(rowOf(rule, { born: '45321' })).toMatchObject({ birthday: null });
    expect(codesOf(rule, { born: '45321' })).toContain('DATE_AS_NUMBER');
  });
});
