import { recordsTable, stagingTable, unmappedTable } from '../staging/tables.ts';
import type { PlanScope } from './scope.ts';

/** The table of the records of a planned run, each with its fate. */
export const outlineTable = (runNo: number): string => `staging.r${String(runNo)}_outline`;

/** The table of what was found about the records of a planned run. */
export const findingsTable = (runNo: number): string => `staging.r${String(runNo)}_findings`;

/**
 * Makes a plan ready to be looked at record by record, once it is made: which fate each record has and what was found about
 * it, so that any page of any selection is near at hand however many records there are.
 */
export async function outlinePlan({ database, runNo, tables }: PlanScope): Promise<void> {
  const outline = outlineTable(runNo);
  const findings = findingsTable(runNo);
  const records = recordsTable(runNo);
  await database.query(`DROP TABLE IF EXISTS ${outline}, ${findings}`);
  const roots = tables.map(
    (table) =>
      `SELECT s._record AS record, p.fate FROM ${stagingTable(runNo, table)} s JOIN ${stagingTable(runNo, table, '_plan')} p` +
      ` ON p._ordinal = s._ordinal WHERE s._root`,
  );
  await database.query(
    `CREATE TABLE ${outline} AS SELECT r.record, r.entity, r.source_id, r.file, r.line, coalesce(f.fate, 'rejected') AS fate FROM ${records} r` +
      ` LEFT JOIN (${[...roots, `SELECT record, 'rejected' FROM ${unmappedTable(runNo)}`].join(' UNION ALL ')}) f ON f.record = r.record` +
      ` ORDER BY r.record`,
  );
  await database.query(`CREATE UNIQUE INDEX ON ${outline} (record)`);
  await database.query(`CREATE INDEX ON ${outline} (fate, record)`);
  await database.query(`ANALYZE ${outline}`);
  // Two records of one id are told apart by their lines, where the finding says one.
  await database.query(
    `CREATE TABLE ${findings} AS SELECT o.record, i.code, i.severity, i.field, i.value, i.args FROM migration.issues i` +
      ` JOIN ${outline} o ON o.entity = i.entity AND o.source_id = i.source_id AND (i.line IS NULL OR o.line IS NULL OR i.line = o.line)` +
      ` WHERE i.run_no = ${String(runNo)}`,
  );
  await database.query(`CREATE INDEX ON ${findings} (record)`);
  await database.query(`CREATE INDEX ON ${findings} (code, field, record)`);
  await database.query(`ANALYZE ${findings}`);
  await database.query(`CREATE UNIQUE INDEX ON ${records} (record)`);
  for (const table of tables)
    await database.query(`CREATE INDEX ON ${stagingTable(runNo, table)} (_record)`);
}
