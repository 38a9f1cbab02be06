import type { SourceEvent, SourceFile } from '../adapter/contract.ts';
import { apply } from '../apply/apply.ts';
import { isTableName, tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import type { FieldCoverage } from '../mapping/contract.ts';
import { InternalError } from '../model/errors.ts';
import { accountedFor } from '../model/fate.ts';
import type { ColumnChange, PlannedChange } from '../plan/changes.ts';
import { countPlan, type PlanCounts, type Tallies } from '../plan/counts.ts';
import type { PlanScope } from '../plan/scope.ts';
import { assertGoesOn, RejectCount } from './budget.ts';
import type { RejectBudget } from './contract.ts';
import type { RunDocument, TableCounts, WithdrawalDocument } from './documents.ts';
import { storeMedia } from './media.ts';
import { keepRejects, noteLaterFates } from './rejects.ts';
import type { Session } from './session.ts';
import { beginApplying, endRun, findRun } from './store.ts';
import { runDocument, type RunSummary } from './summary.ts';
import { sweepStaging } from './sweep.ts';

const rowsPerBatch = 5_000;

/** A run whose plan is made: all that is needed to apply it and to write down how it ended. */
export interface Outcome {
  readonly scope: PlanScope;
  /** As the run may write to it (`heldBy`). */
  readonly database: Database;
  readonly id: string;
  /** When the run began: the time of the import. */
  readonly startedAt: Date;
  /** When this process took it up. */
  readonly since: Date;
  readonly recordsRead: number;
  /** Records that waited in earlier runs and take part in this one; numbered after those that were read. */
  readonly waiting: number;
  /** Rows that were read, by table: what the fates must add up to. */
  readonly expected: ReadonlyMap<TableName, number>;
  /** What the plan says, before anything is applied. */
  readonly planned: PlanCounts;
  readonly changes: RunSummary['changes'] | readonly PlannedChange[];
  readonly changedColumns: RunSummary['changedColumns'] | readonly ColumnChange[];
  readonly coverage: RunSummary['coverage'] | readonly FieldCoverage[];
  readonly withdrawal: WithdrawalDocument | null;
  readonly budget: RejectBudget | undefined;
  readonly read: () => AsyncIterable<SourceEvent>;
  /** Documents and photos beside the export. */
  readonly beside: readonly SourceFile[];
}

/** Applies the plan of a run, or what is left of it, and ends it as complete. */
export async function applyAndClose(session: Session, outcome: Outcome): Promise<RunDocument> {
  await applyPlan(session, outcome);
  await storeMedia(session, outcome);
  const document = await close(session, outcome, 'complete');
  await sweepStaging(await session.database(), outcome.scope.accountId);
  return document;
}

/** What the plan of a run rejects, against what the run may. */
export const rejectsOf = ({ budget, planned }: Outcome): RejectCount =>
  new RejectCount(budget, planned);

/** What is known of a run as it stands: what will become of its records, or what has. */
export function summaryOf(
  { environment }: Session,
  outcome: Outcome,
  counts: PlanCounts,
  finishedAt: Date,
): RunSummary {
  assertBalanced(outcome, counts);
  const { rows, records, waiting } = counts;
  const recordCounts = withRead(records);
  return {
    tool: environment.version,
    records: recordCounts,
    entities: withRead(rows),
    waiting: { records: withRead(waiting.records), entities: withRead(waiting.rows) },
    changes: [...outcome.changes],
    changedColumns: outcome.changedColumns.map((column) => ({
      ...column,
      examples: [...column.examples],
    })),
    coverage: [...outcome.coverage],
    withdrawal: outcome.withdrawal,
    seconds: (finishedAt.getTime() - outcome.since.getTime()) / 1000,
    exitCode:
      outcome.withdrawal !== null && outcome.withdrawal.held > 0
        ? 1
        : new RejectCount(outcome.budget, counts).exitCode,
  };
}

/** Checks that the books balance, keeps what was rejected, and writes down how the run ended. */
export async function close(
  session: Session,
  outcome: Outcome,
  status: 'planned' | 'complete',
): Promise<RunDocument> {
  const { database, scope } = outcome;
  if (status === 'complete') await assertLedger(database, scope.runNo, outcome);
  await keepRejects(database, scope, outcome.read);
  if (status === 'complete') await noteLaterFates(database, scope);
  const finishedAt = session.environment.now();
  const counts = await countPlan(database, scope.runNo, scope.tables, outcome.recordsRead);
  const summary = summaryOf(session, outcome, counts, finishedAt);
  await endRun(database, scope.runNo, {
    status,
    finishedAt,
    balanced: true,
    exitCode: summary.exitCode,
    recordsRead: outcome.recordsRead,
    document: summary,
  });
  // It is in nobody's hands any more.
  const open = await session.database();
  return runDocument(open, await findRun(open, outcome.id));
}

/** Every record that was read has one line in the ledger, counted in the ledger. */
async function assertLedger(
  database: Database,
  runNo: number,
  { recordsRead, waiting }: Outcome,
): Promise<void> {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.ledger WHERE run_no = $1`,
    [runNo],
  );
  const recorded = Number(rows[0]?.['n'] ?? 0);
  if (recorded !== recordsRead + waiting) {
    throw new InternalError(
      `${String(recordsRead + waiting)} records take part, but the ledger holds ${String(recorded)} fates.`,
    );
  }
}

/** Applies the stored plan of a run, and checks that what was written is what was planned. */
async function applyPlan(session: Session, outcome: Outcome): Promise<void> {
  const { environment } = session;
  const { database, scope, planned, recordsRead, startedAt, id } = outcome;
  const rejects = rejectsOf(outcome);
  const now = await beginApplying(database, scope.runNo, startedAt);
  const total = Object.values(planned.all).reduce(
    (sum, { active, deleted }) => sum + active + deleted,
    0,
  );
  let done = 0;
  const written = await apply({
    database,
    scope,
    now,
    batchSize: environment.rowsPerBatch ?? rowsPerBatch,
    onBatch: (table, rows) => {
      // The last range may be longer than what is left.
      done = Math.min(done + rows, total);
      environment.progress({ stage: 'applying', done, total, table });
    },
    onRefused: (refused) => {
      rejects.add(refused);
      assertGoesOn(rejects, id);
    },
    signal: environment.signal,
  });
  const counts = await countPlan(database, scope.runNo, scope.tables, recordsRead);
  for (const table of scope.tables) {
    const counted = counts.all[table]?.fates.created ?? 0;
    const created = written[table]?.created ?? 0;
    if (created !== counted) {
      throw new InternalError(
        `${String(counted)} rows of ${table} count as created, but ${String(created)} were written.`,
      );
    }
  }
}

const withRead = (tallies: Tallies): Record<string, TableCounts> =>
  Object.fromEntries(
    Object.entries(tallies)
      .sort(([a], [b]) => orderOf(a) - orderOf(b) || (a < b ? -1 : 1))
      .map(([name, tally]) => [name, { read: tally.active + tally.deleted, ...tally }]),
  );

const orderOf = (name: string): number => (isTableName(name) ? tableNames.indexOf(name) : 99);

/** The law of the ledger: what was read is what has a fate. A run in which it does not hold fails. */
function assertBalanced(
  { expected, recordsRead, waiting }: Outcome,
  { all, records, waiting: waited }: PlanCounts,
): void {
  for (const [table, read] of expected) {
    const counted = all[table] === undefined ? 0 : accountedFor(all[table].fates);
    if (counted !== read) {
      throw new InternalError(
        `${String(read)} rows were read for ${table}, but ${String(counted)} have a fate.`,
      );
    }
  }
  const counted = [...Object.values(records), ...Object.values(waited.records)].reduce(
    (sum, { fates }) => sum + accountedFor(fates),
    0,
  );
  if (counted !== recordsRead + waiting) {
    throw new InternalError(
      `${String(recordsRead + waiting)} records take part, but ${String(counted)} have a fate.`,
    );
  }
}
