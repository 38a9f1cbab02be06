import type { SourceEvent } from '../../src/adapter/contract.ts';
import { apply } from '../../src/apply/apply.ts';
import { planRollback } from '../../src/apply/rollback-plan.ts';
import { rollback } from '../../src/apply/rollback.ts';
import { schemaMigrations } from '../../src/crm/migrations/index.ts';
import { tableNames, type TableName } from '../../src/crm/column.ts';
import { columnsOf } from '../../src/crm/tables.ts';
import type { Database } from '../../src/database/contract.ts';
import { migrateSchema } from '../../src/database/migrate.ts';
import type { MappingSet, TablePolicy } from '../../src/mapping/contract.ts';
import { type ColumnValue, type Draft, type Reference } from '../../src/model/draft.ts';
import { countPlan, type Tallies } from '../../src/plan/counts.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanScope } from '../../src/plan/scope.ts';
import { beginRun, ensureAccount, ensureSystem } from '../../src/run/store.ts';
import { stage } from '../../src/staging/stage.ts';
import {
  createStaging,
  dropStaging,
  finishStaging,
  stagingTable,
} from '../../src/staging/tables.ts';
import { compareCounts } from '../../src/verify/counts.ts';
import { expectRows, findReplaced, replacedRecords } from '../../src/verify/expected.ts';
import { compareFields, compareLinks } from '../../src/verify/fields.ts';
import { missingRows } from '../../src/verify/ids.ts';
import { v7 } from 'uuid';

/** A draft as a test writes it: `links` are keys (`users:1`), `email:…` or `companies.name:…`. */
export interface TestDraft {
  readonly table: TableName;
  readonly key: string;
  readonly part?: string;
  readonly deleted?: boolean;
  readonly fate?: 'rejected' | 'excluded';
  readonly twin?: string;
  readonly values?: Readonly<Record<string, ColumnValue>>;
  readonly links?: Readonly<Record<string, string>>;
}

/** The drafts of one record; the first is the root. */
export type TestRecord = readonly TestDraft[];

const asIs: TablePolicy = {
  columns: [],
  match: { any: [], then: 'update' },
  missing: {},
  lookups: {},
  elsewhere: {},
  same: [],
  fields: {},
  erase: [],
  overwrite: [],
  twins: false,
};

/** Runs the engine on drafts given by a test, without adapter and mapping files. */
export function createEngine(
  database: Database,
  policies: Partial<Record<TableName, Partial<TablePolicy>>> = {},
  slug = 'demo',
) {
  const allPolicies = Object.fromEntries(
    tableNames.map((table) => [
      table,
      { ...asIs, columns: Object.keys(columnsOf(table)), ...policies[table] },
    ]),
  );
  const open = async () => {
    await migrateSchema(database, schemaMigrations);
    return {
      account: await ensureAccount(
        database,
        slug,
        { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
        v7,
      ),
      systemNo: await ensureSystem(database, 'test'),
    };
  };
  const planOnly = async (
    records: readonly TestRecord[],
    conflicts: PlanScope['conflicts'] = 'keep',
  ) => {
    const { account, systemNo } = await open();
    const now = new Date('2026-01-01T00:00:00Z');
    const runNo = await beginRun(database, {
      id: v7(),
      accountId: account.id,
      command: 'import',
      systemNo,
      adapter: 'test',
      inputs: [],
      options: { paths: [] },
      tool: '0',
      mappingHash: '',
      startedAt: now,
    });
    const mappings: MappingSet = {
      adapter: 'test',
      hash: '',
      tables: allPolicies,
      roots: {},
      rules: [],
      wantedForms: [],
      map: (record) => ({ drafts: (records[record.ordinal] ?? []).map(draftOf), issues: [] }),
      coverage: () => [],
    };
    await createStaging(database, runNo, tableNames);
    const staged = await stage({
      target: database,
      runNo,
      events: eventsOf(records),
      mappings,
      files: ['test'],
      newId: v7,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    await finishStaging(database, runNo, tableNames);
    const scope: PlanScope = {
      database,
      runNo,
      accountId: account.id,
      systemNo,
      tables: tableNames,
      policies: allPolicies,
      conflicts,
      files: ['test'],
      now: now.getTime(),
    };
    const placeholders = await plan(scope, () => undefined);
    for (const table of tableNames) {
      await database.query(
        `INSERT INTO migration.run_tables (run_no, table_name, staged) VALUES ($1, $2, $3)`,
        [runNo, table, (staged.staged[table] ?? 0) + (table === 'users' ? placeholders : 0)],
      );
    }
    return { scope, staged };
  };
  const undo = async (undoneNo: number, batchSize = 1_000, stopAfter = Infinity) => {
    const { account, systemNo } = await open();
    const runNo = await beginRun(database, {
      id: v7(),
      accountId: account.id,
      command: 'rollback',
      systemNo,
      adapter: 'test',
      inputs: [],
      options: { paths: [] },
      tool: '0',
      mappingHash: '',
      startedAt: new Date('2026-01-01T00:00:00Z'),
      of: undoneNo,
    });
    const stop = new AbortController();
    let batches = 0;
    const scope = { runNo, undoneNo, accountId: account.id, systemNo };
    await planRollback({ ...scope, database });
    await rollback({
      database,
      scope,
      batchSize,
      onBatch: () => {
        if (++batches >= stopAfter) stop.abort(new Error('stopped'));
      },
      signal: stop.signal,
    });
    const rows: Record<string, Record<string, number>> = {};
    for (const table of tableNames) {
      const { rows: found } = await database.query(
        `SELECT coalesce(reason, action) AS name, count(*)::int AS n FROM staging.r${String(runNo)}_${table}_undo GROUP BY 1`,
      );
      if (found.length > 0)
        rows[table] = Object.fromEntries(found.map(({ name, n }) => [String(name), Number(n)]));
    }
    await dropStaging(database, runNo);
    return rows;
  };
  return {
    planOnly,
    /** Undoes a run; gives the rows of each table by what became of them, or by the reason why they stay. `stopAfter`: batches. */
    undo,
    run: async (
      records: readonly TestRecord[],
      batchSize = 1_000,
      conflicts: PlanScope['conflicts'] = 'keep',
    ) => {
      const { scope, staged } = await planOnly(records, conflicts);
      const written = await apply({
        database,
        scope,
        now: new Date('2026-01-01T00:00:00Z'),
        batchSize,
        onBatch: () => undefined,
        onRefused: () => undefined,
        signal: new AbortController().signal,
      });
      const counts = await countPlan(database, scope.runNo, tableNames, staged.records);
      const { rows: issues } = await database.query(
        `SELECT code, source_id AS id, field, value FROM migration.issues WHERE run_no = $1 ORDER BY 1, 2, 3`,
        [scope.runNo],
      );
      return {
        scope,
        staged,
        written,
        rows: fatesOf(counts.all),
        records: fatesOf(counts.records),
        issues,
      };
    },
  };
}

/** What verification finds wrong with a run, were its staged rows those that it read anew. */
export async function verifyRun(scope: PlanScope): Promise<readonly object[]> {
  // A run may be verified again.
  await scope.database.query(`DROP TABLE IF EXISTS ${replacedRecords(scope.runNo)}`);
  for (const table of scope.tables)
    await scope.database.query(
      `DROP TABLE IF EXISTS ${stagingTable(scope.runNo, table, '_expected')}`,
    );
  await findReplaced(scope);
  const found: object[] = [];
  for (const table of scope.tables) {
    await expectRows(scope, table);
    const counts = await compareCounts(scope, table, {}, {});
    if (!counts.ok) found.push(counts);
    found.push(...(await missingRows(scope, table, 10)).items);
    found.push(...(await compareFields(scope, table, 10)).items);
    found.push(...(await compareLinks(scope, table, 10)).items);
  }
  return found;
}

/** Fates that are not zero, by table or entity. */
function fatesOf(tallies: Tallies): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(tallies).map(([name, { fates }]) => [
      name,
      Object.fromEntries(Object.entries(fates).filter(([, count]) => count > 0)),
    ]),
  );
}

function draftOf(draft: TestDraft, index: number): Draft {
  const [entity = '', ...rest] = draft.key.split(':');
  return {
    table: draft.table,
    entity,
    sourceId: rest.join(':'),
    part: draft.part ?? '',
    root: index === 0,
    deleted: draft.deleted ?? false,
    twin: draft.twin,
    values: draft.values ?? {},
    links: Object.fromEntries(
      Object.entries(draft.links ?? {}).map(([column, text]): [string, Reference] => [
        column,
        text.startsWith('email:')
          ? { by: 'email', email: text.slice(6) }
          : { by: 'key', key: text },
      ]),
    ),
    fate: draft.fate,
  };
}

async function* eventsOf(records: readonly TestRecord[]): AsyncGenerator<SourceEvent> {
  for (const [index, record] of records.entries()) {
    const [entity = '', ...rest] = (record[0]?.key ?? 'nothing:0').split(':');
    yield await Promise.resolve({
      kind: 'record',
      file: 'test',
      record: { entity, sourceId: rest.join(':'), deleted: false, line: index + 1, fields: {} },
      issues: [],
    });
  }
}
