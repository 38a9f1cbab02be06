import type { TableName } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import { keysOf, tableNo, type PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';

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
  await scope.database.query(
    `INSERT INTO migration.before_images (run_no, table_no, target_id, row)` +
      ` SELECT ${String(scope.runNo)}, ${String(tableNo(table))}, c.id, to_jsonb(c) FROM crm.${table} c JOIN ${retired} r ON r.target_id = c.id` +
      ` WHERE c.account_id = '${scope.accountId}' AND NOT c.is_deleted ON CONFLICT DO NOTHING`,
  );
  const { affected } = await scope.database.query(
    `UPDATE crm.${table} c SET is_deleted = true, deleted_at = ${now}, updated_at = ${now} FROM ${retired} r` +
      ` WHERE c.account_id = '${scope.accountId}' AND c.id = r.target_id AND NOT c.is_deleted`,
  );
  await scope.database.query(
    `UPDATE migration.id_keys k SET row_hash = '00000000-0000-0000-0000-000000000000', run_no = ${String(scope.runNo)}` +
      ` FROM ${retired} r WHERE ${keysOf(scope, table, 'k')} AND k.key = r.key`,
  );
  return affected;
}
