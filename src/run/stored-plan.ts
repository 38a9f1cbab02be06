import { isTableName, tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import type { MappingSet } from '../mapping/contract.ts';
import type { UsageError } from '../model/errors.ts';
import { countPlan } from '../plan/counts.ts';
import type { PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import { type Outcome } from './applying.ts';
import type { RejectBudget } from './contract.ts';
import { filesBeside } from './media.ts';
import type { Session } from './session.ts';
import { absentPolicy } from './absent.ts';
import type { ReadySource } from './source-of-run.ts';
import { filesOf } from './staging.ts';
import type { StoredRun } from './store.ts';
import { summarySchema } from './summary.ts';
import { readWithWaiting } from './waiting.ts';

/** What a stored run is read and mapped with, opened again. */
export interface SourceAgain {
  readonly ready: ReadySource;
  readonly mappings: MappingSet;
}

/** Throws what `changed` makes of it when the files or the mappings are not those of the run. */
export function assertSameSource(
  run: StoredRun,
  { ready, mappings }: SourceAgain,
  changed: (what: string) => UsageError,
): void {
  const sums = ready.opened.documents.map(({ sha256 }) => sha256).join();
  if (sums !== run.inputs.map(({ sha256 }) => sha256).join()) throw changed('The files');
  if (mappings.hash !== run.mappingHash) throw changed('The mappings');
}

/**
 * Reads the plan that a run has stored. Throws what `changed` makes of it when the plan no longer holds: it holds
 * for the CRM that it was made against, that is the rows it still has to update and the keys it still has to create.
 */
export async function storedPlan(
  session: Session,
  database: Database,
  run: StoredRun,
  from: SourceAgain & { readonly budget: RejectBudget | undefined },
  changed: (what: string) => UsageError,
): Promise<Outcome> {
  const { ready, mappings, budget } = from;
  if (run.supersededBy !== null) throw changed(`The CRM (by the import ${run.supersededBy})`);
  const expected = await stagedRows(database, run.no);
  const startedAt = new Date(run.startedAt);
  const since = session.environment.now();
  const scope: PlanScope = {
    database,
    runNo: run.no,
    accountId: run.accountId,
    systemNo: run.systemNo,
    tables: tableNames.filter((table) => expected.has(table)),
    policies: mappings.tables,
    files: filesOf(ready),
    now: startedAt.getTime(),
    absent: absentPolicy(run.options, mappings),
  };
  const touched = await touchedTable(scope);
  if (touched !== undefined) throw changed(`Rows of ${touched}`);
  const { changes, coverage, waiting, withdrawal } = summarySchema.parse(run.document);
  const recordsRead = run.recordsRead ?? 0;
  return {
    scope,
    database,
    id: run.id,
    // A plan that a preview made is imported now; an import that was interrupted, when it began.
    startedAt: run.command === 'preview' ? since : startedAt,
    since,
    recordsRead,
    waiting: Object.values(waiting.records).reduce((sum, { read }) => sum + read, 0),
    expected,
    planned: await countPlan(database, run.no, scope.tables, recordsRead),
    changes,
    coverage,
    withdrawal,
    budget,
    read: () => readWithWaiting(ready, database, run.no),
    beside: filesBeside(ready),
  };
}

/** The plan of a run, for a process that may write in the name of the run. */
export const heldPlan = (outcome: Outcome, held: Database): Outcome => ({
  ...outcome,
  database: held,
  scope: { ...outcome.scope, database: held },
});

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

/** A table with a row that somebody else has changed since the plan was made, among those still to be written. */
async function touchedTable(scope: PlanScope): Promise<TableName | undefined> {
  for (const table of scope.tables) {
    const { rows } = await scope.database.query(
      `SELECT EXISTS (
         SELECT 1 FROM ${stagingTable(scope.runNo, table, '_plan')} p
           LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id
          WHERE ((p.fate = 'updated' AND c.xmin::text IS DISTINCT FROM p._version)
              OR (p.fate = 'created' AND c.id IS NOT NULL))
            AND NOT EXISTS (SELECT 1 FROM migration.run_batches b WHERE b.run_no = $1 AND b.table_name = $2
                  AND b.pass = 'rows' AND p._ordinal >= b.from_ordinal AND p._ordinal < b.to_ordinal)) AS touched`,
      [scope.runNo, table],
    );
    if (rows[0]?.['touched'] === true) return table;
  }
  return undefined;
}
