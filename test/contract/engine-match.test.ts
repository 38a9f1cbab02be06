// Records that the CRM has a row for already (architecture.md §5): found by what hardly two people share, never guessed.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { MatchThen } from '../../src/mapping/contract.ts';
import type { ColumnValue } from '../../src/model/draft.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, verifyRun, type TestDraft, type TestRecord } from '../support/engine.ts';

type Values = Record<string, ColumnValue>;

const person = (key: string, values: Values, rest: Partial<TestDraft> = {}): TestRecord => [
  { table: 'people', key, values: { section: 'contact', ...values }, ...rest },
];
/** A record of an import before, by another system's id. */
const earlier = (id: string, values: Values, rest?: Partial<TestDraft>) =>
  person(`old:${id}`, values, rest);
const now = (id: string, values: Values, rest?: Partial<TestDraft>) =>
  person(`contacts:${id}`, values, rest);

const ana = { first_name: 'Ana', last_name: 'Ruiz', email: 'ana@example.com' };

describe.each(databaseKinds)('matching (%s)', (kind) => {
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
  const engineThat = (
    then: MatchThen,
    any: readonly (readonly string[])[] = [['email'], ['phone']],
  ) => createEngine(database, { people: { match: { any, then } } });
  const inTheCrm = (...records: readonly TestRecord[]) => createEngine(database).run(records);
  /** Fates of one record against what the CRM has. */
  const fatesOf = async (record: Values, ...there: readonly Values[]) => {
    await inTheCrm(...there.map((values, index) => earlier(String(index), values)));
    const { rows, issues } = await engineThat('update').run([now('1', record)]);
    return { fates: rows['people'], codes: issues.map(({ code }) => code) };
  };

  it('updates the row that has one of the e-mails or telephone numbers', async () => {
    await inTheCrm(
      earlier('1', {
        ...ana,
        email: 'Ana.Ruiz@Example.com',
        emails: ['Ana.Ruiz@Example.com', 'ana@example.com'],
      }),
      earlier('2', { last_name: 'Gómez', phones: ['+34 612-345-678'], phone: '+34965000000' }),
      earlier('3', { last_name: 'Other' }),
    );
    const run = await engineThat('update').run([
      now('1', {
        first_name: 'ANA',
        last_name: 'Ruiz García',
        emails: ['x@example.com', 'ana@example.com'],
      }),
      now('2', { first_name: 'Pedro', last_name: 'Gomez', phone: '+34612345678' }),
      now('3', { last_name: 'Other' }),
    ]);
    expect(run.rows['people']).toEqual({ updated: 2, created: 1 });
    expect(await rowsOf(`SELECT first_name, last_name FROM crm.people ORDER BY 2, 1`)).toEqual([
      { first_name: 'Pedro', last_name: 'Gomez' },
      { first_name: null, last_name: 'Other' },
      { first_name: null, last_name: 'Other' },
      { first_name: 'ANA', last_name: 'Ruiz García' },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
  });

  it('chooses none of several, and says so', async () => {
    expect(await fatesOf(ana, ana, { ...ana, last_name: 'Ruiz' })).toEqual({
      fates: { created: 1 },
      codes: ['MATCH_AMBIGUOUS'],
    });
  });

  it('chooses none where an e-mail is of one and a number of another', async () => {
    const both = { ...ana, phone: '+34612345678' };
    expect(
      await fatesOf(both, ana, { first_name: 'Ana', last_name: 'Ruiz', phone: '+34612345678' }),
    ).toEqual({ fates: { created: 1 }, codes: ['MATCH_AMBIGUOUS'] });
  });

  it.each([
    ['a landline of a couple', { first_name: 'Pedro', last_name: 'Ruiz', phone: '+34965000000' }],
    ['a landline of an office', { first_name: 'Ana', last_name: 'Gómez', phone: '+34965000000' }],
    ['a mailbox of a couple', { first_name: 'Pedro', last_name: 'Ruiz', email: 'ana@example.com' }],
    [
      'a mailbox of an office',
      { first_name: 'Ana', last_name: 'Gómez', email: 'Info2@example.com' },
    ],
    ['a mailbox of an office without a name', { email: 'info2@example.com' }],
  ])('does not take %s for a person', async (_what, values) => {
    const there = {
      ...ana,
      emails: ['ana@example.com', 'info2@example.com'],
      phone: '+34965000000',
    };
    expect(await fatesOf(values, there)).toEqual({
      fates: { created: 1 },
      codes: ['MATCH_REFUSED'],
    });
  });

  it.each([
    ['a number, where one side has no name', { phone: '+34965000000' }],
    [
      'an own mailbox after a marriage',
      { first_name: 'Ana', last_name: 'Smith', email: 'ana@example.com' },
    ],
    [
      'an own mailbox, whole name in one field',
      { last_name: 'Ana Ruiz', email: 'ana@example.com' },
    ],
    [
      'an office mailbox of the same name',
      { first_name: 'A.', last_name: 'RUIZ', email: 'info2@example.com' },
    ],
  ])('takes %s for the person', async (_what, values) => {
    const there = {
      ...ana,
      emails: ['ana@example.com', 'info2@example.com'],
      phone: '+34965000000',
    };
    const record = { ...values, notes: 'new' };
    expect(await fatesOf(record, there)).toEqual({ fates: { updated: 1 }, codes: [] });
  });

  it('knows nobody by a value that several people of the input share', async () => {
    await inTheCrm(earlier('1', { last_name: 'Ruiz', phone: '+34965000000' }));
    const run = await engineThat('update').run([
      now('1', { first_name: 'Ana', last_name: 'Ruiz', phone: '+34965000000' }),
      now('2', { first_name: 'Pedro', last_name: 'Ruiz', phone: '+34965000000' }),
    ]);
    expect(run.rows['people']).toEqual({ created: 2 });
    expect(run.issues.map(({ code, id }) => [code, id])).toEqual([
      ['MATCH_AMBIGUOUS', '1'],
      ['MATCH_AMBIGUOUS', '2'],
    ]);
  });

  it('lets one record write a row, and the others come in on their own', async () => {
    await inTheCrm(earlier('1', ana));
    const run = await engineThat('update').run([
      now('1', { ...ana, notes: 'first' }),
      now('2', { ...ana, notes: 'second' }),
    ]);
    expect(run.rows['people']).toEqual({ updated: 1, created: 1 });
    expect(run.issues).toMatchObject([{ code: 'MATCH_REFUSED', id: '2' }]);
    expect(await rowsOf(`SELECT notes FROM crm.people ORDER BY 1`)).toEqual([
      { notes: 'first' },
      { notes: 'second' },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
  });

  it('looks for no deleted row, and for none of a deleted record', async () => {
    expect(await fatesOf({ ...ana, notes: 'new' }, {})).toMatchObject({ fates: { created: 1 } });
    await inTheCrm(earlier('9', { ...ana, email: 'del@example.com' }, { deleted: true }));
    const run = await engineThat('update').run([
      now('2', { ...ana, email: 'del@example.com' }),
      now('3', ana, { deleted: true }),
    ]);
    expect(run.rows['people']).toEqual({ created: 2 });
    expect(run.issues).toEqual([]);
  });

  it('links records to the row and leaves it as it is, in later imports, too', async () => {
    await inTheCrm(earlier('1', { ...ana, notes: 'CRM' }));
    const [{ id, xmin } = {}] = await rowsOf(`SELECT id, xmin::text FROM crm.people`);
    const engine = engineThat('link');
    const records = (notes: string): TestRecord[] => [
      [
        ...now('1', { ...ana, first_name: 'Ana María', notes }, { links: { owner_id: 'users:1' } }),
        {
          table: 'leads',
          key: 'contacts:1',
          part: 'lead',
          values: { type: 'buyer' },
          links: { person_id: 'contacts:1' },
        },
      ],
      now('2', { email: 'ana@example.com', last_name: 'Ruiz' }),
      [
        {
          table: 'activities',
          key: 'notes:1',
          values: { type: 'note' },
          links: { person_id: 'contacts:2' },
        },
      ],
      [{ table: 'users', key: 'users:1', values: { email: 'agent@example.com' } }],
    ];
    const first = await engine.run(records('source'));
    expect(first.rows).toMatchObject({
      people: { unchanged: 2 },
      leads: { created: 1 },
      activities: { created: 1 },
    });
    expect(first.issues.filter(({ code }) => code !== 'MATCH_LINKED')).toEqual([]);
    expect(
      await rowsOf(
        `SELECT DISTINCT person_id AS id FROM crm.leads UNION SELECT person_id FROM crm.activities`,
      ),
    ).toEqual([{ id }]);
    expect(await verifyRun(first.scope)).toEqual([]);
    const second = await engine.run(records('source, later'));
    expect(second.rows).toMatchObject({ people: { unchanged: 2 }, leads: { unchanged: 1 } });
    expect(await rowsOf(`SELECT id, xmin::text, notes FROM crm.people`)).toEqual([
      { id, xmin, notes: 'CRM' },
    ]);
    expect(await verifyRun(second.scope)).toEqual([]);
    expect(
      await rowsOf(
        `SELECT source_id, target_id AS id FROM migration.id_map WHERE entity = 'contacts' AND target_table = 'people' ORDER BY 1`,
      ),
    ).toEqual([
      { source_id: '1', id },
      { source_id: '2', id },
    ]);
  });

  it('accounts for a linked record whose row was deleted in the CRM, or that is deleted itself', async () => {
    await inTheCrm(earlier('1', ana), earlier('2', { last_name: 'Gil', email: 'gil@example.com' }));
    const engine = engineThat('link');
    const gil = { last_name: 'Gil', email: 'gil@example.com' };
    await engine.run([now('1', ana), now('2', gil)]);
    await database.query(`UPDATE crm.people SET is_deleted = true WHERE last_name = 'Ruiz'`);
    const run = await engine.run([now('1', ana), now('2', gil, { deleted: true })]);
    expect(run.rows['people']).toEqual({ duplicate: 2 });
    expect(await rowsOf(`SELECT last_name, is_deleted FROM crm.people ORDER BY 1`)).toEqual([
      { last_name: 'Gil', is_deleted: false },
      { last_name: 'Ruiz', is_deleted: true },
    ]);
    expect(await verifyRun(run.scope)).toEqual([]);
  });

  it('skips a record that the CRM has, with all its rows, and links to the row all the same', async () => {
    await inTheCrm(earlier('1', ana));
    const engine = engineThat('skip');
    const records: TestRecord[] = [
      [
        ...now('1', { ...ana, notes: 'source' }),
        {
          table: 'leads',
          key: 'contacts:1',
          part: 'lead',
          values: { type: 'buyer' },
          links: { person_id: 'contacts:1' },
        },
      ],
      [
        ...now('2', { last_name: 'New' }),
        {
          table: 'leads',
          key: 'contacts:2',
          part: 'lead',
          values: { type: 'buyer' },
          links: { person_id: 'contacts:2' },
        },
      ],
      [
        {
          table: 'activities',
          key: 'notes:1',
          values: { type: 'note' },
          links: { person_id: 'contacts:1' },
        },
      ],
      [
        {
          table: 'relations',
          key: 'companies:1',
          values: { name: 'Bank' },
          links: { main_contact_id: 'contacts:1' },
        },
      ],
    ];
    const first = await engine.run(records);
    expect(first.rows).toEqual({
      relations: { created: 1 },
      people: { created: 1, duplicate: 1 },
      leads: { created: 1, excluded: 1 },
      activities: { created: 1 },
    });
    expect(first.issues).toMatchObject([{ code: 'MATCH_SKIPPED', id: '1' }]);
    expect(
      await rowsOf(
        `SELECT p.last_name FROM crm.activities a JOIN crm.people p ON p.id = a.person_id UNION ALL SELECT p.last_name FROM crm.relations r JOIN crm.people p ON p.id = r.main_contact_id`,
      ),
    ).toEqual([{ last_name: 'Ruiz' }, { last_name: 'Ruiz' }]);
    expect(await verifyRun(first.scope)).toEqual([]);
    const second = await engine.run(records);
    expect(second.rows).toEqual({
      relations: { unchanged: 1 },
      people: { unchanged: 1, duplicate: 1 },
      leads: { unchanged: 1, excluded: 1 },
      activities: { unchanged: 1 },
    });
    expect(await verifyRun(second.scope)).toEqual([]);
  });

  it('creates all the same where it is told to, and matches on several columns together', async () => {
    await inTheCrm(earlier('1', { ...ana, birthday: '1980-01-02', national_id: '12.345.678-Z' }));
    expect((await engineThat('create').run([now('1', ana)])).rows['people']).toEqual({
      created: 1,
    });
    const both = [['national_id', 'birthday']];
    const run = await engineThat('update', both).run([
      now('2', { national_id: '12345678z', birthday: '1980-01-02', notes: 'same' }),
      now('3', { national_id: '12345678z', birthday: '1981-01-02' }),
      now('4', { national_id: '12345678z' }),
    ]);
    expect(run.rows['people']).toEqual({ updated: 1, created: 2 });
  });

  it('does not tell a company by a mailbox or number of another name', async () => {
    await createEngine(database).run([
      [
        {
          table: 'relations',
          key: 'old:1',
          values: { name: 'Notaría Pérez', phone: '+34965000000', email: 'info@example.com' },
        },
      ],
    ]);
    const engine = createEngine(database, {
      relations: { match: { any: [['email'], ['phone']], then: 'update' } },
    });
    const run = await engine.run([
      [
        {
          table: 'relations',
          key: 'companies:1',
          values: { name: 'Banco', phone: '+34965000000' },
        },
      ],
      [
        {
          table: 'relations',
          key: 'companies:2',
          values: { name: 'NOTARIA PEREZ', email: 'INFO@example.com' },
        },
      ],
    ]);
    expect(run.rows['relations']).toEqual({ created: 1, updated: 1 });
  });
});
