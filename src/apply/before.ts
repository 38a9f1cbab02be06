import type { TableName } from '../crm/column.ts';
import { tableNo, type PlanScope } from '../plan/scope.ts';

/** Keeps rows `c` of the CRM as they are before the run changes them; `from` names them. Gives how many there are. */
export async function keepRows(scope: PlanScope, table: TableName, from: string): Promise<number> {
  const { affected } = await scope.database.query(
    `INSERT INTO migration.before_images (run_no, table_no, target_id, row)` +
      ` SELECT ${String(scope.runNo)}, ${String(tableNo(table))}, c.id, to_jsonb(c) FROM ${from} ON CONFLICT DO NOTHING`,
  );
  return affected;
}

/** The lists of keys that a run changes: those that are in the CRM, and those that are known not to be. */
export type KeyList = 'placed' | 'unplaced';

/** Keeps entries `k` of a list of keys as they are before the run changes them; `from` names them. */
export async function keepEntries(
  scope: PlanScope,
  table: TableName,
  list: KeyList,
  from: string,
): Promise<void> {
  await scope.database.query(
    `INSERT INTO migration.before_keys (run_no, list, table_no, key, entry)` +
      ` SELECT ${String(scope.runNo)}, '${list}', ${String(tableNo(table))}, k.key, to_jsonb(k) FROM ${from} ON CONFLICT DO NOTHING`,
  );
}
