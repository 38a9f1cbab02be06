// Links that find their row by a value that it has, and not by its id (docs/decisions/0012).
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { ColumnValue } from '../../src/model/draft.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, verifyRun, type TestDraft, type TestRecord } from '../support/engine.ts';

const company = (id: string, name: string, rest: Partial<TestDraft> = {}): TestRecord => [
  { table: 'relations', key: `organizations:${id}`, values: { name }, ...rest },
];
const person = (
  id: string,
  links: Record<string, string> = {},
  values: Record<string, ColumnValue> = {},
): TestRecord => [
  {
    table: 'people',
    key: `persons:${id}`,
    values: { section: 'contact', last_name: `P${id}`, ...values },
    links,
  },
];
const deal = (id: string, person_id: string): TestRecord => [
  { table: 'deals', key: `deals:${id}`, values: { name: `D${id}` } },
  {
    table: 'deal_people',
    key: `deals:${id}`,
    part: 'person',
    values: { role: 'main' },
    links: { deal_id: `deals:${id}`, person_id },
  },
];
const byName = { relation_id: [{ entity: 'organizations', column: 'name' }] };
const policies = {
  people: { lookups: byName },
  relations: { lookups: { main_contact_id: [{ entity: 'persons', column: 'email' }] } },
  deal_people: {
    lookups: {
      person_id: [
        { entity: 'persons', column: 'email' },
        { entity: 'persons', column: 'phone' },
      ],
    },
  },
};

describe.each(databaseKinds)('a link by value (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;

  beforeAll(async () => {
    place = await migratedDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterEach(async () => {
    await database.query(
      `TRUNCATE crm.accounts, migration.issues, migration.id_keys, migration.unplaced_keys, migration.ledger CASCADE`,
    );
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  const rowsOf = async (sql: string) => (await database.query(sql)).rows;
  const employers = () =>
    rowsOf(
      `SELECT p.last_name AS p, r.name AS r, p.custom_fields->>'relation_id' AS kept FROM crm.people p LEFT JOIN crm.relations r ON r.id = p.relation_id ORDER BY 1`,
    );
  it('finds the one row of the entity that has the value, however it is spelt', async () => {
    const engine = createEngine(database, policies);
    const records = [
      person('1', { relation_id: 'organizations.name:ACME  nuñez s.l. ' }),
      company('1', 'Acmé Núñez S.L.'),
      company('2', 'Other'),
      // Of another entity, so not meant.
      [{ table: 'relations', key: 'banks:1', values: { name: 'Acme Nunez S.L.' } }] as const,
    ];
    const first = await engine.run(records);
    expect(first.issues).toEqual([]);
    expect(await employers()).toEqual([{ p: 'P1', r: 'Acmé Núñez S.L.', kept: null }]);
    expect(await verifyRun(first.scope)).toEqual([]);
    const second = await engine.run(records);
    expect(second.rows).toEqual({ relations: { unchanged: 3 }, people: { unchanged: 1 } });
  });

  it('finds none where several have the value, says so and keeps it', async () => {
    const engine = createEngine(database, policies);
    const records = [
      person('1', { relation_id: 'organizations.name:Acme' }),
      company('1', 'Acme'),
      company('2', 'ACME'),
    ];
    const run = await engine.run(records);
    expect(run.rows).toEqual({ relations: { created: 2 }, people: { created: 1 } });
    expect(run.issues).toEqual([
      { code: 'LINK_AMBIGUOUS', id: '1', field: 'relation_id', value: 'Acme' },
    ]);
    expect(await employers()).toEqual([{ p: 'P1', r: null, kept: 'Acme' }]);
    expect(await verifyRun(run.scope)).toEqual([]);
    expect((await engine.run(records)).rows['people']).toEqual({ unchanged: 1 });
  });

  it('does not take the one of two namesakes that happens to come in', async () => {
    const engine = createEngine(database, policies);
    const run = await engine.run([
      person('1', { relation_id: 'organizations.name:Acme' }),
      person('2', { relation_id: 'organizations.name:Bank' }),
      company('1', 'Acme'),
      company('2', 'Acme', { fate: 'rejected' }),
      company('3', 'Bank', { fate: 'rejected' }),
    ]);
    expect(run.issues).toEqual([
      { code: 'LINK_AMBIGUOUS', id: '1', field: 'relation_id', value: 'Acme' },
      { code: 'PARENT_NOT_IMPORTED', id: '2', field: 'relation_id', value: 'Bank' },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
  });

  it('takes the live row before deleted ones, and the last of two records with one id', async () => {
    const engine = createEngine(database, policies);
    const run = await engine.run([
      person('1', { relation_id: 'organizations.name:Acme' }),
      person('2', { relation_id: 'organizations.name:Old name' }),
      company('1', 'Acme', { deleted: true }),
      company('2', 'Old name'),
      company('2', 'Acme'),
    ]);
    expect(run.issues.map(({ code, id }) => [code, id])).toEqual([
      ['DUPLICATE_ID', '2'],
      ['PARENT_MISSING', '2'],
    ]);
    expect(await employers()).toEqual([
      { p: 'P1', r: 'Acme', kept: null },
      { p: 'P2', r: null, kept: 'Old name' },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
  });

  it('finds rows of earlier runs by what the CRM has, or the source says anew', async () => {
    const engine = createEngine(database, policies);
    await engine.run([company('1', 'Acme'), company('2', 'Bank')]);
    const run = await engine.run([
      company('2', 'Banco'),
      person('1', { relation_id: 'organizations.name:acme' }),
      person('2', { relation_id: 'organizations.name:Bank' }),
      person('3', { relation_id: 'organizations.name:BANCO' }),
    ]);
    expect(await employers()).toEqual([
      { p: 'P1', r: 'Acme', kept: null },
      { p: 'P2', r: null, kept: 'Bank' },
      { p: 'P3', r: 'Banco', kept: null },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
    // The missing one arrives, and the link with it.
    const last = await engine.run([
      company('3', 'Bank'),
      person('2', { relation_id: 'organizations.name:Bank' }),
    ]);
    expect(last.rows).toEqual({ relations: { created: 1 }, people: { updated: 1 } });
    expect((await employers())[1]).toMatchObject({ p: 'P2', r: 'Bank' });
  });

  it('finds people by any of their e-mails and telephone numbers, and parks what needs one', async () => {
    const engine = createEngine(database, policies);
    const ana = {
      email: 'ana@example.com',
      emails: ['ana@example.com', 'a.ruiz@example.com'],
      phone: '+34612345678',
      phones: ['+34612345678', '+34965000001'],
    };
    const records = [
      deal('1', 'persons.email:A.Ruiz@example.com'),
      deal('2', 'persons.phone:+34965000001'),
      deal('3', 'persons.email:nobody@example.com'),
      deal('4', 'persons.phone:+34965000002'),
      person('1', {}, ana),
      person('2', {}, { phone: '+34965000002' }),
      person('3', {}, { phones: ['+34965000002'] }),
      company('1', 'Acme', { links: { main_contact_id: 'persons.email:ana@example.com' } }),
      company('2', 'Bank', { links: { main_contact_id: 'persons.email:bob@example.com' } }),
      [
        {
          table: 'people',
          key: 'persons:4',
          values: { section: 'contact', email: 'bob@example.com' },
          fate: 'rejected',
        },
      ] as const,
    ];
    const run = await engine.run(records, 2);
    expect(run.rows['deal_people']).toEqual({ created: 2, parked: 2 });
    expect(run.issues).toEqual([
      { code: 'LINK_AMBIGUOUS', id: '4', field: 'person_id', value: '+34965000002' },
      { code: 'PARENT_MISSING', id: '3', field: 'person_id', value: 'nobody@example.com' },
      { code: 'PARENT_NOT_IMPORTED', id: '2', field: 'main_contact_id', value: 'bob@example.com' },
    ]);
    expect(
      await rowsOf(
        `SELECT d.name, p.last_name AS p FROM crm.deals d JOIN crm.deal_people l ON l.deal_id = d.id JOIN crm.people p ON p.id = l.person_id ORDER BY 1`,
      ),
    ).toEqual([
      { name: 'D1', p: 'P1' },
      { name: 'D2', p: 'P1' },
    ]);
    expect(
      await rowsOf(
        `SELECT r.name, p.last_name AS p, r.custom_fields->>'main_contact_id' AS kept FROM crm.relations r LEFT JOIN crm.people p ON p.id = r.main_contact_id ORDER BY 1`,
      ),
    ).toEqual([
      { name: 'Acme', p: 'P1', kept: null },
      { name: 'Bank', p: null, kept: 'bob@example.com' },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
    const again = await engine.run(records);
    expect(again.rows['deal_people']).toEqual({ unchanged: 2, parked: 2 });
    expect(again.rows['relations']).toEqual({ unchanged: 2 });
  });

  it('is verified: another row than the one meant is a broken link', async () => {
    const engine = createEngine(database, policies);
    const run = await engine.run([
      person('1', { relation_id: 'organizations.name:Acme' }),
      company('1', 'Acme'),
      company('2', 'Bank'),
    ]);
    await database.query(
      `UPDATE crm.people SET relation_id = (SELECT id FROM crm.relations WHERE name = 'Bank')`,
    );
    expect(await verifyRun(run.scope)).toMatchObject([
      { entity: 'people', sourceId: '1', field: 'relation_id', source: 'Acme' },
    ]);
  });
});
