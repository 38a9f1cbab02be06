import type { TableName } from '../crm/column.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import type { SameRow } from '../mapping/contract.ts';
import { stagingTable } from '../staging/tables.ts';
import { ownValueKeys, valueKeys } from './lookups.ts';
import { entityOf, issueInsert, keysOf, partOf, policyOf, type PlanScope } from './scope.ts';

/**
 * Gives further rows of records the row of the CRM that another record stands for, where it has the same telephone
 * number, say: such a row is a duplicate, and its key leads to that row. Follows `identify`. A row that has its own
 * place in the CRM already keeps it, and one that was another's stays that.
 */
export async function placeSame(scope: PlanScope): Promise<void> {
  for (const table of scope.tables)
    for (const same of policyOf(scope, table).same) await placeOne(scope, table, same);
}

async function placeOne(scope: PlanScope, table: TableName, same: SameRow): Promise<void> {
  const { database, runNo } = scope;
  const staged = stagingTable(runNo, table);
  const ids = stagingTable(runNo, table, '_ids');
  const found = stagingTable(runNo, table, '_same');
  const rows = `${staged} s JOIN ${ids} i ON i._ordinal = s._ordinal`;
  const subject =
    `s._fate IS NULL AND NOT i.duplicate AND ${entityOf('s')} = ${quoteText(same.entity)}` +
    ` AND s._part_length > 0 AND ${partOf('s')} = ${quoteText(same.part)}`;
  const lookups = same.by.map((column) => ({ entity: same.as, column }));
  const own = ownValueKeys(table, lookups, {
    from: rows,
    where: `i.known_id IS NULL AND ${subject}`,
  });
  const others = valueKeys(
    scope,
    table,
    {
      from: rows,
      id: `CASE WHEN s._fate IS NULL THEN i.target_id END`,
      where: `s._fate IS DISTINCT FROM 'excluded' AND i.owns_key`,
    },
    lookups,
  );
  await database.query(
    `CREATE TABLE ${found} AS SELECT _ordinal, CASE WHEN count(DISTINCT id) = 1 THEN min(id::text)::uuid END AS id` +
      ` FROM (SELECT o._ordinal, h.id FROM (${own}) o JOIN (${String(others)}) h ON h.key = o.key WHERE h.id IS NOT NULL OR h.several` +
      ` UNION ALL SELECT s._ordinal, k.target_id FROM ${rows} JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')}` +
      ` AND k.target_id = i.known_id AND k.part_length = 0 AND starts_with(k.key, ${quoteText(`${same.as}:`)}) WHERE ${subject}) x` +
      ` GROUP BY _ordinal`,
  );
  await database.query(
    `UPDATE ${ids} i SET target_id = f.id, duplicate = true FROM ${found} f WHERE f._ordinal = i._ordinal AND f.id IS NOT NULL`,
  );
  const about = `FROM ${staged} s JOIN ${found} f ON f._ordinal = s._ordinal`;
  await database.query(
    `${issueInsert(scope, {
      code: `CASE WHEN f.id IS NULL THEN 'MATCH_AMBIGUOUS' ELSE 'DUPLICATE_ROW' END`,
      severity: `CASE WHEN f.id IS NULL THEN 'warning' ELSE 'info' END`,
      field: quoteText(same.by.join(', ')),
      value: `concat_ws(', ', ${same.by.map((column) => `s.${quoteName(column)}`).join(', ')})`,
      args: `jsonb_build_object('table', '${table}')`,
    })} ${about}`,
  );
  await database.query(`DROP TABLE ${found}`);
}
