import { tableNames, type TableName } from '../crm/column.ts';
import { columnsOf, tables } from '../crm/tables.ts';
import type { Queryable } from '../database/contract.ts';
import { quoteName } from '../database/sql.ts';
import { editedSince } from '../plan/imprint.ts';
import { tableNo } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';

/** Which run is undone, and the run that undoes it. */
export interface RollbackScope {
  readonly database: Queryable;
  /** Number of the run that undoes; its staging tables hold the plan. */
  readonly runNo: number;
  /** Number of the run that is undone. */
  readonly undoneNo: number;
  readonly accountId: string;
  readonly systemNo: number;
}

/**
 * Why a row stays as it is: a person has edited it since; other rows refer to it; a row that it referred to is gone;
 * it is gone itself; its unique value belongs to another row by now.
 */
export const reasonsToStay = ['edited', 'depended', 'parent-gone', 'gone', 'taken'] as const;
export type ReasonToStay = (typeof reasonsToStay)[number];

/** A column that refers to rows of a table. */
interface Link {
  readonly from: TableName;
  readonly column: string;
  readonly to: TableName;
}

const links: readonly Link[] = tableNames.flatMap((from) =>
  Object.entries(columnsOf(from)).flatMap(([column, { type }]) =>
    type.kind === 'link' ? [{ from, column, to: type.to }] : [],
  ),
);

/** The links of a table to rows that are written after its own (cycles, self references). */
export const lateLinksOf = (table: TableName): readonly string[] =>
  links
    .filter(({ from, to }) => from === table && tableNames.indexOf(to) >= tableNames.indexOf(table))
    .map(({ column }) => column);

/** The rows of one table that the rollback deletes or restores. */
export const undoTable = ({ runNo }: RollbackScope, table: TableName): string =>
  stagingTable(runNo, table, '_undo');

/** The condition that picks one table's entries of the undone run's account and system. */
export const entriesOf = (
  { accountId, systemNo }: RollbackScope,
  table: TableName,
  alias: string,
): string =>
  `${alias}.account_id = '${accountId}' AND ${alias}.system_no = ${String(systemNo)} AND ${alias}.table_no = ${String(tableNo(table))}`;

/** The rows as they were before the undone run changed them. */
export const beforeOf = (
  { undoneNo }: RollbackScope,
  table: TableName,
  alias: string,
  id: string,
): string =>
  `${alias}.run_no = ${String(undoneNo)} AND ${alias}.table_no = ${String(tableNo(table))} AND ${alias}.target_id = ${id}`;

/**
 * Decides what becomes of every row that a run has created or changed. Creates for each table
 * `…_undo (place, target_id, action, reason, version)`: `action` is delete or restore, `reason` says why the row stays
 * as it is, `version` is the transaction that wrote it. Writes nothing in schema `crm`.
 */
export async function planRollback(scope: RollbackScope): Promise<void> {
  for (const table of tableNames) await collect(scope, table);
  for (;;) {
    let spared = 0;
    for (const link of links) spared += await spareReferred(scope, link);
    for (const link of links) spared += await spareOrphans(scope, link);
    for (const table of tableNames) spared += await spareTaken(scope, table);
    if (spared === 0) return;
  }
}

async function collect(scope: RollbackScope, table: TableName): Promise<void> {
  const { database, undoneNo, accountId } = scope;
  const undo = undoTable(scope, table);
  const entries = entriesOf(scope, table, 'k');
  const row = `crm.${table} c ON c.account_id = '${accountId}'`;
  const edited = `(k.imprint IS NULL OR ${editedSince(table, 'c', 'k')})`;
  await database.query(
    `CREATE TABLE ${undo} AS SELECT row_number() OVER (ORDER BY x.target_id) - 1 AS place, x.* FROM (` +
      `SELECT k.target_id, 'delete'::text AS action, CASE WHEN c.id IS NOT NULL AND ${edited} THEN 'edited' END AS reason, c.xmin::text AS version` +
      ` FROM migration.id_keys k LEFT JOIN ${row} AND c.id = k.target_id WHERE ${entries} AND k.created_by = ${String(undoneNo)}` +
      ` UNION ALL SELECT b.target_id, 'restore', CASE WHEN c.id IS NULL THEN 'gone' WHEN ${edited} THEN 'edited' END, c.xmin::text` +
      ` FROM migration.before_images b LEFT JOIN migration.id_keys k ON ${entries} AND k.target_id = b.target_id` +
      ` AND k.run_no = ${String(undoneNo)} AND k.imprint IS NOT NULL LEFT JOIN ${row} AND c.id = b.target_id` +
      ` WHERE b.run_no = ${String(undoneNo)} AND b.table_no = ${String(tableNo(table))} AND NOT EXISTS (` +
      `SELECT 1 FROM migration.id_keys o WHERE ${entriesOf(scope, table, 'o')} AND o.target_id = b.target_id AND o.created_by = ${String(undoneNo)})) x`,
  );
  await database.query(`CREATE UNIQUE INDEX ON ${undo} (target_id)`);
  await database.query(`CREATE INDEX ON ${undo} (place)`);
  await database.query(`ANALYZE ${undo}`);
}

/** Rows that others refer to stay: others are those that the rollback neither deletes nor restores. */
async function spareReferred(scope: RollbackScope, { from, column, to }: Link): Promise<number> {
  const { affected } = await scope.database.query(
    `UPDATE ${undoTable(scope, to)} u SET reason = 'depended' FROM crm.${from} x` +
      ` WHERE u.action = 'delete' AND u.reason IS NULL AND x.account_id = '${scope.accountId}' AND x.${quoteName(column)} = u.target_id` +
      ` AND NOT EXISTS (SELECT 1 FROM ${undoTable(scope, from)} o WHERE o.target_id = x.id AND o.reason IS NULL)`,
  );
  return affected;
}

/** Rows that would refer to a row that is no longer there stay as they are. */
async function spareOrphans(scope: RollbackScope, { from, column, to }: Link): Promise<number> {
  const parent = `(b.row->>'${column}')::uuid`;
  const { affected } = await scope.database.query(
    `UPDATE ${undoTable(scope, from)} u SET reason = 'parent-gone' FROM migration.before_images b` +
      ` WHERE u.action = 'restore' AND u.reason IS NULL AND ${beforeOf(scope, from, 'b', 'u.target_id')} AND ${parent} IS NOT NULL` +
      ` AND NOT EXISTS (SELECT 1 FROM crm.${to} c WHERE c.account_id = '${scope.accountId}' AND c.id = ${parent})`,
  );
  return affected;
}

/** Rows whose unique value another row has by now, and keeps, stay as they are. */
async function spareTaken(scope: RollbackScope, table: TableName): Promise<number> {
  let spared = 0;
  for (const { column } of tables[table].unique ?? []) {
    const value = (text: string) => (column === 'email' ? `lower(${text})` : text);
    const name = quoteName(column);
    const { affected } = await scope.database.query(
      `UPDATE ${undoTable(scope, table)} u SET reason = 'taken' FROM migration.before_images b, crm.${table} c` +
        ` WHERE u.action = 'restore' AND u.reason IS NULL AND ${beforeOf(scope, table, 'b', 'u.target_id')}` +
        ` AND NOT (b.row->>'is_deleted')::boolean AND c.account_id = '${scope.accountId}' AND NOT c.is_deleted AND c.id <> u.target_id` +
        ` AND ${value(`c.${name}`)} = ${value(`b.row->>'${column}'`)}` +
        ` AND NOT EXISTS (SELECT 1 FROM ${undoTable(scope, table)} o WHERE o.target_id = c.id AND o.reason IS NULL)`,
    );
    spared += affected;
  }
  return spared;
}
