import type { TableName } from '../crm/column.ts';
import { onOffer } from '../crm/values.ts';
import { quoteText } from '../database/sql.ts';
import { columnHash, differsFromImprint, imprintAt } from '../plan/imprint.ts';
import { keysOf, type PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import { keepEntries, keepRows } from './before.ts';

/**
 * Marks the rows that the plan retires as deleted, or as withdrawn where they are listings; gives how many. A row that
 * comes back is written anew.
 */
export async function applyRetired(
  scope: PlanScope,
  table: TableName,
  now: string,
): Promise<number> {
  const retired = stagingTable(scope.runNo, table, '_retired');
  const { rows } = await scope.database.query(
    `SELECT to_regclass('${retired}') IS NOT NULL AS there`,
  );
  if (rows[0]?.['there'] !== true) return 0;
  const { set, columns, live } = markOf(scope, table, now);
  const entries = `${keysOf(scope, table, 'k')} AND k.key = r.key`;
  await keepRows(
    scope,
    table,
    `crm.${table} c JOIN ${retired} r ON r.target_id = c.id AND c.account_id = '${scope.accountId}' AND ${live}`,
  );
  await keepEntries(scope, table, 'placed', `migration.id_keys k JOIN ${retired} r ON ${entries}`);
  // What somebody edited since the last import shows against the imprint, which is taken anew below.
  await scope.database.query(
    `UPDATE migration.id_keys k SET has_edits = true FROM ${retired} r JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = r.target_id` +
      ` WHERE ${entries} AND NOT k.has_edits AND c.xmin IS DISTINCT FROM k.imprinted AND ${differsFromImprint(table, 'c', 'k')}`,
  );
  const { affected } = await scope.database.query(
    `UPDATE crm.${table} c SET ${set}, updated_at = ${now} FROM ${retired} r` +
      ` WHERE c.account_id = '${scope.accountId}' AND c.id = r.target_id AND ${live}`,
  );
  const marks = columns.map(
    (column) =>
      `${imprintAt(table, column, 'imprint')} = ${columnHash(table, column, `c.${column}`)}`,
  );
  await scope.database.query(
    `UPDATE migration.id_keys k SET row_hash = '00000000-0000-0000-0000-000000000000', run_no = ${String(scope.runNo)},` +
      ` ${marks.join(', ')}, imprinted = c.xmin FROM ${retired} r JOIN crm.${table} c` +
      ` ON c.account_id = '${scope.accountId}' AND c.id = r.target_id WHERE ${entries}`,
  );
  return affected;
}

/** How a row `c` of a table is marked: by what, in which columns, and which rows can be. */
function markOf({ absent }: PlanScope, table: TableName, now: string) {
  const status = table === 'properties' ? absent?.listings : undefined;
  return status === undefined
    ? {
        set: `is_deleted = true, deleted_at = ${now}`,
        columns: ['is_deleted', 'deleted_at'],
        live: `NOT c.is_deleted`,
      }
    : {
        set: `status = '${status}'`,
        columns: ['status'],
        live: `NOT c.is_deleted AND c.status IN (${onOffer.map(quoteText).join(', ')})`,
      };
}
