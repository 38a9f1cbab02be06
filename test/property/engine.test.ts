// Laws of stage, plan and apply over records that nobody would think of.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableNames } from '../../src/crm/column.ts';
import { columnsOf } from '../../src/crm/tables.ts';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { accountedFor, fates, noFates } from '../../src/model/fate.ts';
import { migratedDatabase, type TestLocation } from '../support/databases.ts';
import { createEngine } from '../support/engine.ts';
import { peaceful, policies, records, settings } from '../support/random-records.ts';

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
  const rowsOf = async (sql: string, parameters: readonly unknown[]) =>
    (await database.query(sql, parameters)).rows;

  /** All rows of an account: ids and times of import left out, links as the keys of the rows they mean. */
  const contentOf = async (slug: string) => {
    const [account] = await rowsOf(`SELECT id::text FROM crm.accounts WHERE slug = $1`, [slug]);
    const accountId = String(account?.['id']);
    // A row has as many keys as records stand for it; the least of them names it.
    const nameOf = (column: string) =>
      `(SELECT min(m.entity || ':' || m.source_id || coalesce('#' || m.part, '') COLLATE "C")
          FROM migration.id_map m WHERE m.account_id = '${accountId}' AND m.target_id = ${column})`;
    const content: Record<string, string[]> = {};
    for (const table of tableNames) {
      const links = Object.entries(columnsOf(table)).flatMap(([name, { type }]) =>
        type.kind === 'link' ? [`'${name}', ${nameOf(`c.${name}`)}`] : [],
      );
      const rows = await rowsOf(
        `SELECT coalesce(${nameOf('c.id')}, '?') || ' ' || (to_jsonb(c) - '{id,account_id,created_at,updated_at}'::text[]
                  || jsonb_build_object(${links.join(', ')}))::text AS line
           FROM crm.${table} c WHERE c.account_id = $1`,
        [accountId],
      );
      content[table] = rows.map(({ line }) => String(line)).sort();
    }
    return content;
  };

  const versionsOf = (slug: string) =>
    rowsOf(
      `${tableNames
        .map(
          (table) =>
            `SELECT '${table}' AS name, id::text, xmin::text FROM crm.${table}
              WHERE account_id = (SELECT id FROM crm.accounts WHERE slug = $1)`,
        )
        .join(' UNION ALL ')} ORDER BY 1, 2`,
      [slug],
    );

  const sumOf = (counts: Readonly<Record<string, number>> = {}) =>
    accountedFor({ ...noFates, ...counts });
  const told = (counts: Readonly<Record<string, Readonly<Record<string, number>>>>, name: string) =>
    Object.values(counts).reduce((sum, of) => sum + (of[name] ?? 0), 0);

  it('the books balance: each row and each record has one fate, and is in the ledger once', async () => {
    await fc.assert(
      fc.asyncProperty(records, records, async (first, second) => {
        const { slug, engine } = fresh();
        for (const given of [first, second]) {
          const { scope, rows, records: fatesOf, written } = await engine.run(given, 7);
          const staged = await rowsOf(
            `SELECT table_name AS name, staged::int FROM migration.run_tables WHERE run_no = $1`,
            [scope.runNo],
          );
          for (const { name, staged: count } of staged) {
            expect(sumOf(rows[String(name)]), String(name)).toBe(count);
          }
          const ledger = await rowsOf(
            `SELECT record::int, fate FROM migration.ledger WHERE run_no = $1 ORDER BY 1`,
            [scope.runNo],
          );
          expect(ledger.map(({ record }) => record)).toEqual(given.map((_, index) => index));
          for (const name of fates) {
            const recorded = ledger.filter((line) => line['fate'] === name).length;
            expect(recorded, name).toBe(told(fatesOf, name));
          }
          for (const table of tableNames) {
            for (const name of ['created', 'retired'] as const) {
              expect(written[table]?.[name] ?? 0, `${table} ${name}`).toBe(
                rows[table]?.[name] ?? 0,
              );
            }
          }
        }
        for (const table of tableNames) {
          const unknown = await rowsOf(
            `SELECT c.id::text FROM crm.${table} c JOIN crm.accounts a ON a.id = c.account_id
              WHERE a.slug = $1 AND NOT EXISTS (
                SELECT 1 FROM migration.id_map m WHERE m.target_id = c.id AND m.target_table = '${table}')`,
            [slug],
          );
          expect(unknown, table).toEqual([]);
        }
      }),
      settings,
    );
  }, 300_000);

  it('the same records again change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const { slug, engine } = fresh();
        const first = await engine.run(given);
        const before = await versionsOf(slug);
        const second = await engine.run(given);
        for (const name of ['created', 'updated', 'retired']) {
          expect(told(second.rows, name), name).toBe(0);
        }
        expect(await versionsOf(slug)).toEqual(before);
        for (const name of ['duplicate', 'parked', 'rejected', 'excluded']) {
          expect(told(second.records, name), name).toBe(told(first.records, name));
        }
      }),
      settings,
    );
  }, 300_000);

  it('their order does not matter where no two compete', async () => {
    const inAnyOrder = peaceful.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray(given, { minLength: given.length, maxLength: given.length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(inAnyOrder, async ([given, shuffled]) => {
        const [one, other] = [fresh(), fresh()];
        const first = await one.engine.run(given);
        const second = await other.engine.run(shuffled);
        expect(second.rows).toEqual(first.rows);
        expect(second.records).toEqual(first.records);
        expect(await contentOf(other.slug)).toEqual(await contentOf(one.slug));
      }),
      settings,
    );
  }, 300_000);

  it('the size of the batches does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 9 }), async (given, batchSize) => {
        const [one, other] = [fresh(), fresh()];
        const first = await one.engine.run(given, 1_000);
        const second = await other.engine.run(given, batchSize);
        expect(second.rows).toEqual(first.rows);
        expect(await contentOf(other.slug)).toEqual(await contentOf(one.slug));
      }),
      settings,
    );
  }, 300_000);

  it('what came in part comes to rest with the whole', async () => {
    await fc.assert(
      fc.asyncProperty(peaceful, fc.nat(), async (given, cut) => {
        const { slug, engine } = fresh();
        await engine.run(given.slice(0, given.length === 0 ? 0 : cut % given.length));
        // Whoever waited for a parent, or came without one, finds it now.
        const whole = await engine.run(given);
        const before = await versionsOf(slug);
        const again = await engine.run(given);
        expect(told(again.rows, 'created') + told(again.rows, 'updated')).toBe(0);
        expect(await versionsOf(slug)).toEqual(before);
        const atOnce = await fresh().engine.run(given);
        for (const name of ['parked', 'rejected', 'excluded']) {
          expect(told(whole.records, name), name).toBe(told(atOnce.records, name));
        }
      }),
      settings,
    );
  }, 300_000);
});
