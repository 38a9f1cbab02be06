import type { TableName } from '../crm/column.ts';
import pLimit from 'p-limit';
import type { Database, Queryable } from '../database/contract.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import { StatementError } from '../database/statement-error.ts';
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
  readonly signal: AbortSignal;
}

// A machine that runs the tool beside its server has two cores at least.
const connectionsUsed = 2;

/** Rows written, by table, as the database counted them. */
export type ApplyResult = Readonly<
  Partial<Record<TableName, BatchResult & { readonly retired: number }>>
>;

/**
 * Carries out a stored plan: table by table, in batches, each of them one transaction over rows, id map, ledger and
 * checkpoint; then the links that had to wait. Leaves out the batches that `migration.run_batches` says are done.
 */
export async function apply(request: ApplyRequest): Promise<ApplyResult> {
  const { database, scope } = request;
  const now = `${quoteText(request.now.toISOString())}::timestamptz`;
  const results: Partial<Record<TableName, BatchResult & { retired: number }>> = {};
  for (const table of scope.tables) {
    const total = { created: 0, updated: 0 };
    let refused = 0;
    const work = await workOf({ ...scope, database }, table);
    await eachBatch(request, table, 'rows', async (range) => {
      const result = await applyRange(request, table, range, work, now);
      total.created += result.created;
      total.updated += result.updated;
      refused += result.refused;
      request.onBatch(table, range.to - range.from);
    });
    if (refused > 0) await parkChildren(request, table);
    results[table] = { ...total, retired: 0 };
  }
  for (const table of scope.tables) {
    await linkLate(request, table);
    const retired = await database.transaction((transaction) =>
      applyRetired({ ...scope, database: transaction }, table, now),
    );
    results[table] = { created: 0, updated: 0, ...results[table], retired };
  }
  await recordUnmapped(request);
  return results;
}

/** Runs `work` on every batch of a table that is still to be done; several at once where the database can. */
async function eachBatch(
  request: ApplyRequest,
  table: TableName,
  pass: 'rows' | 'links',
  work: (range: Range) => Promise<void>,
): Promise<void> {
  const limit = pLimit(request.database.kind === 'server' ? connectionsUsed : 1);
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

/** Remembers that a batch is done; part of its transaction. */
async function markDone(
  transaction: Queryable,
  scope: ApplyRequest['scope'],
  table: TableName,
  pass: 'rows' | 'links',
  range: Range,
): Promise<void> {
  await transaction.query(
    `INSERT INTO migration.run_batches (run_no, table_name, pass, from_ordinal, to_ordinal) VALUES ($1, $2, $3, $4, $5)`,
    [scope.runNo, table, pass, range.from, range.to],
  );
}

/** One range in one transaction; where the database refuses a row, the range is halved until the row is found. */
async function applyRange(
  request: ApplyRequest,
  table: TableName,
  range: Range,
  work: TableWork,
  now: string,
): Promise<BatchResult & { refused: number }> {
  const { database, scope } = request;
  try {
    const result = await database.transaction(async (transaction) => {
      const done = await applyBatch({ ...scope, database: transaction }, table, range, work, now);
      await markDone(transaction, scope, table, 'rows', range);
      return done;
    });
    return { ...result, refused: 0 };
  } catch (cause) {
    if (!(cause instanceof StatementError && cause.isAboutData)) throw cause;
    if (range.to - range.from === 1) {
      await refuse(request, table, range.from, cause);
      const single = await applyRange(request, table, range, { ...work, unplaced: true }, now);
      return { ...single, refused: 1 };
    }
    const middle = Math.floor((range.from + range.to) / 2);
    const first = await applyRange(request, table, { from: range.from, to: middle }, work, now);
    const second = await applyRange(request, table, { from: middle, to: range.to }, work, now);
    return {
      created: first.created + second.created,
      updated: first.updated + second.updated,
      refused: first.refused + second.refused,
    };
  }
}

/** Gives one row the fate `rejected`, with what the database said. */
async function refuse(
  { database, scope }: ApplyRequest,
  table: TableName,
  ordinal: number,
  cause: StatementError,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const { affected } = await transaction.query(
      `UPDATE ${stagingTable(scope.runNo, table, '_plan')} SET fate = 'rejected' WHERE _ordinal = $1 AND fate <> 'rejected'`,
      [ordinal],
    );
    // A row that is refused although it is not written any more: the statement is at fault, not the row.
    if (affected === 0) throw cause;
    await transaction.query(
      `INSERT INTO migration.issues (run_no, code, severity, entity, source_id, file, line, args)
       SELECT $1::int, 'REFUSED_BY_DATABASE', 'error', ${entityOf('s')}, ${sourceIdOf('s')},
              ${fileOf({ ...scope, database }, 's')}, s._line,
              jsonb_build_object('table', $2::text, 'reason', $3::text)
         FROM ${stagingTable(scope.runNo, table)} s WHERE s._ordinal = $4`,
      [scope.runNo, table, cause.message, ordinal],
    );
  });
}

/** After rows of a table were refused: what refers to them waits, or comes in without the link. */
async function parkChildren({ database, scope }: ApplyRequest, table: TableName): Promise<void> {
  const gone = `(SELECT p.target_id FROM ${stagingTable(scope.runNo, table, '_plan')} p WHERE p.fate = 'rejected')`;
  const planScope = { ...scope, database };
  for (const child of scope.tables) {
    for (const link of linksOf(child, policyOf(planScope, child))) {
      if (link.to !== table) continue;
      const column = quoteName(link.name);
      await database.query(
        `UPDATE ${stagingTable(scope.runNo, child, '_plan')} SET ${
          link.required ? `fate = 'parked'` : `${column} = NULL`
        } WHERE ${column} IN ${gone} AND fate IN ('created', 'updated')`,
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
  await eachBatch(request, table, 'links', (range) =>
    database.transaction(async (transaction) => {
      await applyLateLinks({ ...scope, database: transaction }, table, range, columns);
      await markDone(transaction, scope, table, 'links', range);
    }),
  );
}

async function recordUnmapped({ database, scope }: ApplyRequest): Promise<void> {
  await database.query(
    `INSERT INTO migration.ledger (run_no, record, entity, source_id, is_deleted, file, line, fate)
     SELECT $1::int, record, entity, source_id, is_deleted, file, line, 'rejected' FROM ${unmappedTable(scope.runNo)}
     ON CONFLICT DO NOTHING`,
    [scope.runNo],
  );
}
