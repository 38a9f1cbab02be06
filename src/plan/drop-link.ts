import type { TableName } from '../crm/column.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { linksOf, type LinkColumn } from './links.ts';
import { linkText } from './lookups.ts';
import { hashOf } from './row-hash.ts';
import { issueInsert, keysOf, policyOf, type PlanScope } from './scope.ts';

/**
 * Takes back a link whose row does not come in after all, with an issue: the rows of a plan that have it come in
 * without it, the raw key kept beside them, or wait, where they cannot be without it. `vain` is a condition over
 * `p` (the plan) and `s` (what was staged) that is false once the link is gone. Of rows that are `written` already,
 * the link is just not written; their fate stands in the ledger.
 */
export async function dropLink(
  scope: PlanScope,
  table: TableName,
  link: LinkColumn,
  vain: string,
  written = false,
): Promise<void> {
  const { database, runNo } = scope;
  const { name, to, required } = link;
  const column = quoteName(name);
  const plan = stagingTable(runNo, table, '_plan');
  const found =
    `${plan} p JOIN ${stagingTable(runNo, table)} s ON s._ordinal = p._ordinal` +
    ` WHERE p.fate IN ('created', 'updated', 'unchanged') AND ${vain}`;
  const { rows } = await database.query(`SELECT EXISTS (SELECT 1 FROM ${found}) AS any`);
  if (rows[0]?.['any'] !== true) return;
  await database.query(
    `${issueInsert(scope, {
      code: `'PARENT_NOT_IMPORTED'`,
      severity: `'warning'`,
      field: `'${name}'`,
      value: linkText(link, 's'),
      args: `jsonb_build_object('table', '${table}', 'parent', '${to}', 'fate', ${required ? `'parked'` : 'p.fate'})`,
    })} FROM ${found}`,
  );
  if (required) {
    await database.query(
      `UPDATE ${plan} u SET fate = 'parked' FROM (SELECT p._ordinal FROM ${found}) v WHERE u._ordinal = v._ordinal`,
    );
    return;
  }
  if (written) {
    await database.query(
      `UPDATE ${plan} u SET ${column} = NULL FROM (SELECT p._ordinal FROM ${found}) v WHERE u._ordinal = v._ordinal`,
    );
    return;
  }
  const linked = linksOf(table, policyOf(scope, table)).map((other) =>
    other.name === name ? `''` : `coalesce(p.${quoteName(other.name)}::text, '')`,
  );
  // Judged anew without the link: what was hoped for has another id in every run, so every run would change the row.
  await database.query(
    `UPDATE ${plan} u SET ${column} = NULL, _extra = coalesce(u._extra, '{}') || v.extra, row_hash = v.hash,` +
      ` changed = v.known_hash IS DISTINCT FROM v.hash,` +
      ` fate = CASE WHEN u.fate = 'updated' AND v.known_hash = v.hash THEN 'unchanged' ELSE u.fate END FROM` +
      ` (SELECT p._ordinal, jsonb_build_object('${name}', ${linkText(link, 's')}) AS extra,` +
      ` ${hashOf(linked)} AS hash,` +
      ` (SELECT k.row_hash FROM migration.id_keys k WHERE ${keysOf(scope, table, 'k')} AND k.key = s._key) AS known_hash` +
      ` FROM ${found}) v WHERE u._ordinal = v._ordinal`,
  );
}
