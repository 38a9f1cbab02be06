import { describe, expect, it } from 'vitest';
import { MappingError } from '../../src/model/errors.ts';
import { aThing, demoMappings } from '../support/mapping.ts';

/** Things as leads, with a person who may be another record's. */
const mappings = (same: string, part = 'part: person,') =>
  demoMappings([
    `from: things
to: leads
fields:
  person_id: { link: people, from: id, entity: customers }
also:
  - { to: people, ${part} same: ${same}, fields: { section: { value: lead }, phone: { from: phone, do: [phones, first] } } }`,
    'from: customers\nto: people\nfields: { section: { value: contact } }',
  ]);

function findings(same: string, part?: string): readonly string[] {
  try {
    mappings(same, part);
  } catch (error) {
    if (error instanceof MappingError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a further row that another record may stand for', () => {
  it('is told to the plan', () => {
    expect(mappings('{ entity: customers, by: [phone, email] }').tables.people?.same).toEqual([
      { entity: 'things', part: 'person', as: 'customers', by: ['phone', 'email'] },
    ]);
  });

  it('uses its fields, which the root row keeps all the same', () => {
    const set = mappings('{ entity: customers, by: [phone] }');
    const { drafts } = set.map(aThing({ phone: '600000001' }));
    expect(
      drafts.map(({ table, values }) => [table, values['phone'], values['custom_fields']]),
    ).toEqual([
      ['leads', undefined, '{"phone":"600000001"}'],
      ['people', '+34600000001', null],
    ]);
    expect(set.coverage()).toEqual([
      { entity: 'things', field: 'phone', filled: 1, use: 'mapped' },
    ]);
  });

  it.each([
    ['{ entity: customers }', /also\.0\.same\.by: is missing/],
    [
      '{ entity: things, by: [phone] }',
      /also\.0\.same\.entity: "things" becomes rows of leads, not of people/,
    ],
    [
      '{ entity: customers, by: [last_name] }',
      /also\.0\.same\.by\.0: people are found by "email" or "phone" alone/,
    ],
    [
      '{ entity: customers, by: [phone] }',
      /also\.0\.same: a row that may be the row of another record needs "part"/,
      '',
    ],
  ])('%s is refused', (same, finding, part?: string) => {
    expect(findings(same, part)).toHaveLength(1);
    expect(findings(same, part)[0]).toMatch(finding);
  });
});
