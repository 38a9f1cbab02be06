import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, type TestRecord } from '../support/engine.ts';

const user = (id: string, email: string | null, rest: object = {}): TestRecord => [
  { table: 'users', key: `users:${id}`, values: { email, last_name: `User ${id}` }, ...rest },
];
const person = (
  id: string,
  values: object = {},
  links: Record<string, string> = {},
): TestRecord => [
  {
    table: 'people',
    key: `contacts:${id}`,
    values: { section: 'contact', last_name: `P${id}`, ...values },
    links,
  },
];

describe.each(databaseKinds)('stage, plan and apply (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;

  beforeEach(async () => {
    place = await migratedDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });
  afterAll(() => undefined);

  const rowsOf = async (sql: string) => (await database.query(sql)).rows;

  it('creates rows with their links whatever the order, and changes nothing the second time', async () => {
    const engine = createEngine(database);
    const records: TestRecord[] = [
      [
        {
          table: 'leads',
          key: 'leads:1',
          values: { type: 'buyer', status: 'new' },
          links: { person_id: 'contacts:1', owner_id: 'users:1' },
        },
      ],
      person('1', { email: 'a@example.com' }, { owner_id: 'users:1', relation_id: 'companies:9' }),
      person('2', {}, {}),
      [{ table: 'relations', key: 'companies:9', values: { name: 'Bank' }, deleted: true }],
      user('1', 'Ana@example.com'),
    ];
    const first = await engine.run(records, 2);
    expect(first.rows).toEqual({
      users: { created: 1 },
      relations: { created: 1 },
      people: { created: 2 },
      leads: { created: 1 },
    });
    expect(first.issues).toEqual([]);
    expect(
      await rowsOf(
        `SELECT p.last_name, u.last_name AS owner, r.name, r.is_deleted, l.status FROM crm.people p
           LEFT JOIN crm.users u ON u.id = p.owner_id LEFT JOIN crm.relations r ON r.id = p.relation_id
           LEFT JOIN crm.leads l ON l.person_id = p.id ORDER BY 1`,
      ),
    ).toEqual([
      { last_name: 'P1', owner: 'User 1', name: 'Bank', is_deleted: true, status: 'new' },
      { last_name: 'P2', owner: null, name: null, is_deleted: null, status: null },
    ]);
    const versions = await rowsOf(`SELECT id, xmin::text FROM crm.people ORDER BY id`);
    const second = await engine.run(records);
    expect(second.rows).toEqual({
      users: { unchanged: 1 },
      relations: { unchanged: 1 },
      people: { unchanged: 2 },
      leads: { unchanged: 1 },
    });
    expect(await rowsOf(`SELECT id, xmin::text FROM crm.people ORDER BY id`)).toEqual(versions);
    expect(
      await rowsOf(
        `SELECT source_system, entity, source_id, target_table FROM migration.id_map ORDER BY 2, 3`,
      ),
    ).toEqual([
      { source_system: 'test', entity: 'companies', source_id: '9', target_table: 'relations' },
      { source_system: 'test', entity: 'contacts', source_id: '1', target_table: 'people' },
      { source_system: 'test', entity: 'contacts', source_id: '2', target_table: 'people' },
      { source_system: 'test', entity: 'leads', source_id: '1', target_table: 'leads' },
      { source_system: 'test', entity: 'users', source_id: '1', target_table: 'users' },
    ]);
  });

  it('updates just the row whose record changed, and never erases with an empty value', async () => {
    const engine = createEngine(database);
    await engine.run([person('1', { first_name: 'Ana', notes: 'keep' }), person('2')]);
    const changed = await engine.run([person('1', { first_name: 'Eva' }), person('2')]);
    expect(changed.rows['people']).toEqual({ updated: 1, unchanged: 1 });
    expect(await rowsOf(`SELECT first_name, notes FROM crm.people WHERE last_name = 'P1'`)).toEqual(
      [{ first_name: 'Eva', notes: 'keep' }],
    );
    expect(changed.issues).toEqual([
      { code: 'VALUE_KEPT', id: '1', field: 'notes', value: 'keep' },
    ]);
  });

  it('lets the last of two records with one id win and accounts for the first', async () => {
    const engine = createEngine(database);
    const result = await engine.run([
      person('1', { first_name: 'Old' }),
      person('1', { first_name: 'New' }),
    ]);
    expect(result.rows['people']).toEqual({ created: 1, duplicate: 1 });
    expect(await rowsOf(`SELECT first_name FROM crm.people`)).toEqual([{ first_name: 'New' }]);
    expect(result.issues.map(({ code }) => code)).toEqual(['DUPLICATE_ID']);
  });

  it('takes two agents with one e-mail for one, and links to either', async () => {
    const engine = createEngine(database, {
      users: { match: { any: [['email']], then: 'update' } },
    });
    const result = await engine.run([
      user('1', 'ana@example.com'),
      user('2', 'ANA@example.com'),
      person('1', {}, { owner_id: 'users:2' }),
      person('2', {}, { owner_id: 'email:ana@example.com' }),
    ]);
    expect(result.rows['users']).toEqual({ created: 1, duplicate: 1 });
    expect(
      await rowsOf(
        `SELECT DISTINCT u.last_name FROM crm.people p JOIN crm.users u ON u.id = p.owner_id`,
      ),
    ).toEqual([{ last_name: 'User 1' }]);
    expect(
      await rowsOf(`SELECT source_id FROM migration.id_map WHERE entity = 'users' ORDER BY 1`),
    ).toEqual([{ source_id: '1' }, { source_id: '2' }]);
  });

  it('makes one placeholder for each unknown agent', async () => {
    const engine = createEngine(database, { people: { missing: { owner_id: 'placeholder' } } });
    const records = [
      person('1', {}, { owner_id: 'users:99' }),
      person('2', {}, { owner_id: 'users:99' }),
      person('3', {}, { owner_id: 'email:x@example.com' }),
    ];
    const result = await engine.run(records);
    expect(result.rows).toEqual({ users: { created: 2 }, people: { created: 3 } });
    expect(
      await rowsOf(
        `SELECT email, is_placeholder, (SELECT count(*)::int FROM crm.people p WHERE p.owner_id = u.id) AS n FROM crm.users u ORDER BY email`,
      ),
    ).toEqual([
      { email: 'x@example.com', is_placeholder: true, n: 1 },
      { email: null, is_placeholder: true, n: 2 },
    ]);
    expect((await engine.run(records)).rows).toEqual({ people: { unchanged: 3 } });
  });

  it('parks what has no parent, keeps the raw id of an optional link, and places both when the parent comes', async () => {
    const engine = createEngine(database);
    const lead: TestRecord = [
      { table: 'leads', key: 'leads:1', values: {}, links: { person_id: 'contacts:7' } },
    ];
    const guest = person('1', {}, { relation_id: 'companies:5' });
    const first = await engine.run([lead, guest]);
    expect(first.rows).toEqual({ leads: { parked: 1 }, people: { created: 1 } });
    expect(first.issues).toEqual([
      { code: 'PARENT_MISSING', id: '1', field: 'person_id', value: 'contacts:7' },
      { code: 'PARENT_MISSING', id: '1', field: 'relation_id', value: 'companies:5' },
    ]);
    expect(await rowsOf(`SELECT custom_fields FROM crm.people`)).toEqual([
      { custom_fields: { relation_id: 'companies:5' } },
    ]);
    const second = await engine.run([
      lead,
      guest,
      person('7'),
      [{ table: 'relations', key: 'companies:5', values: { name: 'Notary' } }],
    ]);
    expect(second.rows).toEqual({
      leads: { created: 1 },
      people: { created: 1, updated: 1 },
      relations: { created: 1 },
    });
    expect(
      await rowsOf(`SELECT count(*)::int AS n FROM crm.people WHERE relation_id IS NOT NULL`),
    ).toEqual([{ n: 1 }]);
    expect(await rowsOf(`SELECT count(*)::int AS n FROM migration.unplaced_keys`)).toEqual([
      { n: 0 },
    ]);
  });

  it('links cycles and rows to themselves across batches', async () => {
    const engine = createEngine(database);
    const records: TestRecord[] = [
      person('1', {}, { spouse_id: 'contacts:3', relation_id: 'companies:1' }),
      person('2', {}, { spouse_id: 'contacts:2' }),
      person('3', {}, { spouse_id: 'contacts:1' }),
      [
        {
          table: 'relations',
          key: 'companies:1',
          values: { name: 'Office' },
          links: { main_contact_id: 'contacts:1' },
        },
      ],
    ];
    await engine.run(records, 1);
    expect(
      await rowsOf(
        `SELECT p.last_name AS p, s.last_name AS s, m.last_name AS m FROM crm.people p JOIN crm.people s ON s.id = p.spouse_id
           LEFT JOIN crm.relations r ON r.id = p.relation_id LEFT JOIN crm.people m ON m.id = r.main_contact_id ORDER BY 1`,
      ),
    ).toEqual([
      { p: 'P1', s: 'P3', m: 'P1' },
      { p: 'P2', s: 'P2', m: null },
      { p: 'P3', s: 'P1', m: null },
    ]);
    expect((await engine.run(records)).rows).toEqual({
      people: { unchanged: 3 },
      relations: { unchanged: 1 },
    });
  });

  it('leaves a row as it is whose link to a row of its own table is in vain', async () => {
    const engine = createEngine(database, { activities: { missing: { person_id: 'park' } } });
    const note = (id: string, links: Record<string, string>): TestRecord => [
      { table: 'activities', key: `notes:${id}`, values: { type: 'note' }, links },
    ];
    const records = [note('1', { activity_id: 'notes:2' }), note('2', { person_id: 'contacts:9' })];
    const first = await engine.run(records);
    expect(first.rows).toEqual({ activities: { created: 1, parked: 1 } });
    const versions = await rowsOf(`SELECT id, xmin::text FROM crm.activities`);
    const second = await engine.run(records);
    expect(second.rows).toEqual({ activities: { unchanged: 1, parked: 1 } });
    expect(await rowsOf(`SELECT id, xmin::text FROM crm.activities`)).toEqual(versions);
    const third = await engine.run([...records, person('9')]);
    expect(third.rows).toEqual({
      people: { created: 1 },
      activities: { created: 1, updated: 1 },
    });
  });

  it('clears a reference that another live listing has, and keeps those of deleted ones', async () => {
    const engine = createEngine(database, {
      properties: { match: { any: [['reference']], then: 'update' } },
    });
    const listing = (id: string, deleted = false): TestRecord => [
      {
        table: 'properties',
        key: `properties:${id}`,
        deleted,
        values: { reference: 'R1', status: 'active' },
      },
    ];
    const result = await engine.run([listing('1'), listing('2'), listing('3', true)]);
    expect(result.rows['properties']).toEqual({ created: 3 });
    expect(await rowsOf(`SELECT reference, is_deleted FROM crm.properties ORDER BY 1, 2`)).toEqual([
      { reference: 'R1', is_deleted: false },
      { reference: 'R1', is_deleted: true },
      { reference: null, is_deleted: false },
    ]);
    expect(result.issues).toEqual([
      { code: 'REFERENCE_TAKEN', id: '2', field: 'reference', value: 'R1' },
    ]);
    expect(
      (await engine.run([listing('1'), listing('2'), listing('3', true)])).rows['properties'],
    ).toEqual({
      unchanged: 3,
    });
  });

  it('links a listing to the one with its reference that the CRM has', async () => {
    const engine = createEngine(database, {
      properties: { match: { any: [['reference']], then: 'update' } },
    });
    await engine.run([
      [
        {
          table: 'properties',
          key: 'properties:1',
          values: { reference: 'R1', status: 'active', town: 'A' },
        },
      ],
    ]);
    const result = await engine.run([
      [
        {
          table: 'properties',
          key: 'property:77',
          values: { reference: 'R1', status: 'active', town: 'B' },
        },
      ],
    ]);
    expect(result.rows['properties']).toEqual({ updated: 1 });
    expect(await rowsOf(`SELECT town FROM crm.properties`)).toEqual([{ town: 'B' }]);
  });

  it('retires a photo that left its listing and revives one that comes back', async () => {
    const engine = createEngine(database);
    const listing = (...urls: string[]): TestRecord => [
      { table: 'properties', key: 'properties:1', values: { status: 'active' } },
      ...urls.map((url, index) => ({
        table: 'property_images' as const,
        key: 'properties:1',
        part: `images/${url}`,
        values: { url, position: String(index + 1) },
        links: { property_id: 'properties:1' },
      })),
    ];
    await engine.run([listing('a', 'b')]);
    expect((await engine.run([listing('b')])).rows['property_images']).toEqual({
      updated: 1,
      retired: 1,
    });
    expect(
      await rowsOf(`SELECT url, position, is_deleted FROM crm.property_images ORDER BY url`),
    ).toEqual([
      { url: 'a', position: 1, is_deleted: true },
      { url: 'b', position: 1, is_deleted: false },
    ]);
    expect((await engine.run([listing('b', 'a')])).rows['property_images']).toEqual({
      updated: 1,
      unchanged: 1,
    });
    expect(await rowsOf(`SELECT url, is_deleted FROM crm.property_images ORDER BY url`)).toEqual([
      { url: 'a', is_deleted: false },
      { url: 'b', is_deleted: false },
    ]);
  });

  it('finds the one row that only the database refuses, and brings in the others', async () => {
    const engine = createEngine(database);
    await database.query('SELECT 1');
    await engine.planOnly([]);
    await database.query(
      `ALTER TABLE crm.people ADD CONSTRAINT no_bob CHECK (first_name <> 'Bob')`,
    );
    const records = [
      ...Array.from({ length: 20 }, (_, index) =>
        person(String(index), { first_name: index === 13 ? 'Bob' : 'Al' }),
      ),
      [{ table: 'leads', key: 'leads:1', links: { person_id: 'contacts:13' } }] as const,
    ];
    const result = await engine.run(records, 8);
    expect(result.rows).toEqual({ people: { created: 19, rejected: 1 }, leads: { parked: 1 } });
    expect(result.issues.filter(({ code }) => code === 'REFUSED_BY_DATABASE')).toMatchObject([
      { id: '13' },
    ]);
    expect(
      await rowsOf(
        `SELECT fate, count(*)::int AS n FROM migration.ledger WHERE run_no = ${String(result.scope.runNo)} GROUP BY 1 ORDER BY 1`,
      ),
    ).toEqual([
      { fate: 'created', n: 19 },
      { fate: 'parked', n: 1 },
      { fate: 'rejected', n: 1 },
    ]);
  });
});
