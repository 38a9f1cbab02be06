import type { TableName } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import { columnHash, imprintAt } from '../plan/imprint.ts';
import { keysOf, type PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import { keepEntries, keepRows } from './before.ts';

/** Marks the rows that the plan retires as deleted; gives how many. A row that comes back is written anew. */
export async function applyRetired(
  scope: PlanScope,
  table: TableName,
  now: string,
): Promise<number> {
  if (tables[table].owner === undefined) return 0;
  const retired = stagingTable(scope.runNo, table, '_retired');
  const { rows } = await scope.database.query(
    `SELECT to_regclass('${retired}') IS NOT NULL AS there`,
  );
  if (rows[0]?.['there'] !== true) return 0;
  const entries = `${keysOf(scope, table, 'k')} AND k.key = r.key`;
  await keepRows(
    scope,
    table,
    `crm.${table} c JOIN ${retired} r ON r.target_id = c.id AND c.account_id = '${scope.accountId}' AND NOT c.is_deleted`,
  );
  await keepEntries(scope, table, 'placed', `migration.id_keys k JOIN ${retired} r ON ${entries}`);
  const { affected } = await scope.database.query(
    `UPDATE crm.${table} c SET is_deleted = true, deleted_at = ${now}, updated_at = ${now} FROM ${retired} r` +
      ` WHERE c.account_id = '${scope.accountId}' AND c.id = r.target_id AND NOT c.is_deleted`,
  );
  const marks = (['is_deleted', 'deleted_at'] as const).map(
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
