import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { linksOf } from './links.ts';
import { issueInsert, policyOf, type PlanScope } from './scope.ts';

// Rows that were in the CRM before their record was, and stay as they are: `then: link` and `then: skip`.

/** The table of records that are skipped with all their rows. */
export const skippedOf = (scope: PlanScope): string => `staging.r${String(scope.runNo)}_skipped`;

const isSkipping = (scope: PlanScope): boolean =>
  scope.tables.some((table) => policyOf(scope, table).match.then === 'skip');

/** Creates `skippedOf`, where some table's matches are skipped. */
export async function findSkipped(scope: PlanScope): Promise<void> {
  const skipped = scope.tables
    .filter((table) => policyOf(scope, table).match.then === 'skip')
    .map(
      (table) =>
        `SELECT s._record AS record FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_ids')} i` +
        ` ON i._ordinal = s._ordinal AND i.linked WHERE s._root AND s._fate IS NULL`,
    );
  if (skipped.length === 0) return;
  await scope.database.query(`CREATE TABLE ${skippedOf(scope)} AS ${skipped.join(' UNION ALL ')}`);
}

/** Cases of the fate of a row, as SQL over its plan `p`, its staged row `s` and the row `c` of the CRM. */
export function linkedFate(scope: PlanScope, table: TableName): string {
  const { then } = policyOf(scope, table).match;
  const further = isSkipping(scope)
    ? `WHEN NOT s._root AND s._record IN (SELECT record FROM ${skippedOf(scope)}) THEN 'excluded'\n            `
    : '';
  if (then === 'skip')
    return `${further}WHEN p.linked AND c.id IS NOT NULL THEN 'duplicate'\n            `;
  if (then !== 'link') return further;
  // A row that a person deleted, or that outlives its record, is not what the record says of itself.
  return (
    `${further}WHEN p.linked AND c.id IS NOT NULL THEN` +
    ` CASE WHEN c.is_deleted = s.is_deleted THEN 'unchanged' ELSE 'duplicate' END\n            `
  );
}

/** Reports the rows that stay as they are, and what the source says otherwise of them. */
export async function noteLinked(scope: PlanScope, table: TableName): Promise<void> {
  const policy = policyOf(scope, table);
  const { then } = policy.match;
  if (then !== 'link' && then !== 'skip') return;
  const links = new Set(linksOf(table, policy).map(({ name }) => name));
  const said = Object.keys(columnsOf(table))
    .filter((column) => policy.columns.includes(column))
    .map((column) => {
      const own = links.has(column) ? `p.${quoteName(column)}` : `s.${quoteName(column)}`;
      return `('${column}', (${own})::text, (${own} IS NOT NULL AND ${own} IS DISTINCT FROM c.${quoteName(column)}))`;
    });
  const differences =
    said.length === 0
      ? ` CROSS JOIN LATERAL (SELECT NULL::text AS names, NULL::text AS said) x`
      : ` CROSS JOIN LATERAL (SELECT string_agg(d.name, ', ') AS names, jsonb_object_agg(d.name, d.said)::text AS said` +
        ` FROM (VALUES ${said.join(', ')}) d(name, said, differs) WHERE d.differs) x`;
  const isNoted = then === 'skip' ? `p.fate = 'duplicate'` : `p.changed AND s._fate IS NULL`;
  await scope.database.query(
    `${issueInsert(scope, {
      code: then === 'skip' ? `'MATCH_SKIPPED'` : `'MATCH_LINKED'`,
      severity: `'info'`,
      field: 'NULL',
      value: 'NULL',
      args: `jsonb_strip_nulls(jsonb_build_object('table', '${table}', 'id', c.id, 'differs', x.names, 'source', x.said))`,
    })} FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal AND p._linked` +
      ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id${differences} WHERE ${isNoted}`,
  );
}
