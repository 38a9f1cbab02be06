// Two records that stand for one row of the CRM, and records of one entity that become rows of several tables.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, type TestDraft, type TestRecord } from '../support/engine.ts';

type Rest = Partial<Omit<TestDraft, 'table' | 'key' | 'values'>>;

const person = (key: string, values: TestDraft['values'], rest: Rest = {}): TestRecord => [
  { table: 'people', key, values: { section: 'contact', ...values }, ...rest },
];
const owner = (id: string, values: TestDraft['values'], rest: Rest = {}): TestRecord =>
  person(`owners:${id}`, values, { twin: 'contacts:55', ...rest });

describe.each(databaseKinds)('two records of one row (%s)', (kind) => {
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

  const rowsOf = async (sql: string) => (await database.query(sql)).rows;
  const open = () => createEngine(database, { people: { twins: true } });
  const idsOf = () =>
    rowsOf(
      `SELECT entity, source_id AS id, target_id = (SELECT min(target_id::text)::uuid FROM migration.id_map) AS same
         FROM migration.id_map ORDER BY 1, 2`,
    );

  it('fill each other: what the first lacks comes from the second, what they say otherwise is kept', async () => {
    const engine = open();
    const records: TestRecord[] = [
      owner('12', {
        last_name: 'Prueba',
        email: 'a@example.com',
        emails: ['a@example.com'],
        roles: ['seller'],
        notes: 'Owner.',
        do_not_contact: 'false',
        created_at: '2024-02-03T10:00:00Z',
        custom_fields: '{"a":"1","b":"1"}',
      }),
      person('contacts:55', {
        first_name: 'Luis',
        last_name: 'Prueba',
        email: 'b@example.com',
        emails: ['b@example.com', 'a@example.com'],
        roles: ['buyer'],
        notes: 'Buyer.',
        do_not_contact: 'true',
        created_at: '2023-01-01T10:00:00Z',
        custom_fields: '{"b":"2","c":"2"}',
      }),
    ];
    const first = await engine.run(records);
    expect(first.rows).toEqual({ people: { created: 1, duplicate: 1 } });
    expect(first.records).toEqual({ owners: { created: 1 }, contacts: { duplicate: 1 } });
    expect(first.issues.map(({ code, id }) => [code, id])).toEqual([['DUPLICATE_ROW', '55']]);
    expect(
      await rowsOf(
        `SELECT first_name, last_name, email, emails, roles, notes, do_not_contact, custom_fields,
                created_at = '2023-01-01T10:00:00Z' AS oldest FROM crm.people`,
      ),
    ).toEqual([
      {
        first_name: 'Luis',
        last_name: 'Prueba',
        email: 'a@example.com',
        emails: ['a@example.com', 'b@example.com'],
        roles: ['seller', 'buyer'],
        notes: 'Owner.',
        do_not_contact: true,
        oldest: true,
        custom_fields: { a: '1', b: '1', c: '2', 'contacts:55': { notes: 'Buyer.', b: '2' } },
      },
    ]);
    expect(await idsOf()).toEqual([
      { entity: 'contacts', id: '55', same: true },
      { entity: 'owners', id: '12', same: true },
    ]);
    const second = await engine.run(records);
    expect(second.rows).toEqual({ people: { unchanged: 1, duplicate: 1 } });

    // A change of the second reaches the row.
    const [one, other] = records;
    const changed = [...(other ?? [])].map((draft) => ({
      ...draft,
      values: { ...draft.values, job_title: 'Pilot' },
    }));
    expect((await engine.run([one ?? [], changed])).rows).toEqual({
      people: { updated: 1, duplicate: 1 },
    });
    expect(await rowsOf(`SELECT job_title FROM crm.people`)).toEqual([{ job_title: 'Pilot' }]);
  });

  it.each([
    [false, false, false],
    [false, true, false],
    [true, false, false],
    [true, true, true],
  ])(
    'are deleted only when both are (%s and %s: %s), and a live one comes first',
    async (one, other, deleted) => {
      const engine = open();
      const records = [
        owner(
          '12',
          { last_name: 'Owner', deleted_at: one ? '2025-05-10T08:00:00Z' : null },
          { deleted: one },
        ),
        person(
          'contacts:55',
          { last_name: 'Contact', deleted_at: other ? '2025-05-11T08:00:00Z' : null },
          { deleted: other },
        ),
      ];
      await engine.run(records);
      expect(
        await rowsOf(
          `SELECT last_name, is_deleted, deleted_at IS NOT NULL AS timed FROM crm.people`,
        ),
      ).toEqual([
        { last_name: one && !other ? 'Contact' : 'Owner', is_deleted: deleted, timed: deleted },
      ]);
      expect((await engine.run(records)).rows).toEqual({ people: { unchanged: 1, duplicate: 1 } });
    },
  );

  it('are found by both keys, whatever links to them', async () => {
    const engine = open();
    const records: TestRecord[] = [
      owner('12', { last_name: 'A' }),
      person('contacts:55', { last_name: 'A' }),
      person('contacts:56', { last_name: 'B' }, { links: { spouse_id: 'contacts:55' } }),
      [{ table: 'leads', key: 'demands:1', links: { person_id: 'contacts:55' } }],
      [{ table: 'leads', key: 'demands:2', links: { person_id: 'owners:12' } }],
    ];
    expect((await engine.run(records)).rows).toEqual({
      people: { created: 2, duplicate: 1 },
      leads: { created: 2 },
    });
    expect(
      await rowsOf(
        `SELECT count(DISTINCT l.person_id)::int AS people, count(s.id)::int AS spouses FROM crm.leads l
           JOIN crm.people p ON p.id = l.person_id LEFT JOIN crm.people s ON s.spouse_id = p.id`,
      ),
    ).toEqual([{ people: 1, spouses: 2 }]);
    expect((await engine.run(records)).rows).toEqual({
      people: { unchanged: 2, duplicate: 1 },
      leads: { unchanged: 2 },
    });
  });

  it('become one row also when one came in earlier, and stay one', async () => {
    const engine = open();
    const contact = person('contacts:55', { last_name: 'A', notes: 'Contact.' });
    await engine.run([contact]);
    expect((await engine.run([owner('12', { last_name: 'Ab' })])).rows).toEqual({
      people: { updated: 1 },
    });
    expect(await rowsOf(`SELECT last_name, notes FROM crm.people`)).toEqual([
      { last_name: 'Ab', notes: 'Contact.' },
    ]);
    // What the contact says otherwise is kept from now on.
    expect((await engine.run([owner('12', { last_name: 'Ab' }), contact])).rows).toEqual({
      people: { updated: 1, duplicate: 1 },
    });
    // The source no longer says that they are one.
    const parted = await engine.run([person('owners:12', { last_name: 'Ab' }), contact]);
    expect(parted.rows).toEqual({ people: { unchanged: 1, duplicate: 1 } });
    expect(await rowsOf(`SELECT count(*)::int AS n FROM crm.people`)).toEqual([{ n: 1 }]);
  });

  it('stay apart, and say so, where a third is the same already, or each has a row', async () => {
    const engine = open();
    const records = [
      owner('12', { last_name: 'A' }),
      owner('13', { last_name: 'B' }),
      person('contacts:55', { last_name: 'A' }),
      owner('14', { last_name: 'C' }, { twin: 'contacts:99' }),
    ];
    const found = await engine.run(records);
    expect(found.rows).toEqual({ people: { created: 3, duplicate: 1 } });
    expect(found.issues.map(({ code, id, value }) => [code, id, value])).toEqual([
      ['DUPLICATE_ROW', '55', 'owners:12'],
      ['PARENT_MISSING', '14', 'contacts:99'],
      ['TWIN_APART', '13', 'contacts:55'],
    ]);
    expect((await engine.run(records)).rows).toEqual({ people: { unchanged: 3, duplicate: 1 } });

    const late = [
      person('owners:20', { last_name: 'D' }),
      person('contacts:60', { last_name: 'D' }),
    ];
    await engine.run(late);
    const named = await engine.run([
      owner('20', { last_name: 'D' }, { twin: 'contacts:60' }),
      late[1] ?? [],
    ]);
    expect(named.rows).toEqual({ people: { unchanged: 2 } });
    expect(named.issues.map(({ code }) => code)).toEqual(['TWIN_APART']);
  });

  it('are one in whatever order they come', async () => {
    const engine = open();
    const records = [person('contacts:55', { last_name: 'A' }), owner('12', { last_name: 'A' })];
    expect((await engine.run(records)).rows).toEqual({ people: { created: 1, duplicate: 1 } });
    const again = await engine.run(records);
    expect(again.rows).toEqual({ people: { unchanged: 1, duplicate: 1 } });
    expect(again.records).toEqual({ owners: { unchanged: 1 }, contacts: { duplicate: 1 } });
  });

  it('do not wait for one that was rejected or replaced', async () => {
    const engine = open();
    const found = await engine.run([
      owner('12', { last_name: 'A' }),
      person('contacts:55', { last_name: 'Old' }),
      person('contacts:55', { last_name: 'New', notes: 'N' }),
      owner('13', { last_name: 'B' }, { twin: 'contacts:57' }),
      person('contacts:57', { last_name: 'C' }, { fate: 'rejected' }),
    ]);
    expect(found.rows).toEqual({ people: { created: 2, duplicate: 2, rejected: 1 } });
    expect(found.issues.map(({ code }) => code)).toEqual([
      'DUPLICATE_ID',
      'DUPLICATE_ROW',
      'PARENT_NOT_IMPORTED',
    ]);
    expect(await rowsOf(`SELECT last_name, notes FROM crm.people ORDER BY 1`)).toEqual([
      { last_name: 'A', notes: 'N' },
      { last_name: 'B', notes: null },
    ]);
  });

  it('may be of two kinds: a company is no person, and nothing waits for it to become one', async () => {
    const elsewhere = { person_id: ['relations'] } as const;
    const engine = createEngine(database, {
      people: { twins: true },
      leads: { elsewhere },
      deal_people: { elsewhere },
      activities: { elsewhere: { ...elsewhere, relation_id: ['people'] } },
    });
    const both = { person_id: 'contacts:77', relation_id: 'contacts:77' };
    const records: TestRecord[] = [
      owner('12', { last_name: 'Firm' }, { twin: 'contacts:77' }),
      [{ table: 'relations', key: 'contacts:77', values: { name: 'Firm' } }],
      [{ table: 'activities', key: 'notes:1', values: { type: 'note' }, links: both }],
      [{ table: 'leads', key: 'demands:1', links: { person_id: 'contacts:77' } }],
      [
        { table: 'deals', key: 'deals:1' },
        {
          table: 'deal_people',
          key: 'deals:1',
          part: 'people/77',
          links: { deal_id: 'deals:1', person_id: 'contacts:77' },
        },
      ],
    ];
    const found = await engine.run(records);
    expect(found.rows).toEqual({
      relations: { created: 1 },
      people: { created: 1 },
      activities: { created: 1 },
      leads: { parked: 1 },
      deals: { created: 1 },
      deal_people: { excluded: 1 },
    });
    expect(found.issues.map(({ code, field }) => [code, field])).toEqual([
      ['PARENT_OF_OTHER_KIND', 'person_id'],
      ['PARENT_OF_OTHER_KIND', 'person_id'],
    ]);
    expect(
      await rowsOf(
        `SELECT person_id, relation_id IS NOT NULL AS linked, custom_fields FROM crm.activities`,
      ),
    ).toEqual([{ person_id: null, linked: true, custom_fields: {} }]);
    expect((await engine.run(records)).rows['deal_people']).toEqual({ excluded: 1 });
  });
});
