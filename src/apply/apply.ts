import type { TableName } from '../crm/column.ts';
import pLimit from 'p-limit';
import type { Database, Queryable } from '../database/contract.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import { ConflictError, StatementError } from '../database/statement-error.ts';
import { dropLink } from '../plan/drop-link.ts';
import { linksOf } from '../plan/links.ts';
import { entityOf, fileOf, policyOf, sourceIdOf, type PlanScope } from '../plan/scope.ts';
import { stagingTable, unmappedTable } from '../staging/tables.ts';
import {
  applyBatch,
  applyLateLinks,
  workOf,
  type BatchResult,
  type Range,
  type TableWork,
} from './batch.ts';
import { recordHeld } from './held.ts';
import { applyRetired } from './retire.ts';

/** What applying needs beside the plan. */
export interface ApplyRequest {
  readonly database: Database;
  readonly scope: Omit<PlanScope, 'database'>;
  /** Time of the import. */
  readonly now: Date;
  /** Rows per transaction. */
  readonly batchSize: number;
  readonly onBatch: (table: TableName, rows: number) => void;
  /** Told of each row that the database refuses; may throw to stop there. */
  readonly onRefused: (refused: RefusedRow) => void;
  readonly signal: AbortSignal;
}

/** A row that the database refused, and whether it is the row that its record stands for. */
export interface RefusedRow {
  readonly table: TableName;
  readonly entity: string;
  readonly isRoot: boolean;
}

// A machine that runs the tool beside its server has two cores at least.
const connectionsUsed = 2;

// Whoever works in the CRM meanwhile may be in the way once or twice, not for ever.
const conflictsBorne = 5;

/** Rows written, by table, as the database counted them. */
export type ApplyResult = Readonly<
  Partial<Record<TableName, BatchResult & { readonly retired: number }>>
>;

/**
 * Carries out a stored plan: table by table, in batches, each of them one transaction over rows, id map, ledger and
 * checkpoint; then the links that had to wait, then the rows to retire. Leaves out what `migration.run_batches` says
 * is done, so that it goes on wherever an earlier process stopped.
 */
export async function apply(request: ApplyRequest): Promise<ApplyResult> {
  const { database, scope } = request;
  const now = `${quoteText(request.now.toISOString())}::timestamptz`;
  for (const table of scope.tables) {
    const work = await workOf({ ...scope, database }, table);
    await eachBatch(request, table, 'rows', async (range) => {
      await applyRange(request, table, range, work, now);
      request.onBatch(table, range.to - range.from);
    });
    if (await hasRefusals(request)) await dropLinksTo(request, table);
  }
  for (const table of scope.tables) {
    await linkLate(request, table);
    await retire(request, table, now);
  }
  await recordUnmapped(request);
  return resultsOf(request);
}

/** What the batches wrote, those of earlier processes included. */
async function resultsOf({ database, scope }: ApplyRequest): Promise<ApplyResult> {
  const { rows } = await database.query(
    `SELECT table_name AS name, sum(created)::float8 AS created, sum(updated)::float8 AS updated, sum(retired)::float8 AS retired
       FROM migration.run_batches WHERE run_no = $1 GROUP BY 1`,
    [scope.runNo],
  );
  return Object.fromEntries(
    rows.map(({ name, created, updated, retired }) => [
      String(name),
      { created: Number(created), updated: Number(updated), retired: Number(retired) },
    ]),
  );
}

/** Runs `work` on every batch of a table that is still to be done; several at once where the database can. */
async function eachBatch(
  request: ApplyRequest,
  table: TableName,
  pass: 'rows' | 'links',
  work: (range: Range) => Promise<void>,
): Promise<void> {
  const limit = pLimit({
    concurrency: request.database.kind === 'server' ? connectionsUsed : 1,
    // What is taken out of the queue would otherwise be waited for for ever.
    rejectOnClear: true,
  });
  const outcomes = await Promise.allSettled(
    (await batchesToDo(request, table, pass)).map((range) =>
      limit(async () => {
        request.signal.throwIfAborted();
        try {
          await work(range);
        } catch (cause) {
          // What has not begun does not begin any more; what has is let to its end.
          limit.clearQueue();
          throw cause;
        }
      }),
    ),
  );
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

/** The batches of a table, less what is done already. */
async function batchesToDo(
  { database, scope, batchSize }: ApplyRequest,
  table: TableName,
  pass: 'rows' | 'links',
): Promise<readonly Range[]> {
  const { rows } = await database.query(
    `SELECT coalesce(max(_ordinal) + 1, 0)::float8 AS staged FROM ${stagingTable(scope.runNo, table)}`,
  );
  const { rows: done } = await database.query(
    `SELECT from_ordinal::float8 AS "from", to_ordinal::float8 AS "to" FROM migration.run_batches
      WHERE run_no = $1 AND table_name = $2 AND pass = $3 ORDER BY 1`,
    [scope.runNo, table, pass],
  );
  const ranges: Range[] = [];
  let next = 0;
  const addUpTo = (end: number) => {
    for (; next < end; next = Math.min(next + batchSize, end)) {
      ranges.push({ from: next, to: Math.min(next + batchSize, end) });
    }
  };
  for (const row of done) {
    addUpTo(Number(row['from']));
    next = Number(row['to']);
  }
  addUpTo(Number(rows[0]?.['staged'] ?? 0));
  return ranges;
}

/** What of a table is done at once: its rows, the links that had to wait, the rows to retire. */
type Pass = 'rows' | 'links' | 'retired';

/** Remembers that a batch is done and what it wrote; part of its transaction. */
async function markDone(
  transaction: Queryable,
  scope: ApplyRequest['scope'],
  batch: { readonly table: TableName; readonly pass: Pass; readonly range: Range },
  { created = 0, updated = 0, retired = 0 }: Partial<BatchResult & { readonly retired: number }>,
): Promise<void> {
  const { table, pass, range } = batch;
  await transaction.query(
    `INSERT INTO migration.run_batches (run_no, table_name, pass, from_ordinal, to_ordinal, created, updated, retired)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [scope.runNo, table, pass, range.from, range.to, created, updated, retired],
  );
}

/** One range in one transaction; where the database refuses a row, the range is halved until the row is found. */
async function applyRange(
  request: ApplyRequest,
  table: TableName,
  range: Range,
  work: TableWork,
  now: string,
  conflicts = 0,
): Promise<void> {
  const { database, scope } = request;
  try {
    await database.transaction(async (transaction) => {
      const done = await applyBatch({ ...scope, database: transaction }, table, range, work, now);
      await markDone(transaction, scope, { table, pass: 'rows', range }, done);
    });
  } catch (cause) {
    if (cause instanceof ConflictError && conflicts < conflictsBorne) {
      return applyRange(request, table, range, work, now, conflicts + 1);
    }
    if (!(cause instanceof StatementError && cause.isAboutData)) throw cause;
    if (range.to - range.from === 1) {
      await refuse(request, table, range.from, cause);
      await applyRange(request, table, range, { ...work, unplaced: true }, now);
      return;
    }
    const middle = Math.floor((range.from + range.to) / 2);
    await applyRange(request, table, { from: range.from, to: middle }, work, now);
    await applyRange(request, table, { from: middle, to: range.to }, work, now);
  }
}

/** Gives one row the fate `rejected`, with what the database said. */
async function refuse(
  { database, scope, onRefused }: ApplyRequest,
  table: TableName,
  ordinal: number,
  cause: StatementError,
): Promise<void> {
  const refused = await database.transaction(async (transaction) => {
    const { affected } = await transaction.query(
      `UPDATE ${stagingTable(scope.runNo, table, '_plan')} SET fate = 'rejected' WHERE _ordinal = $1 AND fate <> 'rejected'`,
      [ordinal],
    );
    // A row that is refused although it is not written any more: the statement is at fault, not the row.
    if (affected === 0) throw cause;
    const { rows } = await transaction.query(
      `INSERT INTO migration.issues (run_no, code, severity, entity, source_id, file, line, args)
       SELECT $1::int, 'REFUSED_BY_DATABASE', 'error', ${entityOf('s')}, ${sourceIdOf('s')},
              ${fileOf({ ...scope, database }, 's')}, s._line,
              jsonb_build_object('table', $2::text, 'reason', $3::text)
         FROM ${stagingTable(scope.runNo, table)} s WHERE s._ordinal = $4
       RETURNING entity, (SELECT _root FROM ${stagingTable(scope.runNo, table)} WHERE _ordinal = $4) AS "isRoot"`,
      [scope.runNo, table, cause.message, ordinal],
    );
    return rows[0];
  });
  onRefused({
    table,
    entity: String(refused?.['entity']),
    isRoot: refused?.['isRoot'] === true,
  });
}

/** Whether the database has refused a row of this run, in whichever process. */
async function hasRefusals({ database, scope }: ApplyRequest): Promise<boolean> {
  const { rows } = await database.query(
    `SELECT EXISTS (SELECT 1 FROM migration.issues WHERE run_no = $1 AND code = 'REFUSED_BY_DATABASE') AS any`,
    [scope.runNo],
  );
  return rows[0]?.['any'] === true;
}

/** After rows were refused: what refers to a row of the table that did not come in waits, or comes in without the link. */
async function dropLinksTo({ database, scope }: ApplyRequest, table: TableName): Promise<void> {
  const planScope = { ...scope, database };
  // A row that is there already and whose change was refused can still be referred to.
  const gone =
    `SELECT g.target_id FROM ${stagingTable(scope.runNo, table, '_plan')} g WHERE g.fate IN ('rejected', 'parked')` +
    ` AND NOT EXISTS (SELECT 1 FROM crm.${table} c WHERE c.account_id = '${scope.accountId}' AND c.id = g.target_id)`;
  for (const child of scope.tables) {
    for (const link of linksOf(child, policyOf(planScope, child))) {
      if (link.to !== table) continue;
      await database.transaction((transaction) =>
        dropLink(
          { ...scope, database: transaction },
          child,
          link,
          `p.${quoteName(link.name)} IN (${gone})`,
          link.late,
        ),
      );
    }
  }
}

async function linkLate(request: ApplyRequest, table: TableName): Promise<void> {
  const { database, scope } = request;
  const columns = linksOf(table, policyOf({ ...scope, database }, table))
    .filter(({ late }) => late)
    .map(({ name }) => name);
  if (columns.length === 0) return;
  // On a new database the planner takes the id map for empty, and would compare every key with every other.
  await database.query(`ANALYZE migration.id_keys (account_id, system_no, table_no, key)`);
  await eachBatch(request, table, 'links', (range) =>
    database.transaction(async (transaction) => {
      await applyLateLinks({ ...scope, database: transaction }, table, range, columns);
      await markDone(transaction, scope, { table, pass: 'links', range }, {});
    }),
  );
}

/** Retires the rows of a table that the plan retires, once. */
async function retire(
  { database, scope }: ApplyRequest,
  table: TableName,
  now: string,
): Promise<void> {
  const { rows } = await database.query(
    `SELECT 1 FROM migration.run_batches WHERE run_no = $1 AND table_name = $2 AND pass = 'retired'`,
    [scope.runNo, table],
  );
  if (rows.length > 0) return;
  await database.transaction(async (transaction) => {
    const retired = await applyRetired({ ...scope, database: transaction }, table, now);
    if (table === 'properties') await recordHeld({ ...scope, database: transaction }, now);
    const range = { from: 0, to: 0 };
    await markDone(transaction, scope, { table, pass: 'retired', range }, { retired });
  });
}

async function recordUnmapped({ database, scope }: ApplyRequest): Promise<void> {
  await database.query(
    `INSERT INTO migration.ledger (run_no, record, entity, source_id, is_deleted, file, line, fate)
     SELECT $1::int, record, entity, source_id, is_deleted, file, line, 'rejected' FROM ${unmappedTable(scope.runNo)}
     ON CONFLICT DO NOTHING`,
    [scope.runNo],
  );
}
