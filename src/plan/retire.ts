import type { TableName } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import { stagingTable } from '../staging/tables.ts';
import { keysOf, type PlanScope } from './scope.ts';

/**
 * Finds rows that belong to a record of this run and are no longer listed by it: a photo that left the gallery,
 * a person that left a deal. Creates `…_retired (key, target_id)` for tables whose rows have an owner.
 */
export async function findRetired(scope: PlanScope, table: TableName): Promise<void> {
  const link = tables[table].owner;
  if (link === undefined) return;
  const type = tables[table].columns[link]?.type;
  if (type?.kind !== 'link' || !scope.tables.includes(type.to)) return;
  const owner = type.to;
  const retired = stagingTable(scope.runNo, table, '_retired');
  await scope.database.query(
    `CREATE TABLE ${retired} AS SELECT k.key, k.target_id FROM migration.id_keys k` +
      ` JOIN ${stagingTable(scope.runNo, owner)} s ON s._key = left(k.key, length(k.key) - k.part_length)` +
      ` JOIN ${stagingTable(scope.runNo, owner, '_plan')} p ON p._ordinal = s._ordinal AND p.fate IN ('updated', 'unchanged')` +
      ` JOIN crm.${table} c ON c.account_id = k.account_id AND c.id = k.target_id AND NOT c.is_deleted` +
      ` WHERE ${keysOf(scope, table, 'k')} AND k.part_length > 0` +
      ` AND NOT EXISTS (SELECT 1 FROM ${stagingTable(scope.runNo, table)} x WHERE x._key = k.key)`,
  );
}
