import type { SourceEvent } from '../adapter/contract.ts';
import { apply } from '../apply/apply.ts';
import { isTableName, tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import type { FieldCoverage, MappingSet } from '../mapping/contract.ts';
import { AbortedError, InternalError, MigrationError, TargetError } from '../model/errors.ts';
import { accountedFor } from '../model/fate.ts';
import { plannedChanges, type PlannedChange } from '../plan/changes.ts';
import { countRecords, countRows, type FateTally, withoutPlaceholders } from '../plan/counts.ts';
import { plan } from '../plan/plan.ts';
import type { PlanScope } from '../plan/scope.ts';
import { dropStaging } from '../staging/tables.ts';
import type { ImportRequest, RejectBudget } from './contract.ts';
import type { RunDocument, TableCounts } from './documents.ts';
import { keepRejects } from './rejects.ts';
import type { Session } from './session.ts';
import { mappingsFor, openSource, type ReadySource } from './source-of-run.ts';
import { filesOf, stageInput } from './staging.ts';
import {
  accountLock,
  beginRun,
  endRun,
  ensureSystem,
  findRun,
  markInterrupted,
  type Account,
  type RunOptions,
} from './store.ts';
import { runDocument, type RunSummary } from './summary.ts';

const changesShown = 1_000;
const rowsPerBatch = 20_000;

/** Stages and plans an input; `import` goes on to apply the plan. */
export async function execute(
  session: Session,
  command: 'preview' | 'import',
  request: ImportRequest,
): Promise<RunDocument> {
  const ready = await openSource({ ...session, ...session.environment }, request);
  try {
    const account = await session.account();
    const mappings = await mappingsFor(ready.source.adapter, account.defaults, request);
    const database = await session.database();
    return await underLock(database, account, async () => {
      await markInterrupted(database, account.id);
      return executeLocked(session, command, request, { ready, account, mappings, database });
    });
  } finally {
    await ready.opened.close();
  }
}

interface Execution {
  readonly ready: ReadySource;
  readonly account: Account;
  readonly mappings: MappingSet;
  readonly database: Database;
}

/** Runs `work` while holding the account. Throws TargetError when another run holds it. */
export async function underLock<Result>(
  database: Database,
  account: { readonly id: string; readonly slug: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const outcome = await database.withLock(accountLock(account.id), async () => ({
    value: await work(),
  }));
  if (outcome === undefined) {
    throw new TargetError(`Another run is writing to the account "${account.slug}".`, {
      hint: 'Wait until it has ended; "tesoro-migrate runs" shows it.',
    });
  }
  return outcome.value;
}

async function executeLocked(
  session: Session,
  command: 'preview' | 'import',
  request: ImportRequest,
  execution: Execution,
): Promise<RunDocument> {
  const { environment } = session;
  const { ready, account, mappings, database } = execution;
  const startedAt = environment.now();
  const id = environment.newId();
  const systemNo = await ensureSystem(database, mappings.adapter);
  const runNo = await beginRun(database, {
    id,
    accountId: account.id,
    command,
    systemNo,
    adapter: mappings.adapter,
    inputs: ready.opened.documents,
    options: optionsOf(ready, request),
    tool: environment.version,
    mappingHash: mappings.hash,
    startedAt,
  });
  const options = optionsOf(ready, request);
  let applying = false;
  try {
    const staged = await stageInput(session, database, {
      ready,
      mappings,
      options,
      account: account.defaults,
      runNo,
      onProgress: (done) => {
        environment.progress({ stage: 'staging', done });
      },
    });
    const scope: PlanScope = {
      database,
      runNo,
      accountId: account.id,
      systemNo,
      tables: tableNames.filter((table) => table in mappings.tables),
      policies: mappings.tables,
      files: filesOf(ready),
      now: startedAt.getTime(),
    };
    let tablesDone = 0;
    const placeholders = await plan(scope, (table) => {
      environment.progress({
        stage: 'planning',
        done: ++tablesDone,
        total: scope.tables.length,
        unit: 'tables',
        table,
      });
    });
    const expected = new Map<TableName, number>(
      scope.tables.map((table) => [
        table,
        (staged.staged[table] ?? 0) + (table === 'users' ? placeholders : 0),
      ]),
    );
    for (const [table, count] of expected) {
      await database.query(
        `INSERT INTO migration.run_tables (run_no, table_name, staged) VALUES ($1, $2, $3)`,
        [runNo, table, count],
      );
    }
    const planned = await countRows(database, runNo, scope.tables);
    const records = await countRecords(database, runNo, scope.tables);
    checkBudget(request.maxRejects, records, staged.records);
    const outcome: Outcome = {
      scope,
      database,
      id,
      startedAt,
      recordsRead: staged.records,
      expected,
      planned,
      records,
      changes: await plannedChanges(scope, changesShown),
      coverage: staged.coverage,
      budget: request.maxRejects,
      read: ready.read,
    };
    applying = command === 'import';
    return applying
      ? await applyAndClose(session, outcome)
      : await close(session, outcome, 'planned');
  } catch (cause) {
    await recordFailure(session, database, { runNo, applying }, cause);
    throw explained(session, cause, id, applying);
  }
}

/** A run whose plan is made: all that is needed to apply it and to write down how it ended. */
export interface Outcome {
  readonly scope: PlanScope;
  readonly database: Database;
  readonly id: string;
  readonly startedAt: Date;
  readonly recordsRead: number;
  /** Rows that were read, by table: what the fates must add up to. */
  readonly expected: ReadonlyMap<TableName, number>;
  readonly planned: Readonly<Record<string, FateTally>>;
  readonly records: Readonly<Record<string, FateTally>>;
  readonly changes: RunSummary['changes'] | readonly PlannedChange[];
  readonly coverage: RunSummary['coverage'] | readonly FieldCoverage[];
  readonly budget: RejectBudget | undefined;
  readonly read: () => AsyncIterable<SourceEvent>;
}

/** Applies the plan of a run and ends it as complete. */
export async function applyAndClose(session: Session, outcome: Outcome): Promise<RunDocument> {
  const { database, scope } = outcome;
  await database.query(
    `UPDATE migration.runs SET command = 'import', status = 'running' WHERE no = $1`,
    [scope.runNo],
  );
  await applyPlan(session, outcome);
  return close(session, outcome, 'complete');
}

/** Checks that the books balance, keeps what was rejected, and writes down how the run ended. */
async function close(
  session: Session,
  outcome: Outcome,
  status: 'planned' | 'complete',
): Promise<RunDocument> {
  const { environment } = session;
  const { database, scope, startedAt } = outcome;
  const entities = await countRows(database, scope.runNo, scope.tables);
  const records = await countRecords(database, scope.runNo, scope.tables);
  assertBalanced(outcome.expected, entities, outcome.recordsRead, records);
  if (status === 'complete') await assertLedger(database, scope.runNo, outcome.recordsRead);
  await keepRejects(database, scope.runNo, scope.tables, outcome.read);
  const finishedAt = environment.now();
  const recordCounts = withRead(records);
  const summary: RunSummary = {
    tool: environment.version,
    records: recordCounts,
    entities: withRead(await withoutPlaceholders(database, scope.runNo, entities)),
    changes: [...outcome.changes],
    coverage: [...outcome.coverage],
    seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
    exitCode: exitCodeOf(recordCounts, outcome.budget),
  };
  await endRun(database, scope.runNo, {
    status,
    finishedAt,
    balanced: true,
    exitCode: summary.exitCode,
    recordsRead: outcome.recordsRead,
    document: summary,
  });
  if (status === 'complete') await dropSuperseded(database, scope);
  return runDocument(database, await findRun(database, outcome.id));
}

/**
 * Drops the staged rows of a run that is complete, and of older runs of the account, whose plans no longer hold: what
 * lasts is in the CRM, the ledger and the rejects.
 */
async function dropSuperseded(database: Database, scope: PlanScope): Promise<void> {
  const { rows } = await database.query(
    `SELECT no FROM migration.runs r WHERE r.account_id = $1 AND r.no <= $2
       AND EXISTS (SELECT 1 FROM pg_tables t WHERE t.schemaname = 'staging' AND t.tablename LIKE 'r' || r.no || '\\_%')`,
    [scope.accountId, scope.runNo],
  );
  for (const { no } of rows) await dropStaging(database, Number(no));
}

/** Every record that was read has one line in the ledger, counted in the ledger. */
async function assertLedger(database: Database, runNo: number, recordsRead: number): Promise<void> {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.ledger WHERE run_no = $1`,
    [runNo],
  );
  const recorded = Number(rows[0]?.['n'] ?? 0);
  if (recorded !== recordsRead) {
    throw new InternalError(
      `${String(recordsRead)} records were read, but the ledger holds ${String(recorded)} fates.`,
    );
  }
}

/** Applies the stored plan of a run, and checks that what was written is what was planned. */
async function applyPlan(session: Session, { database, scope, planned }: Outcome): Promise<void> {
  const { environment } = session;
  const total = Object.values(planned).reduce(
    (sum, { active, deleted }) => sum + active + deleted,
    0,
  );
  let done = 0;
  const written = await apply({
    database,
    scope,
    now: environment.now(),
    batchSize: rowsPerBatch,
    onBatch: (table, rows) => {
      // A range of numbers may have gaps, where threads shared the records.
      done = Math.min(done + rows, total);
      environment.progress({ stage: 'applying', done, total, table });
    },
    signal: environment.signal,
  });
  const entities = await countRows(database, scope.runNo, scope.tables);
  for (const table of scope.tables) {
    const counted = entities[table]?.fates.created ?? 0;
    const created = written[table]?.created ?? 0;
    if (created !== counted) {
      throw new InternalError(
        `${String(counted)} rows of ${table} count as created, but ${String(created)} were written.`,
      );
    }
  }
}

const optionsOf = (ready: ReadySource, request: ImportRequest): RunOptions => ({
  paths: [...ready.opened.paths],
  source: ready.source.adapter.name,
  mapping: request.mapping,
  encoding: request.encoding,
  delimiter: request.delimiter,
  requirements: request.requirements,
});

const withRead = (tallies: Readonly<Record<string, FateTally>>): Record<string, TableCounts> =>
  Object.fromEntries(
    Object.entries(tallies)
      .sort(([a], [b]) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1))
      .map(([name, tally]) => [name, { read: tally.active + tally.deleted, ...tally }]),
  );

const orderOf = (name: string): number => (isTableName(name) ? tableNames.indexOf(name) : 99);

/** The law of the ledger: what was read is what has a fate. A run in which it does not hold fails. */
function assertBalanced(
  expected: ReadonlyMap<TableName, number>,
  rows: Readonly<Record<string, FateTally>>,
  recordsRead: number,
  records: Readonly<Record<string, FateTally>>,
): void {
  for (const [table, read] of expected) {
    const counted = rows[table] === undefined ? 0 : accountedFor(rows[table].fates);
    if (counted !== read) {
      throw new InternalError(
        `${String(read)} rows were read for ${table}, but ${String(counted)} have a fate.`,
      );
    }
  }
  const counted = Object.values(records).reduce((sum, { fates }) => sum + accountedFor(fates), 0);
  if (counted !== recordsRead) {
    throw new InternalError(
      `${String(recordsRead)} records were read, but ${String(counted)} have a fate.`,
    );
  }
}

/** Refuses a plan that rejects more than was allowed, before anything is written. */
function checkBudget(
  budget: RejectBudget | undefined,
  records: Readonly<Record<string, FateTally>>,
  read: number,
): void {
  if (budget === undefined) return;
  const rejected = Object.values(records).reduce((sum, { fates }) => sum + fates.rejected, 0);
  if (!isBeyond(budget, rejected, read)) return;
  throw new BudgetError(
    `${String(rejected)} of ${String(read)} records would be rejected, more than allowed.`,
    {
      hint: 'Nothing was written. See the reasons with "tesoro-migrate report", fix the mapping or the source, or allow more with --max-rejects.',
    },
  );
}

/** More rejects than allowed: the run ends as "done, but" (exit code 1), before the first write. */
class BudgetError extends MigrationError {
  readonly exitCode = 1;
}

const isBeyond = ({ count, share }: RejectBudget, rejected: number, read: number): boolean =>
  (count !== undefined && rejected > count) ||
  (share !== undefined && read > 0 && rejected / read > share);

/** 1 when rejects are beyond the budget; without one, when nothing but rejects came of it. */
function exitCodeOf(
  records: Readonly<Record<string, TableCounts>>,
  budget: RejectBudget | undefined,
): number {
  const read = Object.values(records).reduce((sum, counts) => sum + counts.read, 0);
  const rejected = Object.values(records).reduce((sum, { fates }) => sum + fates.rejected, 0);
  if (budget !== undefined) return isBeyond(budget, rejected, read) ? 1 : 0;
  return read > 0 && rejected === read ? 1 : 0;
}

/** Writes down that a run did not come to its end. */
export async function recordFailure(
  session: Session,
  database: Database,
  run: { readonly runNo: number; readonly applying: boolean },
  cause: unknown,
): Promise<void> {
  const stopped =
    session.environment.signal.aborted || (cause instanceof MigrationError && cause.retriable);
  try {
    await endRun(database, run.runNo, {
      status: run.applying && stopped ? 'interrupted' : 'failed',
      finishedAt: session.environment.now(),
      error: cause instanceof Error ? cause.message : String(cause),
      exitCode: cause instanceof MigrationError ? cause.exitCode : 70,
    });
  } catch {
    // The database is gone; the first failure is the one to report.
  }
}

/** Adds what state a stopped run left behind. What fails once a run is to stop fails for that reason. */
export function explained(
  { environment }: Session,
  cause: unknown,
  run: string,
  applying: boolean,
): unknown {
  if (!(cause instanceof AbortedError) && !environment.signal.aborted) return cause;
  return new AbortedError(
    applying
      ? `The import was stopped. What it had written is complete up to the last batch (run ${run}).`
      : `The run was stopped before anything was written to the CRM (run ${run}).`,
    {
      hint: 'Import the same files again: what is already in the CRM is recognised and left as it is.',
      cause,
    },
  );
}
