// The rules that a source keeps across its records: reported where it breaks them, and nothing is lost for it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { RecordRule } from '../../src/mapping/contract.ts';
import { checkRecordRules } from '../../src/plan/record-rules.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, type TestRecord } from '../support/engine.ts';

const rule = (rest: Partial<RecordRule>): RecordRule => ({
  entity: 'leads',
  table: 'leads',
  says: 'a rule',
  when: {},
  unless: {},
  of: { kind: 'self' },
  has: [],
  ...rest,
});

const person = (id: string, values: object = {}): TestRecord => [
  { table: 'people', key: `contacts:${id}`, values: { section: 'contact', ...values } },
];
const lead = (id: string, values: object, rest: object = {}): TestRecord => [
  {
    table: 'leads',
    key: `leads:${id}`,
    values: { ...values },
    links: { person_id: 'contacts:1' },
    ...rest,
  },
];
const deal = (id: string, stage: string, leadId: string, rest: object = {}): TestRecord => [
  {
    table: 'deals',
    key: `deals:${id}`,
    values: { stage },
    links: { lead_id: `leads:${leadId}` },
    ...rest,
  },
];

describe.each(databaseKinds)('a rule across records (%s)', (kind) => {
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
  /** An engine in an account of its own. */
  const newEngine = () => createEngine(database, {}, `account-${String(++accounts)}`);

  /** The ids of the records that break a rule, as `id` or `id (rows found)`. */
  const breakers = async (
    engine: ReturnType<typeof createEngine>,
    records: readonly TestRecord[],
    broken: RecordRule,
  ) => {
    const { scope } = await engine.planOnly(records);
    await checkRecordRules(scope, [broken]);
    const { rows } = await database.query(
      `SELECT concat(source_id, ' (' || (args->>'found') || ')') AS id FROM migration.issues WHERE run_no = $1 AND code = 'RULE_BROKEN' ORDER BY 1`,
      [scope.runNo],
    );
    return rows.map(({ id }) => id);
  };

  const wonDeal = rule({
    when: { status: ['converted'] },
    of: { kind: 'rows', table: 'deals', through: 'lead_id' },
    has: [{ stage: ['won'] }],
  });

  it('counts the rows of this run that refer to a row, but for deleted and rejected ones', async () => {
    const records = [
      person('1'),
      ...['none', 'won', 'lost', 'deleted', 'rejected', 'new'].map((id) =>
        lead(id, { status: id === 'new' ? 'new' : 'converted' }),
      ),
      lead('gone', { status: 'converted' }, { deleted: true }),
      deal('1', 'won', 'won'),
      deal('2', 'lost', 'won'),
      deal('3', 'lost', 'lost'),
      deal('4', 'won', 'deleted', { deleted: true }),
      deal('5', 'won', 'rejected', { fate: 'rejected' }),
    ];
    expect(await breakers(newEngine(), records, wonDeal)).toEqual([
      'deleted (0)',
      'lost (0)',
      'none (0)',
      'rejected (0)',
    ]);
  });

  it('counts rows that are in the CRM already, as this run leaves them', async () => {
    const engine = newEngine();
    await engine.run([
      person('1'),
      lead('a', { status: 'converted' }),
      lead('b', { status: 'converted' }),
      deal('1', 'won', 'a'),
      deal('2', 'won', 'b'),
    ]);
    const leads = [lead('a', { status: 'converted' }), lead('b', { status: 'converted' })];
    expect(await breakers(engine, leads, wonDeal)).toEqual([]);
    const changed = [...leads, deal('1', 'lost', 'a')];
    expect(await breakers(engine, changed, wonDeal)).toEqual(['a (0)']);
    const moved = [...leads, deal('1', 'won', 'b')];
    expect(await breakers(engine, moved, wonDeal)).toEqual(['a (0)']);
  });

  it('allows at most so many rows', async () => {
    const one = rule({ of: { kind: 'rows', table: 'deals', through: 'lead_id', most: 1 } });
    const records = [
      person('1'),
      lead('none', {}),
      lead('one', {}),
      lead('two', {}),
      deal('1', 'won', 'one'),
      deal('2', 'won', 'two'),
      deal('3', 'lost', 'two'),
    ];
    expect(await breakers(newEngine(), records, one)).toEqual(['two (2)']);
  });

  it('looks at the row that a row refers to, of this run or an earlier one', async () => {
    const engine = newEngine();
    const reachable = rule({
      of: { kind: 'row', table: 'people', through: 'person_id' },
      has: [{ email: 'filled' }, { phone: 'filled' }, { roles: 'filled' }],
    });
    const of = (id: string) => lead(id, {}, { links: { person_id: `contacts:${id}` } });
    const people = [
      person('email', { email: 'a@example.com' }),
      person('phone', { phone: '+34600000001' }),
      person('roles', { roles: ['buyer'] }),
      person('nothing'),
    ];
    const leads = ['email', 'phone', 'roles', 'nothing'].map(of);
    expect(await breakers(engine, [...people, ...leads], reachable)).toEqual(['nothing']);
    await engine.run(people);
    expect(await breakers(engine, leads, reachable)).toEqual(['nothing']);
  });

  it('can ask that the row stands for a record of an entity', async () => {
    const engine = newEngine();
    const customer = rule({
      of: { kind: 'row', table: 'people', through: 'person_id', entity: 'contacts' },
    });
    const ownPerson: TestRecord = [
      {
        table: 'leads',
        key: 'leads:own',
        links: { person_id: 'leads:own#person' },
      },
      { table: 'people', key: 'leads:own', part: 'person', values: { section: 'contact' } },
    ];
    const leads = [lead('contact', {}), ownPerson];
    expect(await breakers(engine, [person('1'), ...leads], customer)).toEqual(['own']);
    await engine.run([person('1')]);
    expect(await breakers(engine, leads, customer)).toEqual(['own']);
  });

  it('looks at the row itself, which a value in the CRM completes', async () => {
    const engine = newEngine();
    const reason = rule({
      when: { status: ['lost'] },
      unless: { source: ['website'] },
      has: [{ lost_reason: 'filled' }],
    });
    const records = [
      person('1'),
      lead('silent', { status: 'lost' }),
      lead('told', { status: 'lost', lost_reason: 'price' }),
      lead('website', { status: 'lost', source: 'website' }),
      lead('new', { status: 'new' }),
    ];
    expect(await breakers(engine, records, reason)).toEqual(['silent']);
    await engine.run(records);
    await database.query(
      `UPDATE crm.leads SET lost_reason = 'told by telephone' WHERE lost_reason IS NULL`,
    );
    expect(await breakers(engine, records, reason)).toEqual([]);
  });

  it('is about the records of one entity, and says which column made it apply', async () => {
    const engine = newEngine();
    const { scope } = await engine.planOnly([
      person('1'),
      lead('a', { status: 'converted' }),
      [
        {
          table: 'leads',
          key: 'demands:a',
          values: { status: 'converted' },
          links: { person_id: 'contacts:1' },
        },
      ],
    ]);
    await checkRecordRules(scope, [{ ...wonDeal, says: `it's a \\ rule` }]);
    const { rows } = await database.query(
      `SELECT entity, source_id, severity, field, value, args FROM migration.issues WHERE run_no = $1`,
      [scope.runNo],
    );
    expect(rows).toEqual([
      {
        entity: 'leads',
        source_id: 'a',
        severity: 'warning',
        field: 'status',
        value: 'converted',
        args: { rule: `it's a \\ rule`, table: 'leads', found: '0' },
      },
    ]);
  });
});
