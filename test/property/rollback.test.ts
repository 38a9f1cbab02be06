// The law of undoing: import, then rollback, is as if nothing had happened.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableNames } from '../../src/crm/column.ts';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine } from '../support/engine.ts';
import { policies, records, settings } from '../support/random-records.ts';

describe(`whatever the records are (FAST_CHECK_SEED=${settings.seed})`, () => {
  let place: TestLocation;
  let database: Database;
  let accounts = 0;
  beforeAll(async () => {
    place = await migratedDatabase('server');
    database = await openDatabase(place.location);
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  const fresh = () => {
    const slug = `a${++accounts}`;
    return { slug, engine: createEngine(database, policies, slug) };
  };

  /** Everything an account holds: its rows, whole, its id map and the keys that are not in the CRM. */
  const stateOf = async (slug: string) => {
    const state: Record<string, unknown> = {};
    const lists = [
      ...tableNames.map((table) => `crm.${table}`),
      'migration.id_keys',
      'migration.unplaced_keys',
    ];
    for (const list of lists) {
      const { rows } = await database.query(
        `SELECT to_jsonb(x)::text AS line FROM ${list} x
          WHERE account_id = (SELECT id FROM crm.accounts WHERE slug = $1) ORDER BY 1`,
        [slug],
      );
      state[list] = rows.map(({ line }) => line);
    }
    return state;
  };
  const keptFor = async (run: number) => {
    const { rows } = await database.query(
      `SELECT (SELECT count(*) FROM migration.before_images WHERE run_no = $1)
            + (SELECT count(*) FROM migration.before_keys WHERE run_no = $1) AS n`,
      [run],
    );
    return Number(rows[0]?.['n']);
  };

  it('an import and its rollback leave everything as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        records,
        fc.integer({ min: 1, max: 9 }),
        async (earlier, given, batchSize) => {
          const { slug, engine } = fresh();
          const first = await engine.run(earlier);
          const before = await stateOf(slug);
          const second = await engine.run(given, 7);
          const undone = await engine.undo(second.scope.runNo, batchSize);
          expect(await stateOf(slug)).toEqual(before);
          expect(await keptFor(second.scope.runNo)).toBe(0);
          for (const table of tableNames) {
            expect(undone[table]?.['delete'] ?? 0, table).toBe(second.written[table]?.created ?? 0);
          }
          // A second time there is nothing left to do.
          expect(await engine.undo(second.scope.runNo)).toEqual({});
          await engine.undo(first.scope.runNo, batchSize);
          const empty = await stateOf(slug);
          expect(Object.values(empty).flat()).toEqual([]);
        },
      ),
      settings,
    );
  }, 600_000);

  it('what was undone comes in again as it did the first time', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const { engine } = fresh();
        const first = await engine.run(given);
        await engine.undo(first.scope.runNo);
        const again = await engine.run(given);
        expect(again.rows).toEqual(first.rows);
        expect(again.records).toEqual(first.records);
      }),
      settings,
    );
  }, 600_000);
});
