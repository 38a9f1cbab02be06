// Further rows of records that are the row of another record, by a telephone number or an address that both have.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { SameRow } from '../../src/mapping/contract.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, type TestDraft, type TestRecord } from '../support/engine.ts';

const same: SameRow = { entity: 'leads', part: 'person', as: 'customers', by: ['phone', 'email'] };

type Values = NonNullable<TestDraft['values']>;
const customer = (id: string, values: Values, rest: Partial<TestDraft> = {}): TestRecord => [
  {
    table: 'people',
    key: `customers:${id}`,
    values: { section: 'contact', last_name: id, ...values },
    ...rest,
  },
];
const lead = (id: string, values: Values, status = 'qualified'): TestRecord => [
  {
    table: 'leads',
    key: `leads:${id}`,
    values: { status },
    links: { person_id: `leads:${id}#person` },
  },
  {
    table: 'people',
    key: `leads:${id}`,
    part: 'person',
    values: { section: 'lead', last_name: `of ${id}`, ...values },
  },
];

describe.each(databaseKinds)('a row that is the row of another record (%s)', (kind) => {
  let place: TestLocation;
  let database: Database;
  beforeAll(async () => {
    place = await migratedDatabase(kind);
    database = await openDatabase(place.location);
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  let accounts = 0;
  const open = () => {
    const slug = `same-${String(++accounts)}`;
    const engine = createEngine(database, { people: { same: [same] } }, slug);
    /** Whose person each lead has, by last name. */
    const persons = async () => {
      const { rows } = await database.query(
        `SELECT k.key AS lead, p.last_name AS person FROM crm.leads l JOIN crm.accounts a ON a.id = l.account_id
           JOIN crm.people p ON p.account_id = l.account_id AND p.id = l.person_id
           JOIN migration.id_keys k ON k.account_id = l.account_id AND k.target_id = l.id
          WHERE a.slug = $1 ORDER BY 1`,
        [slug],
      );
      return Object.fromEntries(rows.map(({ lead: key, person }) => [String(key), person]));
    };
    return { engine, persons };
  };

  const records: readonly TestRecord[] = [
    lead('phone', { phone: '+34600000001' }),
    lead('email', { emails: ['x@example.com', 'B@example.com'] }),
    lead('nobody', { phone: '+34600000009' }),
    lead('silent', {}),
    lead('shared', { phone: '+34600000003' }),
    lead('settled', { phone: '+34600000003', email: 'd@example.com' }),
    lead('torn', { phone: '+34600000001', email: 'b@example.com' }),
    lead('again', { phone: '+34600000001' }),
    customer('A', { phones: ['+34600000008', '+34600000001'] }),
    customer('B', { email: 'b@example.com' }),
    customer('C', { phone: '+34600000003' }),
    customer('D', { phone: '+34600000003', email: 'd@example.com' }),
    customer('rejected', { phone: '+34600000009' }, { fate: 'rejected' }),
  ];
  const found = {
    'leads:phone': 'A',
    'leads:again': 'A',
    'leads:email': 'B',
    'leads:settled': 'D',
    'leads:nobody': 'of nobody',
    'leads:silent': 'of silent',
    'leads:shared': 'of shared',
    'leads:torn': 'of torn',
  };

  it('comes in as that row where one record has the value, and as its own where none or several have', async () => {
    const { engine, persons } = open();
    const first = await engine.run(records);
    expect(await persons()).toEqual(found);
    expect(first.rows['people']).toEqual({ created: 8, duplicate: 4, rejected: 1 });
    expect(first.issues.map(({ code, id }) => `${String(code)} ${String(id)}`)).toEqual([
      'DUPLICATE_ROW again',
      'DUPLICATE_ROW email',
      'DUPLICATE_ROW phone',
      'DUPLICATE_ROW settled',
      'MATCH_AMBIGUOUS shared',
      'MATCH_AMBIGUOUS torn',
    ]);
  });

  it('stays what it was when it is imported again, whatever it has then', async () => {
    const { engine, persons } = open();
    await engine.run(records);
    const second = await engine.run(records);
    expect(second.rows['people']).toEqual({ unchanged: 8, duplicate: 4, rejected: 1 });
    expect(second.rows['leads']).toEqual({ unchanged: 8 });
    const moved = [
      lead('phone', { phone: '+34600000077' }),
      lead('nobody', { phone: '+34600000009', email: 'b@example.com' }),
    ];
    const third = await engine.run(moved);
    expect(third.rows['people']).toEqual({ duplicate: 1, updated: 1 });
    expect(await persons()).toEqual(found);
    const { rows } = await database.query(
      `SELECT count(*)::int AS n FROM crm.people p JOIN crm.accounts a ON a.id = p.account_id
        WHERE a.slug = $1 AND (p.phone = '+34600000077' OR p.last_name = 'of phone')`,
      [`same-${String(accounts)}`],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('finds records of earlier runs', async () => {
    const { engine, persons } = open();
    await engine.run([customer('A', { phone: '+34600000001' })]);
    const second = await engine.run([lead('late', { phone: '+34600000001' })]);
    expect(second.rows['people']).toEqual({ duplicate: 1 });
    expect(await persons()).toEqual({ 'leads:late': 'A' });
  });
});
