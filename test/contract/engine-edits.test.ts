import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { TablePolicy } from '../../src/mapping/contract.ts';
import { databaseKinds, migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine, verifyRun, type TestRecord } from '../support/engine.ts';

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
const user = (id: string): TestRecord => [
  { table: 'users', key: `users:${id}`, values: { last_name: `User ${id}` } },
];

describe.each(databaseKinds)('what people changed in the CRM (%s)', (kind) => {
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

  const fresh = (people: Partial<TablePolicy> = {}) => {
    const slug = `a${++accounts}`;
    const engine = createEngine(database, { people }, slug);
    const account = `(SELECT id FROM crm.accounts WHERE slug = '${slug}')`;
    const edit = (change: string, which = 'true') =>
      database.query(
        `UPDATE crm.people c SET ${change} WHERE account_id = ${account} AND ${which}`,
      );
    const row = async (columns: string) =>
      (
        await database.query(
          `SELECT ${columns} FROM crm.people WHERE account_id = ${account} ORDER BY last_name`,
        )
      ).rows[0];
    const issuesOf = async (run: number) =>
      (
        await database.query(
          `SELECT code, severity, field, value, args->>'source' AS source FROM migration.issues
            WHERE run_no = $1 AND code LIKE 'EDIT%' ORDER BY field`,
          [run],
        )
      ).rows;
    return { engine, account, edit, row, issuesOf };
  };

  it('stays when the source has changed something else, and is reported in every import from then on', async () => {
    const { engine, edit, row, issuesOf } = fresh();
    await engine.run([person('1', { first_name: 'Ana', phone: '1' })]);
    await edit(`first_name = 'Anna'`);
    const second = await engine.run([person('1', { first_name: 'Ana', phone: '2' })]);
    expect(second.rows['people']).toEqual({ updated: 1 });
    expect(await row('first_name, phone')).toEqual({ first_name: 'Anna', phone: '2' });
    const kept = [
      {
        code: 'EDITED_IN_CRM',
        severity: 'info',
        field: 'first_name',
        value: 'Anna',
        source: 'Ana',
      },
    ];
    expect(await issuesOf(second.scope.runNo)).toEqual(kept);
    const third = await engine.run([person('1', { first_name: 'Ana', phone: '2' })]);
    expect(third.rows['people']).toEqual({ unchanged: 1 });
    expect(await issuesOf(third.scope.runNo)).toEqual(kept);
    const fourth = await engine.run([person('1', { first_name: 'Ana', phone: '3' })]);
    expect(fourth.rows['people']).toEqual({ updated: 1 });
    expect(await row('first_name, phone')).toEqual({ first_name: 'Anna', phone: '3' });
  });

  it('is reported also where the source has not changed at all, and explains the difference', async () => {
    const { engine, edit, issuesOf } = fresh();
    const records = [person('1', { first_name: 'Ana' }), person('2')];
    const first = await engine.run(records);
    await edit(`first_name = 'Anna'`, `last_name = 'P1'`);
    expect(await verifyRun(first.scope)).toMatchObject([{ field: 'first_name', crm: 'Anna' }]);
    const second = await engine.run(records);
    expect(second.rows['people']).toEqual({ unchanged: 2 });
    expect(await issuesOf(second.scope.runNo)).toMatchObject([{ field: 'first_name' }]);
    expect(await verifyRun(second.scope)).toEqual([]);
    // Another value since is another difference.
    await edit(`first_name = 'Hannah'`, `last_name = 'P1'`);
    expect(await verifyRun(second.scope)).toMatchObject([{ field: 'first_name', crm: 'Hannah' }]);
  });

  it('meets a change of the source: kept by default, overwritten where a run or a mapping says so', async () => {
    for (const policy of ['default', 'run', 'mapping'] as const) {
      const { engine, edit, row, issuesOf } = fresh(
        policy === 'mapping' ? { overwrite: ['first_name'] } : {},
      );
      const conflicts = policy === 'run' ? 'overwrite' : 'keep';
      await engine.run([person('1', { first_name: 'Ana', phone: '1' })]);
      await edit(`first_name = 'Anna', phone = '9'`);
      const { rows, scope } = await engine.run(
        [person('1', { first_name: 'Eva', phone: '1' })],
        1_000,
        conflicts,
      );
      const keeps = policy === 'default';
      expect(rows['people'], policy).toEqual(keeps ? { unchanged: 1 } : { updated: 1 });
      // The source says of the telephone what it always said, so that is no conflict.
      expect(await row('first_name, phone'), policy).toEqual({
        first_name: keeps ? 'Anna' : 'Eva',
        phone: '9',
      });
      expect(await issuesOf(scope.runNo), policy).toEqual([
        {
          code: keeps ? 'EDITED_IN_CRM' : 'EDIT_OVERWRITTEN',
          severity: 'warning',
          field: 'first_name',
          value: 'Anna',
          source: 'Eva',
        },
        { code: 'EDITED_IN_CRM', severity: 'info', field: 'phone', value: '9', source: '1' },
      ]);
      expect(await verifyRun(scope), policy).toEqual([]);
    }
  });

  it('can be overwritten later: a conflict that was kept is one until it is decided', async () => {
    const { engine, edit, row } = fresh();
    await engine.run([person('1', { first_name: 'Ana' })]);
    await edit(`first_name = 'Anna'`);
    const changed = [person('1', { first_name: 'Eva' })];
    await engine.run(changed);
    const decided = await engine.run(changed, 1_000, 'overwrite');
    expect(decided.rows['people']).toEqual({ updated: 1 });
    expect(await row('first_name')).toEqual({ first_name: 'Eva' });
    expect((await engine.run(changed, 1_000, 'overwrite')).rows['people']).toEqual({
      unchanged: 1,
    });
    await edit(`first_name = 'Anna'`);
    expect(await verifyRun(decided.scope)).toMatchObject([{ field: 'first_name' }]);
  });

  it('is no edit once the source says the same', async () => {
    const { engine, edit, row, issuesOf } = fresh();
    await engine.run([person('1', { first_name: 'Ana' })]);
    await edit(`first_name = 'Eva'`);
    const agreed = await engine.run([person('1', { first_name: 'Eva' })]);
    expect(agreed.rows['people']).toEqual({ unchanged: 1 });
    expect(await issuesOf(agreed.scope.runNo)).toEqual([]);
    await engine.run([person('1', { first_name: 'Eve' })]);
    expect(await row('first_name')).toEqual({ first_name: 'Eve' });
  });

  it('covers links, deletions and fields without a column', async () => {
    const { engine, account, edit, row, issuesOf } = fresh();
    const links = { owner_id: 'users:1', spouse_id: 'contacts:2' };
    const custom = (fields: object) => ({ custom_fields: JSON.stringify(fields) });
    const records = (niche: string, more: object = {}) => [
      user('1'),
      user('2'),
      person('1', custom({ niche, ...more }), links),
      person('2'),
    ];
    await engine.run(records('villas'));
    await edit(
      `owner_id = (SELECT id FROM crm.users WHERE account_id = ${account} AND last_name = 'User 2'), spouse_id = NULL,
       is_deleted = true, deleted_at = '2026-01-05', custom_fields = custom_fields || '{"niche": "plots", "mine": "1"}'`,
      `last_name = 'P1'`,
    );
    const second = await engine.run(records('villas', { source: 'fair' }));
    expect(second.rows['people']).toEqual({ updated: 1, unchanged: 1 });
    expect(
      await row(
        `(SELECT last_name FROM crm.users u WHERE u.id = owner_id) AS owner, spouse_id, is_deleted, custom_fields`,
      ),
    ).toEqual({
      owner: 'User 2',
      spouse_id: null,
      is_deleted: true,
      custom_fields: { niche: 'plots', mine: '1', source: 'fair' },
    });
    expect((await issuesOf(second.scope.runNo)).map(({ field }) => field)).toEqual([
      'custom_fields',
      'deleted_at',
      'is_deleted',
      'owner_id',
      'spouse_id',
    ]);
    expect(await verifyRun(second.scope)).toEqual([]);
    expect((await engine.run(records('villas', { source: 'fair' }))).rows['people']).toEqual({
      unchanged: 2,
    });
  });

  it('stays through a rollback of the import that left it alone', async () => {
    const { engine, edit, row } = fresh();
    const first = await engine.run([person('1', { first_name: 'Ana', phone: '1' })]);
    await edit(`first_name = 'Anna'`);
    const second = await engine.run([person('1', { first_name: 'Ana', phone: '2' })]);
    expect(await engine.undo(second.scope.runNo)).toEqual({ people: { restore: 1 } });
    expect(await row('first_name, phone')).toEqual({ first_name: 'Anna', phone: '1' });
    // What the first import made has been edited, so it stays.
    expect(await engine.undo(first.scope.runNo)).toEqual({ people: { edited: 1 } });
  });
});
