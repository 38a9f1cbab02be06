import { describe, expect, it } from 'vitest';
import { MappingError } from '../../src/model/errors.ts';
import { demoMappings } from '../support/mapping.ts';

/** A mapping of things to leads with one rule across records; the rule begins on line 7. */
const withRule = (rule: string) =>
  demoMappings([
    `from: things\nto: leads\nfields: { person_id: { link: people, part: person } }\nrules:\n  - ${rule}\nalso: [{ to: people, part: person, fields: { section: { value: lead } } }]`,
  ]);

function findings(rule: string): readonly string[] {
  try {
    withRule(rule);
  } catch (error) {
    if (error instanceof MappingError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('a rule across records', () => {
  it('looks at rows that refer to a row, and takes its words as they are', () => {
    const { rules } = withRule(
      '{ says: a converted lead has a won deal, when: { status: [converted] }, rows: deals, through: lead_id, has: { stage: [won] } }',
    );
    expect(rules).toEqual([
      {
        entity: 'things',
        table: 'leads',
        says: 'a converted lead has a won deal',
        when: { status: ['converted'] },
        unless: {},
        of: { kind: 'rows', table: 'deals', through: 'lead_id', most: undefined },
        has: [{ stage: ['won'] }],
      },
    ]);
  });

  it('looks at the row that a row refers to, which may fit in one of several ways', () => {
    const { rules } = withRule(
      '{ says: x, row: people, through: person_id, has: [{ email: filled }, { phone: filled }] }',
    );
    expect(rules[0]?.of).toEqual({
      kind: 'row',
      table: 'people',
      through: 'person_id',
      entity: undefined,
    });
    expect(rules[0]?.has).toEqual([{ email: 'filled' }, { phone: 'filled' }]);
  });

  it('looks at the row itself, or counts', () => {
    expect(withRule('{ says: x, has: { lost_reason: filled } }').rules[0]?.of).toEqual({
      kind: 'self',
    });
    expect(withRule('{ says: x, rows: deals, through: lead_id, most: 1 }').rules[0]?.of).toEqual({
      kind: 'rows',
      table: 'deals',
      through: 'lead_id',
      most: 1,
    });
  });

  it.each([
    ['{ has: { source: filled } }', 'demo/1.yaml:7 rules.0.says: is missing; expected a text'],
    ['{ says: x }', 'demo/1.yaml:7 rules.0: a rule has one of row, rows or has'],
    [
      '{ says: x, rows: deals }',
      'demo/1.yaml:7 rules.0: "rows" needs "through", the column that links',
    ],
    [
      '{ says: x, row: people, rows: deals, through: lead_id }',
      'demo/1.yaml:7 rules.0: "row" does not go with "rows"',
    ],
    [
      '{ says: x, through: lead_id, has: { source: filled } }',
      'demo/1.yaml:7 rules.0: "through" goes with "row" or "rows"',
    ],
    [
      '{ says: x, row: people, through: person_id, most: 1 }',
      'demo/1.yaml:7 rules.0: "most" goes with "rows"',
    ],
    [
      '{ says: x, rows: deals, through: lead_id, entity: deals }',
      'demo/1.yaml:7 rules.0: "entity" goes with "row"',
    ],
    [
      '{ says: x, row: people, through: person_id, entity: things }',
      'demo/1.yaml:7 rules.0.entity: "things" becomes rows of leads, not of people',
    ],
    [
      '{ says: x, rows: deals, through: lead_id, most: none }',
      'demo/1.yaml:7 rules.0.most: expected a whole number from 1',
    ],
    [
      '{ says: x, rows: deels, through: lead_id }',
      'demo/1.yaml:7 rules.0.rows: the CRM has no table "deels". Did you mean "deals"?',
    ],
    [
      '{ says: x, rows: deals, through: led_id }',
      'demo/1.yaml:7 rules.0.through: no column "led_id" of deals refers to leads. Did you mean "lead_id"?',
    ],
    [
      '{ says: x, row: people, through: owner_id }',
      'demo/1.yaml:7 rules.0.through: no column "owner_id" of leads refers to people.',
    ],
    [
      '{ says: x, when: { statuss: filled }, has: { source: filled } }',
      'demo/1.yaml:7 rules.0.when.statuss: leads has no column "statuss". Did you mean "status"?',
    ],
    [
      '{ says: x, unless: { status: [convertd] }, has: { source: filled } }',
      'demo/1.yaml:7 rules.0.unless.status: "convertd" is no value of status. Did you mean "converted"?',
    ],
    [
      '{ says: x, rows: deals, through: lead_id, has: [{ stage: [won] }, { status: filled }] }',
      'demo/1.yaml:7 rules.0.has.1.status: deals has no column "status".',
    ],
    [
      '{ says: x, has: { lost_reason: [price] } }',
      'demo/1.yaml:7 rules.0.has.lost_reason: lost_reason has no list of values; a rule can ask whether it is "filled" or "empty"',
    ],
    [
      '{ says: x, has: { source: filled }, wen: { status: filled } }',
      'demo/1.yaml:7 rules.0.wen: there is no "wen" here. Did you mean "when"?',
    ],
  ])('%s is refused', (rule, finding) => {
    expect(findings(rule)).toEqual([finding]);
  });
});
