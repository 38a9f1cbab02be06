import type { TableName } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import { stagingTable } from '../staging/tables.ts';
import { keysOf, type PlanScope } from './scope.ts';

/** The table of the rows that are deleted once a plan is applied; nothing where the plan looks for none. */
export function retiredTable(scope: PlanScope, table: TableName): string | undefined {
  const looksForAbsent =
    scope.absent !== undefined &&
    scope.absent.feed === undefined &&
    scope.absent.listings !== 'ignore' &&
    table !== 'properties';
  return looksForAbsent || ownerTable(scope, table) !== undefined
    ? stagingTable(scope.runNo, table, '_retired')
    : undefined;
}

/** The table of the rows that own those of a table, where both are planned. */
function ownerTable(scope: PlanScope, table: TableName): TableName | undefined {
  const link = tables[table].owner;
  const type = link === undefined ? undefined : tables[table].columns[link]?.type;
  return type?.kind === 'link' && scope.tables.includes(type.to) ? type.to : undefined;
}

/**
 * Finds rows that belong to a record of this run and are no longer listed by it: a photo that left the gallery,
 * a person that left a deal. Creates `…_retired (key, target_id)` for tables whose rows have an owner.
 */
export async function findRetired(scope: PlanScope, table: TableName): Promise<void> {
  const owner = ownerTable(scope, table);
  if (owner === undefined) return;
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
