import { tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import { changesByColumn, plannedChanges } from '../plan/changes.ts';
import { countPlan } from '../plan/counts.ts';
import { outlinePlan } from '../plan/outline.ts';
import { findAbsent } from '../plan/absent.ts';
import { plan } from '../plan/plan.ts';
import { checkRecordRules } from '../plan/record-rules.ts';
import type { PlanScope } from '../plan/scope.ts';
import { absentPolicy, assertOwnFeed } from './absent.ts';
import { rejectsOf, summaryOf, type Outcome } from './applying.ts';
import { assertNamesKnown, assertPlanAllowed } from './budget.ts';
import { filesBeside, planMedia } from './media.ts';
import type { Session } from './session.ts';
import type { ReadySource } from './source-of-run.ts';
import { filesOf, stageInput } from './staging.ts';
import { readWithWaiting, stageWaiting } from './waiting.ts';
import { recordPlan, type Account, type RunOptions } from './store.ts';
import type { Translation } from './translation.ts';

const changesShown = 1_000;
const examplesOfColumn = 3;

/** A run whose input is to be staged and planned. */
export interface PlanOrder {
  readonly id: string;
  readonly runNo: number;
  readonly startedAt: Date;
  /** When this process took it up. */
  readonly since: Date;
  readonly account: Account;
  readonly systemNo: number;
  readonly ready: ReadySource;
  readonly translation: Translation;
  readonly options: RunOptions;
  /** As the run may write to it (`heldBy`). */
  readonly database: Database;
}

/**
 * Stages an input and plans what becomes of it; from then on the run can be gone on with where it stops.
 * Throws BudgetError for a plan that rejects more than is allowed.
 */
export async function stageAndPlan(session: Session, order: PlanOrder): Promise<Outcome> {
  const { environment } = session;
  const { id, runNo, startedAt, account, systemNo, ready, translation, options, database } = order;
  const { mappings } = translation;
  assertNamesKnown(options.maxRejects, Object.keys(ready.source.adapter.entities));
  const staged = await stageInput(session, database, {
    ready,
    translation,
    options,
    runNo,
    onProgress: (done) => {
      environment.progress({ stage: 'staging', done });
    },
  });
  const waiting = await stageWaiting(session, order, staged);
  const scope: PlanScope = {
    database,
    runNo,
    accountId: account.id,
    systemNo,
    tables: tableNames.filter((table) => table in mappings.tables),
    policies: mappings.tables,
    conflicts: options.conflicts,
    files: [...filesOf(ready), ...waiting.files],
    now: startedAt.getTime(),
    absent: absentPolicy(options, mappings),
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
  const withdrawal = scope.absent === undefined ? null : await findAbsent(scope, scope.absent);
  assertOwnFeed(scope.absent, withdrawal);
  const beside = filesBeside(ready);
  await planMedia(scope, beside);
  await checkRecordRules(scope, mappings.rules);
  if (options.browsable === true) await outlinePlan(scope);
  const outcome: Outcome = {
    scope,
    database,
    id,
    startedAt,
    since: order.since,
    recordsRead: staged.records,
    waiting: waiting.records,
    expected: new Map<TableName, number>(
      scope.tables.map((table) => [
        table,
        (staged.staged[table] ?? 0) +
          (waiting.staged[table] ?? 0) +
          (table === 'users' ? placeholders : 0),
      ]),
    ),
    planned: await countPlan(database, runNo, scope.tables, staged.records),
    changes: await plannedChanges(scope, changesShown),
    changedColumns: await changesByColumn(scope, examplesOfColumn),
    coverage: staged.coverage,
    withdrawal,
    budget: options.maxRejects,
    read: () => readWithWaiting(ready, database, runNo),
    beside,
  };
  assertPlanAllowed(rejectsOf(outcome));
  await recordPlan(database, runNo, {
    staged: outcome.expected,
    recordsRead: outcome.recordsRead,
    document: summaryOf(session, outcome, outcome.planned, environment.now()),
  });
  return outcome;
}
