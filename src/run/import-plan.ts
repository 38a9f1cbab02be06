import { isTableName, tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import { UsageError } from '../model/errors.ts';
import { countRecords, countRows } from '../plan/counts.ts';
import type { PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import type { RunDocument } from './documents.ts';
import { underLock } from './account-lock.ts';
import { applyAndClose, type Outcome } from './applying.ts';
import { explained, recordFailure } from './ending.ts';
import { mappingsFor, openSource } from './source-of-run.ts';
import { filesOf } from './staging.ts';
import type { Session } from './session.ts';
import { ensureSystem, findAccount, findRun, markInterrupted, type StoredRun } from './store.ts';
import { summarySchema } from './summary.ts';

/**
 * Applies the plan that a preview stored, exactly as it is. Throws UsageError when the files, the mappings or a
 * row that the plan touches have changed since.
 */
export async function importPlan(session: Session, id: string): Promise<RunDocument> {
  const database = await session.database();
  const run = await findRun(database, id);
  if (run.command !== 'preview' || run.status !== 'planned') {
    throw new UsageError(
      `Run ${run.id} is ${run.command === 'preview' ? run.status : `an ${run.command}`}; only the plan of a preview can be applied.`,
      {
        hint: 'Make a plan with "tesoro-migrate preview".',
      },
    );
  }
  const account = await findAccount(database, run.accountId);
  const ready = await openSource(
    { ...session, ...session.environment },
    { ...run.options, inputs: run.options.paths },
  );
  try {
    return await underLock(database, account, async () => {
      await markInterrupted(database, account.id);
      const mappings = await mappingsFor(ready.source.adapter, account.defaults, run.options);
      const sums = ready.opened.documents.map(({ sha256 }) => sha256).join();
      if (sums !== run.inputs.map(({ sha256 }) => sha256).join()) throw changed(run, 'The files');
      if (mappings.hash !== run.mappingHash) throw changed(run, 'The mappings');
      const staged = await stagedRows(database, run.no);
      const scope: PlanScope = {
        database,
        runNo: run.no,
        accountId: account.id,
        systemNo: await ensureSystem(database, mappings.adapter),
        tables: tableNames.filter((table) => staged.has(table)),
        policies: mappings.tables,
        files: filesOf(ready),
        now: session.environment.now().getTime(),
      };
      await assertUntouched(scope, run);
      const summary = summarySchema.parse(run.document);
      const outcome: Outcome = {
        scope,
        database,
        id: run.id,
        startedAt: session.environment.now(),
        recordsRead: run.recordsRead ?? 0,
        expected: staged,
        planned: await countRows(database, run.no, scope.tables),
        changes: summary.changes,
        coverage: summary.coverage,
        budget: undefined,
        read: ready.read,
        records: await countRecords(database, run.no, scope.tables),
      };
      try {
        return await applyAndClose(session, outcome);
      } catch (cause) {
        await recordFailure(session, database, { runNo: run.no, applying: true }, cause);
        throw explained(session, cause, run.id, true);
      }
    });
  } finally {
    await ready.opened.close();
  }
}

/** Rows that were staged, by table, placeholders included. */
async function stagedRows(database: Database, runNo: number): Promise<Map<TableName, number>> {
  const { rows } = await database.query(
    `SELECT table_name AS name, staged::float8 AS staged FROM migration.run_tables WHERE run_no = $1`,
    [runNo],
  );
  return new Map(
    rows.flatMap(({ name, staged }): [TableName, number][] =>
      typeof name === 'string' && isTableName(name) ? [[name, Number(staged)]] : [],
    ),
  );
}

/** A plan holds for the CRM that it was made against: rows it updates, and keys it creates. */
async function assertUntouched(scope: PlanScope, run: StoredRun): Promise<void> {
  // A later import has also dropped the staged rows of this plan.
  const { rows: imports } = await scope.database.query(
    `SELECT EXISTS (SELECT 1 FROM migration.runs r JOIN migration.runs p ON p.no = $2
       WHERE r.account_id = $1 AND r.command = 'import' AND r.no <> p.no AND r.status <> 'failed'
         AND (r.finished_at IS NULL OR r.finished_at > p.finished_at)) AS later`,
    [scope.accountId, run.no],
  );
  if (imports[0]?.['later'] === true) throw changed(run, 'The CRM (by a later import)');
  for (const table of scope.tables) {
    const { rows } = await scope.database.query(
      `SELECT EXISTS (
         SELECT 1 FROM ${stagingTable(scope.runNo, table, '_plan')} p
           LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id
          WHERE (p.fate = 'updated' AND c.xmin::text IS DISTINCT FROM p._version)
             OR (p.fate = 'created' AND c.id IS NOT NULL)) AS touched`,
    );
    if (rows[0]?.['touched'] === true) throw changed(run, `Rows of ${table}`);
  }
}

const changed = (run: StoredRun, what: string): UsageError =>
  new UsageError(`${what} changed since the plan of run ${run.id} was made; nothing was written.`, {
    hint: 'Run the preview again, look at it, and import that plan.',
  });
