import type { TableName } from '../crm/column.ts';
import { stagingTable } from '../staging/tables.ts';
import { entityOf, keysOf, sourceIdOf, type PlanScope } from '../plan/scope.ts';

/**
 * Sets every row that the source gives beside the row of the CRM that stands for it. Creates
 * `…_expected (_ordinal, target_id, found, crm_deleted, edited, linked, fate)`: `fate` says why a row need not be there as the source
 * has it (`retried`: it was corrected and retried), `linked` that
 * it was there before the record, and stays as it is.
 * Uses the id map, which is what is verified, and the list of keys that were not placed; no counter of the import.
 */
export async function expectRows(scope: PlanScope, table: TableName): Promise<void> {
  const { database, runNo } = scope;
  const staged = stagingTable(runNo, table);
  const expected = stagingTable(runNo, table, '_expected');
  await database.query(
    `CREATE TABLE ${expected} AS SELECT s._ordinal, k.target_id, c.id IS NOT NULL AS found, c.is_deleted AS crm_deleted,
            c.is_deleted <> s.is_deleted AND EXISTS (${deletionKept(scope)}) AS edited, coalesce(k.is_linked, false) AS linked,
            coalesce(CASE WHEN s._fate = 'rejected' AND c.id IS NOT NULL AND t.command = 'retry' THEN 'retried' END,
                     s._fate, CASE WHEN r.record IS NOT NULL THEN 'duplicate' END, u.fate) AS fate
       FROM ${staged} s
       LEFT JOIN ${replacedRecords(runNo)} r ON r.record = s._record
       LEFT JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key
       LEFT JOIN migration.runs t ON t.no = k.run_no
       LEFT JOIN migration.unplaced_keys u ON ${keysOf(scope, table, 'u')} AND u.key = s._key
       LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = k.target_id`,
  );
  await database.query(`CREATE INDEX ON ${expected} (_ordinal)`);
  await database.query(`ANALYZE ${expected}`);
}

/** What an import found out about a row that a person has deleted, or brought back, in the CRM. */
const deletionKept = ({ accountId }: PlanScope): string =>
  `SELECT 1 FROM migration.issues i JOIN migration.runs o ON o.no = i.run_no WHERE o.account_id = '${accountId}' AND o.command <> 'preview'` +
  ` AND i.code = 'EDITED_IN_CRM' AND i.field = 'is_deleted' AND i.value = c.is_deleted::text` +
  ` AND i.entity = ${entityOf('s')} AND i.source_id = ${sourceIdOf('s')}`;

/** The table of records that a later record with the same id replaces (formats.md §10, rule 7: the last one wins). */
export const replacedRecords = (runNo: number): string => `staging.r${String(runNo)}_replaced`;

/** Creates `replacedRecords`. */
export async function findReplaced(scope: PlanScope): Promise<void> {
  const replaced = replacedRecords(scope.runNo);
  await scope.database.query(`CREATE TABLE ${replaced} (record bigint PRIMARY KEY)`);
  for (const table of scope.tables) {
    await scope.database.query(
      `INSERT INTO ${replaced} SELECT _record FROM (SELECT _record, max(_record) OVER (PARTITION BY _key) AS last` +
        ` FROM ${stagingTable(scope.runNo, table)} WHERE _part_length = 0 AND _fate IS NULL) x WHERE _record < last ON CONFLICT DO NOTHING`,
    );
  }
}
