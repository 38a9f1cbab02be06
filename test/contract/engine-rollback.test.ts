import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, type TestRecord } from '../support/engine.ts';

const user = (id: string): TestRecord => [
  { table: 'users', key: `users:${id}`, values: { last_name: `User ${id}` } },
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
const listing = (id: string, reference: string | null, images: string[] = []): TestRecord => [
  {
    table: 'properties',
    key: `properties:${id}`,
    values: { status: 'active', reference, town: `Town ${id}` },
  },
  ...images.map((url) => ({
    table: 'property_images' as const,
    key: `properties:${id}`,
    part: `images/${url}`,
    values: { url },
    links: { property_id: `properties:${id}` },
  })),
];

describe.each(databaseKinds)('undoing a run (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;
  let accounts = 0;
  beforeAll(async () => {
    place = await migratedDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  const fresh = () => {
    const slug = `a${++accounts}`;
    const engine = createEngine(database, {}, slug);
    const account = `(SELECT id FROM crm.accounts WHERE slug = '${slug}')`;
    const rowsOf = async (columns: string, table: string) =>
      (
        await database.query(
          `SELECT ${columns} FROM crm.${table} WHERE account_id = ${account} ORDER BY 1`,
        )
      ).rows;
    const edit = (table: string, change: string, which: string) =>
      database.query(
        `UPDATE crm.${table} SET ${change} WHERE account_id = ${account} AND ${which}`,
      );
    return { engine, account, rowsOf, edit };
  };

  it('leaves alone what a person has edited, with all that it refers to, and undoes the rest', async () => {
    const { engine, rowsOf, edit } = fresh();
    const { scope } = await engine.run([
      user('1'),
      user('2'),
      person('1', {}, { owner_id: 'users:1', spouse_id: 'contacts:3' }),
      person('2', {}, { owner_id: 'users:2' }),
      person('3', {}, { spouse_id: 'contacts:1', relation_id: 'companies:1' }),
      [
        {
          table: 'relations',
          key: 'companies:1',
          values: { name: 'Bank' },
          links: { main_contact_id: 'contacts:2' },
        },
      ],
    ]);
    await edit('people', `notes = 'Call on Monday'`, `last_name = 'P1'`);
    // A write that changes nothing is no edit.
    await edit('people', `last_name = last_name, updated_at = now()`, `last_name = 'P2'`);
    expect(await engine.undo(scope.runNo, 1)).toEqual({
      // The spouse of the edited person, the spouse's company, its main contact and the agents of all these.
      people: { edited: 1, depended: 2 },
      relations: { depended: 1 },
      users: { depended: 2 },
    });
    expect(await rowsOf('last_name, notes', 'people')).toEqual([
      { last_name: 'P1', notes: 'Call on Monday' },
      { last_name: 'P2', notes: null },
      { last_name: 'P3', notes: null },
    ]);
  });

  it('leaves alone what rows made by hand refer to', async () => {
    const { engine, account, rowsOf } = fresh();
    const { scope } = await engine.run([
      user('1'),
      person('1', {}, { owner_id: 'users:1' }),
      person('2'),
    ]);
    await database.query(
      `INSERT INTO crm.activities (account_id, type, person_id)
       SELECT account_id, 'note', id FROM crm.people WHERE account_id = ${account} AND last_name = 'P1'`,
    );
    expect(await engine.undo(scope.runNo)).toEqual({
      users: { depended: 1 },
      people: { delete: 1, depended: 1 },
    });
    // What stays in the CRM stays in the id map, so that it is not created a second time.
    const again = await engine.run([
      user('1'),
      person('1', {}, { owner_id: 'users:1' }),
      person('2'),
    ]);
    expect(again.rows).toEqual({ users: { unchanged: 1 }, people: { unchanged: 1, created: 1 } });
    expect(await rowsOf('last_name', 'people')).toHaveLength(2);
  });

  it('restores values, links, deletions and references that changed hands', async () => {
    const { engine, rowsOf } = fresh();
    await engine.run([
      person('1', { phone: '+34600000001' }, { spouse_id: 'contacts:2' }),
      person('2'),
      listing('1', 'R1', ['a', 'b']),
      listing('2', 'R2'),
    ]);
    const columns = 'town, reference, status, custom_fields, created_at, updated_at, id';
    const before = [
      await rowsOf('*', 'people'),
      await rowsOf(columns, 'properties'),
      await rowsOf('*', 'property_images'),
    ];
    const { scope, rows } = await engine.run([
      person('1', { phone: '+34600000009' }, { spouse_id: 'contacts:3' }),
      person('3'),
      listing('1', 'R3', ['b', 'c']),
      listing('2', null),
      listing('3', 'R1'),
    ]);
    expect(rows['property_images']).toEqual({ unchanged: 1, created: 1, retired: 1 });
    expect(await engine.undo(scope.runNo, 1)).toEqual({
      people: { delete: 1, restore: 1 },
      properties: { delete: 1, restore: 1 },
      property_images: { delete: 1, restore: 1 },
    });
    expect([
      await rowsOf('*', 'people'),
      await rowsOf(columns, 'properties'),
      await rowsOf('*', 'property_images'),
    ]).toEqual(before);
  });

  it('does not restore a row that a person edited, nor a value that another row has by now', async () => {
    const { engine, account, rowsOf, edit } = fresh();
    await engine.run([listing('1', 'R1'), listing('2', 'R2')]);
    const { scope } = await engine.run([listing('1', 'R7'), listing('2', 'R8')]);
    await edit('properties', 'price = 5', `reference = 'R8'`);
    await database.query(
      `INSERT INTO crm.properties (account_id, status, reference) SELECT ${account}, 'active', 'R1'`,
    );
    expect(await engine.undo(scope.runNo)).toEqual({ properties: { edited: 1, taken: 1 } });
    expect(await rowsOf('reference', 'properties')).toEqual([
      { reference: 'R1' },
      { reference: 'R7' },
      { reference: 'R8' },
    ]);
  });

  it('goes on after it was stopped, and does what was left once nothing stands in its way', async () => {
    const { engine, account, rowsOf, edit } = fresh();
    const records = [
      ...Array.from({ length: 9 }, (_, index) =>
        person(String(index), {}, { spouse_id: `contacts:${8 - index}`, owner_id: 'users:1' }),
      ),
      user('1'),
    ];
    const { scope } = await engine.run(records);
    await edit('people', `notes = 'mine'`, `last_name = 'P4'`);
    await expect(engine.undo(scope.runNo, 2, 2)).rejects.toThrow('stopped');
    const left = (await rowsOf('last_name', 'people')).length;
    expect(left).toBeGreaterThanOrEqual(5);
    expect(await engine.undo(scope.runNo, 2)).toEqual({
      people: { delete: left - 1, edited: 1 },
      users: { depended: 1 },
    });
    await edit('people', `notes = NULL`, `last_name = 'P4'`);
    expect(await engine.undo(scope.runNo)).toEqual({ people: { delete: 1 }, users: { delete: 1 } });
    const { rows } = await database.query(
      `SELECT 1 FROM migration.id_keys WHERE account_id = ${account}`,
    );
    expect(rows).toEqual([]);
  });

  it('takes what a person has deleted for undone', async () => {
    const { engine, account } = fresh();
    const { scope } = await engine.run([person('1'), person('2')]);
    await database.query(
      `DELETE FROM crm.people WHERE account_id = ${account} AND last_name = 'P1'`,
    );
    expect(await engine.undo(scope.runNo)).toEqual({ people: { delete: 2 } });
    expect((await engine.run([person('1'), person('2')])).rows).toEqual({ people: { created: 2 } });
  });
});
