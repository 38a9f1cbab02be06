import { tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import type { MappingSet } from '../mapping/contract.ts';
import { plannedChanges } from '../plan/changes.ts';
import { countRecords, countRows } from '../plan/counts.ts';
import { plan } from '../plan/plan.ts';
import { checkRecordRules } from '../plan/record-rules.ts';
import type { PlanScope } from '../plan/scope.ts';
import { underLock } from './account-lock.ts';
import { applyAndClose, close, type Outcome } from './applying.ts';
import { checkBudget } from './budget.ts';
import type { ImportRequest } from './contract.ts';
import type { RunDocument } from './documents.ts';
import { explained, recordFailure } from './ending.ts';
import type { Session } from './session.ts';
import { mappingsFor, openSource, type ReadySource } from './source-of-run.ts';
import { filesOf, stageInput } from './staging.ts';
import { beginRun, ensureSystem, markInterrupted, type Account, type RunOptions } from './store.ts';

const changesShown = 1_000;

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
    await checkRecordRules(scope, mappings.rules);
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

const optionsOf = (ready: ReadySource, request: ImportRequest): RunOptions => ({
  paths: [...ready.opened.paths],
  source: ready.source.adapter.name,
  mapping: request.mapping,
  encoding: request.encoding,
  delimiter: request.delimiter,
  headerLine: request.headerLine,
  sheet: request.sheet,
  as: request.as,
  requirements: request.requirements,
});
