import type { TableName } from '../crm/column.ts';
import { stagingTable } from '../staging/tables.ts';
import type { LinkColumn } from './links.ts';
import { valueKeys } from './lookups.ts';
import { keysOf, type PlanScope } from './scope.ts';

/** Where a link column finds its rows: what this run places, and what earlier runs did. */
export function linkTargets(scope: PlanScope, link: LinkColumn): string {
  if (!scope.tables.includes(link.to)) {
    const values = valueKeys(scope, link.to, undefined);
    return values === undefined
      ? knownKeys(scope, link.to)
      : `(SELECT key, id, false AS several FROM ${knownKeys(scope, link.to)} k${alsoBy(values)})`;
  }
  return link.late
    ? stagingTable(scope.runNo, link.to, '_hopes')
    : stagingTable(scope.runNo, link.to, '_keys');
}

/**
 * Rows that a late link may mean before their table is planned: creates `…_hopes (key, id, several)`.
 * `settleLateLinks` takes back what was hoped for in vain.
 */
export async function hopefulKeys(scope: PlanScope, table: TableName): Promise<void> {
  const hopes = stagingTable(scope.runNo, table, '_hopes');
  const values = valueKeys(scope, table, {
    from: `${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_ids')} i ON i._ordinal = s._ordinal`,
    id: `CASE WHEN s._fate IS NULL THEN i.target_id END`,
    where: `s._fate IS DISTINCT FROM 'excluded' AND i.owns_key`,
  });
  await scope.database.query(
    `CREATE TABLE ${hopes} AS SELECT i._key AS key, i.target_id AS id, false AS several FROM ${stagingTable(scope.runNo, table, '_ids')} i` +
      ` JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = i._ordinal WHERE s._fate IS NULL AND i.owns_key` +
      ` UNION ALL SELECT key, id, false FROM ${knownKeys(scope, table)} k WHERE NOT EXISTS` +
      ` (SELECT 1 FROM ${stagingTable(scope.runNo, table)} s WHERE s._key = k.key AND s._fate IS NULL)` +
      alsoBy(values),
  );
  await scope.database.query(`ANALYZE ${hopes}`);
}

/** Creates `…_keys (key, id, several)`: the rows of a planned table that others may refer to. */
export async function linkKeys(scope: PlanScope, table: TableName): Promise<void> {
  const keys = stagingTable(scope.runNo, table, '_keys');
  const staged = stagingTable(scope.runNo, table);
  const placed =
    `SELECT i._key AS key, p.target_id AS id FROM ${stagingTable(scope.runNo, table, '_plan')} p` +
    ` JOIN ${stagingTable(scope.runNo, table, '_ids')} i ON i._ordinal = p._ordinal`;
  const values = valueKeys(scope, table, {
    from: `${staged} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal`,
    id: `CASE WHEN p.fate IN ('created', 'updated', 'unchanged', 'duplicate') THEN p.target_id END`,
    where: `p.fate <> 'excluded' AND p._owns_key`,
  });
  await scope.database.query(
    `CREATE TABLE ${keys} AS (SELECT DISTINCT ON (key) key, id, false AS several FROM (` +
      `SELECT key, id, 1 AS rank FROM (${placed} WHERE p.fate IN ('created', 'updated', 'unchanged')) a` +
      // A duplicate of another kind (an agent with the same e-mail) has a key of its own for the same row.
      ` UNION ALL SELECT key, id, 2 FROM (${placed} WHERE p.fate = 'duplicate') b` +
      (table === 'users'
        ? ` UNION ALL SELECT 'email:' || lower(s.email), p.target_id, 1 FROM ${staged} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p` +
          ` ON p._ordinal = s._ordinal WHERE s.email IS NOT NULL AND NOT s.is_deleted AND p.fate IN ('created', 'updated', 'unchanged')`
        : '') +
      ` UNION ALL SELECT key, id, 3 FROM ${knownKeys(scope, table)} k) x ORDER BY key, rank)` +
      alsoBy(values),
  );
  await scope.database.query(`ANALYZE ${keys}`);
}

/** Rows that are in the CRM already, by the keys of earlier runs; agents also by e-mail. */
function knownKeys(scope: PlanScope, table: TableName): string {
  const known =
    `SELECT k.key, k.target_id AS id FROM migration.id_keys k JOIN crm.${table} c ON c.account_id = k.account_id` +
    ` AND c.id = k.target_id WHERE ${keysOf(scope, table, 'k')}`;
  return table === 'users'
    ? `(${known} UNION ALL SELECT 'email:' || lower(u.email), u.id FROM crm.users u WHERE u.account_id = '${scope.accountId}'` +
        ` AND NOT u.is_deleted AND u.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM migration.id_keys k WHERE ${keysOf(scope, table, 'k')} AND k.key = 'email:' || lower(u.email)))`
    : `(${known})`;
}

const alsoBy = (values: string | undefined): string =>
  values === undefined ? '' : ` UNION ALL ${values}`;
