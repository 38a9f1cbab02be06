import { describe, expect, test } from 'vitest';
import { compileMappings } from '../../src/mapping/compile.ts';
import type { Fields } from '../../src/model/record.ts';
import { spanishAgency } from '../support/transform.ts';

/** What the rows of a record keep beside their columns, by table. */
function kept(mapping: string, fields: Fields): Readonly<Record<string, readonly unknown[]>> {
  const text = `mapping: 1\nadapter: demo\nfrom: things\n${mapping}`;
  const set = compileMappings([{ name: 'things.yaml', text }], {
    adapter: 'demo',
    account: spanishAgency,
  });
  const { drafts } = set.map({
    entity: 'things',
    sourceId: '1',
    deleted: false,
    line: 1,
    file: 'things.json',
    ordinal: 0,
    fields,
  });
  const rows: Record<string, unknown[]> = {};
  for (const { table, values } of drafts) {
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
