import { describe, expect, it } from 'vitest';
import { runCases } from '../../src/mapping/cases.ts';
import { demoMappings } from '../support/mapping.ts';

const mapping = `from: things
to: people
when: { kind: [person] }
fields:
  section: { value: lead }
  first_name: { from: name }
  emails: { from: mails }
  relation_id: { link: relations, from: company, entity: companies }
  owner_id: { link: users, from: agent, by: email }`;

/** What the one case of a text differs in. */
function differences(text: string): readonly string[] {
  const file = { name: 'things.cases.yaml', text };
  const [result] = runCases(demoMappings([mapping]), file, 'things');
  expect(result?.ok).toBe(result?.differences.length === 0);
  return result?.differences ?? [];
}

const record = `{ id: 41, kind: person, name: 'null', mails: [a@b.es], company: 3, agent: Eva@b.es, size: 007, none: null }`;

describe('a case', () => {
  it('that holds has no differences', () => {
    const text = `- name: Ana
  record: ${record}
  issues: [RECORD_INCOMPLETE]
  rows:
    relations: []
    people:
      - first_name: 'null'
        last_name: null
        emails: [a@b.es]
        relation_id: companies:3
        owner_id: email:eva@b.es
        is_deleted: 'false'
        custom_fields: { id: '41', size: '007', kind: person }`;
    expect(differences(text)).toEqual([]);
  });

  it('says what comes out otherwise', () => {
    const text = `- name: Ana
  record: ${record}
  fate: excluded
  rows:
    relations: [{}]
    people: [{ first_name: Eva, emails: [], last_name: X }]`;
    expect(differences(text)).toEqual([
      'fate: expected "excluded", is "comes in"',
      'issues: expected none; found RECORD_INCOMPLETE',
      'relations: expected 1 rows, found 0',
      'people[0].first_name: expected "Eva", is "null"',
      'people[0].emails: expected [], is ["a@b.es"]',
      'people[0].last_name: expected "X", is null',
    ]);
  });

  it('can expect that the mapping leaves the record out', () => {
    expect(differences('- { name: firm, record: { kind: firm }, fate: excluded }')).toEqual([]);
  });

  it('is deleted, or has an id of its own, where it says so', () => {
    const text = `- name: Ana
  id: 9
  deleted: true
  record: ${record}
  rows: { people: [{ is_deleted: 'true' }] }`;
    expect(differences(text)).toEqual([]);
  });
});

describe('a cases file', () => {
  it.each([
    [
      '- { name: a, record: {}, isues: [] }',
      'things.cases.yaml:1 0.isues: there is no "isues" here.',
    ],
    [
      '- { name: a, record: {}, issues: [NOPE] }',
      'things.cases.yaml:1 0.issues.0: is not an issue code',
    ],
    ['name: a', 'things.cases.yaml:1: expected a list'],
    ['[', /^things\.cases\.yaml:1: /],
  ])('%s is refused', (text, message) => {
    expect(() => differences(text)).toThrow(message);
  });
});
