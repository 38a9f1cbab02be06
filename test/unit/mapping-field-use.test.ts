import { describe, expect, test } from 'vitest';
import { compileMappings } from '../../src/mapping/compile.ts';
import type { MappedRecord } from '../../src/mapping/contract.ts';
import type { Fields } from '../../src/model/record.ts';
import { spanishAgency } from '../support/transform.ts';

/** What a mapping of "things" makes of a record. */
function mapped(mapping: string, fields: Fields): MappedRecord {
  const text = `mapping: 1\nadapter: demo\nfrom: things\n${mapping}`;
  const set = compileMappings([{ name: 'things.yaml', text }], {
    adapter: 'demo',
    account: spanishAgency,
  });
  return set.map({
    entity: 'things',
    sourceId: '1',
    deleted: false,
    line: 1,
    file: 'things.json',
    ordinal: 0,
    fields,
  });
}

/** What its rows keep beside their columns, by table. */
function kept(mapping: string, fields: Fields): Readonly<Record<string, readonly unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const { table, values } of mapped(mapping, fields).drafts) {
    const custom = values['custom_fields'];
    (rows[table] ??= []).push(typeof custom === 'string' ? JSON.parse(custom) : null);
  }
  return rows;
}

describe('custom_fields', () => {
  test('keep the field of a rule whose condition does not hold', () => {
    const mapping = 'to: relations\nfields: { name: { from: a, when: { b: [yes] } } }';
    expect(kept(mapping, { a: '1', b: 'no' })).toEqual({ relations: [{ a: '1', b: 'no' }] });
    expect(kept(mapping, { a: '1', b: 'yes' })).toEqual({ relations: [{ b: 'yes' }] });
  });

  test('keep the fields of the rules that were not asked', () => {
    const mapping = 'to: relations\nfields: { name: [{ from: a }, { from: b }, { from: c }] }';
    expect(kept(mapping, { a: '1', b: '2', c: '3' })).toEqual({ relations: [{ b: '2', c: '3' }] });
    expect(kept(mapping, { a: '', b: '2', c: '3' })).toEqual({ relations: [{ c: '3' }] });
  });

  test('do not keep a field that another rule uses of every record', () => {
    const mapping =
      'to: relations\nfields: { name: [{ from: a }, { from: b }], notes: { from: b } }';
    expect(kept(mapping, { a: '1', b: '2' })).toEqual({ relations: [null] });
  });

  test('keep in the root row what a further row would have used', () => {
    const mapping =
      'to: relations\nfields: { name: { from: a } }\n' +
      'also: [{ to: people, part: p, when: { c: empty }, fields: { section: { value: lead }, first_name: { from: b } } }]';
    expect(kept(mapping, { a: '1', b: '2', c: '3' })).toEqual({ relations: [{ b: '2', c: '3' }] });
    expect(kept(mapping, { a: '1', b: '2' })).toEqual({ relations: [null], people: [null] });
  });

  test('keep of each item what its rules did not use', () => {
    const mapping =
      'to: deals\nfields: { people: { each: list, to: deal_people, fields: { ' +
      'person_id: { link: people, from: id, entity: others }, ' +
      'role: [{ value: main, when: { role: [main] } }, { value: co }], ' +
      'created_at: { from: at, when: { role: [main] } } } } }';
    const at = '2025-06-01T00:00:00Z';
    const list = [
      { id: '1', role: 'main', at },
      { id: '2', role: 'owner', at },
    ];
    expect(kept(mapping, { list })['deal_people']).toEqual([
      { role: 'main' },
      { role: 'owner', at },
    ]);
  });

  test('keep of a list what a rule that does not apply would have used', () => {
    const mapping = 'to: relations\nfields: { emails: { from: list, when: { a: filled } } }';
    expect(kept(mapping, { list: ['x', 'y'] })).toEqual({ relations: [{ list: ['x', 'y'] }] });
  });
});

describe('a condition', () => {
  test.each([['sold'], [' Sold '], ['SÓLD']])('fits %j as a value table would', (status) => {
    const mapping =
      'to: relations\nfields: { name: { from: a, when: { status: [sold] } } }\nignore: [status]';
    expect(kept(mapping, { a: '1', status })).toEqual({ relations: [null] });
  });

  test('does not fit another text, or none', () => {
    const mapping =
      'to: relations\nfields: { name: { from: a, when: { status: [sold] } } }\nignore: [status]';
    for (const status of ['unsold', '', null])
      expect(kept(mapping, { a: '1', status })).toEqual({ relations: [{ a: '1' }] });
  });
});

describe('a finding about one value', () => {
  test('is reported once, though several columns are made of it', () => {
    const mapping =
      'to: relations\nfields: { name: { value: x }, email: { from: a, do: [emails, first] }, emails: { from: a, do: [emails] } }';
    expect(mapped(mapping, { a: 'nobody' }).issues.map(({ code }) => code)).toEqual([
      'EMAIL_INVALID',
    ]);
  });
});
