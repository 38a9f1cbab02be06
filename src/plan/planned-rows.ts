import type { TableName } from '../crm/column.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { expressionsOf } from './expressions.ts';
import { retiredTable } from './retire.ts';
import { policyOf, type PlanScope } from './scope.ts';

/** What a planned row, `s` with its plan `p` and the row `c` that it has already, holds once the plan is applied. */
export function plannedColumn(scope: PlanScope, table: TableName, column: string): string {
  const expression = expressionsOf(table, policyOf(scope, table), 'NULL::timestamptz').find(
    (one) => one.column === column,
  );
  if (expression === undefined) return `c.${quoteName(column)}`;
  const { inserted, updated, source, late } = expression;
  // The second pass fills a late link where the plan has one, and empties none.
  const changed = late ? `coalesce(${source}, c.${quoteName(column)})` : updated;
  return `CASE p.fate WHEN 'created' THEN ${inserted} WHEN 'updated' THEN ${changed} ELSE c.${quoteName(column)} END`;
}

/** The staged rows of a table that come in or are in already, as `s`, `p` and `c`. */
export function placedRows(scope: PlanScope, table: TableName): string {
  return (
    `${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal` +
    ` AND p.fate IN ('created', 'updated', 'unchanged')` +
    ` LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id`
  );
}

/**
 * The rows of a table as they will be once the plan is applied, those of other runs and systems included: a query
 * that gives `id`, `is_deleted` and the columns.
 */
export function plannedRows(
  scope: PlanScope,
  table: TableName,
  columns: readonly string[],
): string {
  const names = [...new Set(['is_deleted', ...columns])];
  const there = `SELECT c.id, ${names.map((name) => `c.${quoteName(name)}`).join(', ')} FROM crm.${table} c WHERE c.account_id = '${scope.accountId}'`;
  if (!scope.tables.includes(table)) return there;
  const planned = names.map((name) => `${plannedColumn(scope, table, name)} AS ${quoteName(name)}`);
  const retired = retiredTable(scope, table);
  return (
    `SELECT p.target_id AS id, ${planned.join(', ')} FROM ${placedRows(scope, table)} WHERE p.fate <> 'unchanged'` +
    ` UNION ALL ${there} AND NOT EXISTS (SELECT 1 FROM ${stagingTable(scope.runNo, table, '_plan')} u` +
    ` WHERE u.target_id = c.id AND u.fate = 'updated')` +
    (retired === undefined
      ? ''
      : ` AND NOT EXISTS (SELECT 1 FROM ${retired} r WHERE r.target_id = c.id)`)
  );
}
