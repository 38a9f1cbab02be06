import { tableNames, type TableName } from '../crm/column.ts';
import { columnsOf, tables } from '../crm/tables.ts';
import type { Database } from '../database/contract.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import { StatementError } from '../database/statement-error.ts';
import { columnHash, imprintAt } from '../plan/imprint.ts';
import { tableNo } from '../plan/scope.ts';
import type { Range } from './batch.ts';
import {
  beforeOf,
  entriesOf,
  lateLinksOf,
  undoTable,
  type RollbackScope,
} from './rollback-plan.ts';

/** What carrying out the plan of a rollback needs beside it. */
export interface RollbackRequest {
  readonly database: Database;
  readonly scope: Omit<RollbackScope, 'database'>;
  /** Rows per transaction. */
  readonly batchSize: number;
  readonly onBatch: (table: TableName, rows: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Carries out the plan of a rollback, rows that refer to others first, in batches that each leave rows, id map and
 * what is kept for the rollback in step. After an interruption a new plan finds what is left.
 */
export async function rollback(request: RollbackRequest): Promise<void> {
  for (const table of tableNames) {
    const columns = [...lateLinksOf(table), ...uniqueColumnsOf(table)];
    if (columns.length > 0)
      await eachRange(request, table, (range, scope) => loosen(scope, table, range, columns));
  }
  for (const table of [...tableNames].reverse()) {
    for (const work of [removeRows, restoreRows]) {
      await eachRange(request, table, async (range, scope) => {
        request.onBatch(table, await work(scope, table, range));
      });
    }
  }
  for (const table of tableNames) await restoreOtherEntries(request, table);
}

const uniqueColumnsOf = (table: TableName): readonly string[] =>
  (tables[table].unique ?? []).map(({ column }) => column);

/** Runs `work` on ranges of a table's plan, each in a transaction of its own. */
async function eachRange(
  request: RollbackRequest,
  table: TableName,
  work: (range: Range, scope: RollbackScope) => Promise<void>,
): Promise<void> {
  const scope = { ...request.scope, database: request.database };
  const { rows } = await request.database.query(
    `SELECT coalesce(max(place) + 1, 0)::float8 AS n FROM ${undoTable(scope, table)}`,
  );
  const end = Number(rows[0]?.['n'] ?? 0);
  for (let from = 0; from < end; from += request.batchSize) {
    request.signal.throwIfAborted();
    await oneRange(request, table, { from, to: Math.min(from + request.batchSize, end) }, work);
  }
}

/** One range; where the database refuses a row, the range is halved until the row is found, and that row stays. */
async function oneRange(
  request: RollbackRequest,
  table: TableName,
  range: Range,
  work: (range: Range, scope: RollbackScope) => Promise<void>,
): Promise<void> {
  const { database, scope } = request;
  try {
    await database.transaction((transaction) => work(range, { ...scope, database: transaction }));
  } catch (cause) {
    if (!(cause instanceof StatementError && cause.isAboutData)) throw cause;
    if (range.to - range.from === 1) {
      // Somebody works in the CRM meanwhile: a row got a child, or another row its value.
      await database.query(
        `UPDATE ${undoTable({ ...scope, database }, table)} SET reason = CASE WHEN $2 = '23505' THEN 'taken'` +
          ` WHEN action = 'delete' THEN 'depended' ELSE 'parent-gone' END WHERE place = $1 AND reason IS NULL`,
        [range.from, cause.sqlState],
      );
      return;
    }
    const middle = Math.floor((range.from + range.to) / 2);
    await oneRange(request, table, { from: range.from, to: middle }, work);
    await oneRange(request, table, { from: middle, to: range.to }, work);
  }
}

const inRange = ({ from, to }: Range): string =>
  `u.place >= ${String(from)} AND u.place < ${String(to)} AND u.reason IS NULL`;

/** The row of the CRM that a line of the plan is about, as long as nobody has written it since. */
const rowOf = ({ accountId }: RollbackScope, alias = 'c'): string =>
  `${alias}.account_id = '${accountId}' AND ${alias}.id = u.target_id AND ${alias}.xmin::text = u.version`;

/**
 * Empties what stands in the way of rows that are deleted or restored: links that go round in circles, and unique
 * values that change hands. What the tool writes is in the imprint at once, so that no edit is seen in it.
 */
async function loosen(
  scope: RollbackScope,
  table: TableName,
  range: Range,
  columns: readonly string[],
): Promise<void> {
  const unique = new Set(uniqueColumnsOf(table));
  const changes = (column: string): string => {
    const name = `c.${quoteName(column)}`;
    const restored = `(u.action = 'restore' AND b.row->>'${column}' IS DISTINCT FROM ${name}::text)`;
    const dropped = unique.has(column) ? restored : `(u.action = 'delete' OR ${restored})`;
    return `(${name} IS NOT NULL AND ${dropped})`;
  };
  const names = columns.map(quoteName);
  await scope.database.query(
    `WITH loosened AS (UPDATE crm.${table} c SET ${columns
      .map(
        (column) =>
          `${quoteName(column)} = CASE WHEN NOT ${changes(column)} THEN c.${quoteName(column)} END`,
      )
      .join(
        ', ',
      )} FROM ${undoTable(scope, table)} u LEFT JOIN migration.before_images b ON ${beforeOf(scope, table, 'b', 'u.target_id')}` +
      ` WHERE ${rowOf(scope)} AND ${inRange(range)} AND (${columns.map(changes).join(' OR ')})` +
      ` RETURNING c.id, ${names.map((name) => `c.${name}`).join(', ')}),` +
      ` marked AS (UPDATE migration.id_keys k SET ${columns
        .map(
          (column) =>
            `${imprintAt(table, column, 'imprint')} = ${columnHash(table, column, `l.${quoteName(column)}`)}`,
        )
        .join(', ')}, imprinted = pg_current_xact_id()::xid FROM loosened l` +
      ` WHERE ${entriesOf(scope, table, 'k')} AND k.target_id = l.id AND k.run_no = ${String(scope.undoneNo)} AND k.imprint IS NOT NULL)` +
      ` UPDATE ${undoTable(scope, table)} u SET version = pg_current_xact_id()::xid::text FROM loosened l WHERE u.target_id = l.id`,
  );
}

/** Deletes rows that the run has created; gives how many. */
async function removeRows(scope: RollbackScope, table: TableName, range: Range): Promise<number> {
  const undo = undoTable(scope, table);
  const { affected } = await scope.database.query(
    `DELETE FROM crm.${table} c USING ${undo} u WHERE ${rowOf(scope)} AND ${inRange(range)} AND u.action = 'delete'`,
  );
  await noteEdited(scope, table, range, `u.action = 'delete'`);
  await scope.database.query(
    `DELETE FROM migration.media m USING ${undo} u WHERE m.account_id = '${scope.accountId}' AND m.table_no = ${String(tableNo(table))}` +
      ` AND m.target_id = u.target_id AND ${inRange(range)} AND u.action = 'delete'`,
  );
  await restoreEntries(
    scope,
    table,
    `k.target_id IN (SELECT u.target_id FROM ${undo} u WHERE ${inRange(range)} AND u.action = 'delete')`,
  );
  return affected;
}

/** Makes rows what they were before the run changed them; gives how many. */
async function restoreRows(scope: RollbackScope, table: TableName, range: Range): Promise<number> {
  const { database } = scope;
  const undo = undoTable(scope, table);
  const names = Object.keys(columnsOf(table)).map(quoteName);
  const before = `migration.before_images b ON ${beforeOf(scope, table, 'b', 'u.target_id')}`;
  // A column that is newer than the image stays as it is.
  const { affected } = await database.query(
    `UPDATE crm.${table} c SET (${names.join(', ')}) = (SELECT ${names.map((name) => `r.${name}`).join(', ')}` +
      ` FROM jsonb_populate_record(c, b.row) r) FROM ${undo} u JOIN ${before}` +
      ` WHERE ${rowOf(scope)} AND ${inRange(range)} AND u.action = 'restore'`,
  );
  if (affected > 0) {
    await database.query(
      `UPDATE ${undo} u SET version = c.xmin::text FROM crm.${table} c WHERE c.account_id = '${scope.accountId}' AND c.id = u.target_id` +
        ` AND c.xmin = pg_current_xact_id()::xid AND ${inRange(range)} AND u.action = 'restore'`,
    );
  }
  await noteEdited(scope, table, range, `u.action = 'restore' AND c.xmin::text <> u.version`);
  const restored = `(SELECT u.target_id FROM ${undo} u WHERE ${inRange(range)} AND u.action = 'restore')`;
  await restoreEntries(scope, table, `k.target_id IN ${restored}`);
  await database.query(
    `DELETE FROM migration.before_images b WHERE b.run_no = ${String(scope.undoneNo)} AND b.table_no = ${String(tableNo(table))}` +
      ` AND b.target_id IN ${restored}`,
  );
  return affected;
}

/** Rows that somebody wrote between the plan and now are left alone as well. */
async function noteEdited(
  scope: RollbackScope,
  table: TableName,
  range: Range,
  condition: string,
): Promise<void> {
  await scope.database.query(
    `UPDATE ${undoTable(scope, table)} u SET reason = 'edited' FROM crm.${table} c` +
      ` WHERE c.account_id = '${scope.accountId}' AND c.id = u.target_id AND ${inRange(range)} AND ${condition}`,
  );
}

/** Makes entries `k` of the id map what they were before the run; new ones go. */
async function restoreEntries(
  scope: RollbackScope,
  table: TableName,
  condition: string,
): Promise<void> {
  const { database, undoneNo } = scope;
  const chosen = `${entriesOf(scope, table, 'k')} AND k.run_no = ${String(undoneNo)} AND ${condition}`;
  const before = `b.run_no = ${String(undoneNo)} AND b.list = 'placed' AND b.table_no = ${String(tableNo(table))}`;
  await database.query(
    `WITH gone AS (DELETE FROM migration.id_keys k WHERE ${chosen} RETURNING k.key),` +
      ` former AS (DELETE FROM migration.before_keys b USING gone WHERE ${before} AND b.key = gone.key RETURNING b.entry)` +
      ` INSERT INTO migration.id_keys SELECT r.* FROM former f, jsonb_populate_record(NULL::migration.id_keys, f.entry) r`,
  );
}

// Entries at a time where no row goes with them.
const entriesAtOnce = 20_000;

/** Entries of the run without a row that was deleted or restored: keys of the same row, rows that stayed as they were. */
async function restoreOtherEntries(request: RollbackRequest, table: TableName): Promise<void> {
  const scope = { ...request.scope, database: request.database };
  const free = `NOT EXISTS (SELECT 1 FROM ${undoTable(scope, table)} u WHERE u.target_id = k.target_id AND u.reason IS NOT NULL)`;
  let done = '';
  for (;;) {
    request.signal.throwIfAborted();
    const { rows } = await request.database.query(
      `SELECT max(key) AS last FROM (SELECT k.key FROM migration.id_keys k WHERE ${entriesOf(scope, table, 'k')}` +
        ` AND k.run_no = ${String(scope.undoneNo)} AND k.key > ${quoteText(done)} AND ${free} ORDER BY k.key LIMIT ${String(entriesAtOnce)}) x`,
    );
    const last = rows[0]?.['last'];
    if (typeof last !== 'string') break;
    const range = `k.key > ${quoteText(done)} AND k.key <= ${quoteText(last)}`;
    await request.database.transaction((transaction) =>
      restoreEntries({ ...request.scope, database: transaction }, table, `${free} AND ${range}`),
    );
    done = last;
  }
  await request.database.transaction((transaction) =>
    restoreUnplaced({ ...request.scope, database: transaction }, table),
  );
}

async function restoreUnplaced(scope: RollbackScope, table: TableName): Promise<void> {
  const { database, undoneNo } = scope;
  await database.query(
    `DELETE FROM migration.unplaced_keys k WHERE ${entriesOf(scope, table, 'k')} AND k.run_no = ${String(undoneNo)}`,
  );
  await database.query(
    `WITH former AS (DELETE FROM migration.before_keys b WHERE b.run_no = ${String(undoneNo)} AND b.list = 'unplaced'` +
      ` AND b.table_no = ${String(tableNo(table))} RETURNING b.entry)` +
      ` INSERT INTO migration.unplaced_keys SELECT r.* FROM former f, jsonb_populate_record(NULL::migration.unplaced_keys, f.entry) r` +
      ` ON CONFLICT DO NOTHING`,
  );
}
