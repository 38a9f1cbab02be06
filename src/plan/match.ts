import type { TableName } from '../crm/column.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { valuesOf } from './comparable.ts';
import { isNamed, isOffice, namePair, namesOf } from './names.ts';
import { issueInsert, keysOf, losersOf, policyOf, type PlanScope } from './scope.ts';

/** Whether records of a table look for rows that the id map knows nothing of. */
export function matches(scope: PlanScope, table: TableName): boolean {
  const { any, then } = policyOf(scope, table).match;
  return any.length > 0 && then !== 'create';
}

/**
 * Finds the row of the CRM that each staged row is, where the id map knows none: creates
 * `…_matches (_ordinal, id, rows, refused)`. `id` is the one live row that fits an alternative; `rows` says how many
 * fit where it is not one; `refused` is set where one has the value, but not the name.
 *
 * People and companies are not known by an e-mail or a telephone number that several of them have, in the CRM or in
 * this input, nor by one whose holder has another name: a landline, an office's mailbox and a couple's address are
 * shared.
 */
export async function findMatches(scope: PlanScope, table: TableName): Promise<void> {
  const { database } = scope;
  const found = stagingTable(scope.runNo, table, '_matches');
  const alternatives = policyOf(scope, table).match.any;
  const parts = alternatives.map((columns, index) => alternative(scope, table, columns, index));
  await database.query(
    `CREATE TABLE ${found} AS WITH ${parts.map(({ tables }) => tables).join(', ')}` +
      `, found (_ordinal, id, n, fits) AS (${parts.map(({ found: rows }) => rows).join(' UNION ALL ')})` +
      `, judged AS (SELECT _ordinal, count(DISTINCT id) FILTER (WHERE n = 1 AND fits) AS fitting,` +
      ` min(id::text) FILTER (WHERE n = 1 AND fits) AS id, max(n) AS most FROM found GROUP BY _ordinal)` +
      ` SELECT _ordinal, CASE WHEN fitting = 1 THEN id::uuid END AS id,` +
      ` CASE WHEN fitting = 1 THEN 1 WHEN fitting > 1 THEN fitting WHEN most > 1 THEN most ELSE 0 END AS rows,` +
      ` fitting = 0 AND most = 1 AS refused FROM judged`,
  );
  await database.query(`ANALYZE ${found}`);
}

/** What one alternative finds, as common tables and a query for `(_ordinal, id, n, fits)`. */
function alternative(
  scope: PlanScope,
  table: TableName,
  columns: readonly string[],
  index: number,
): { readonly tables: string; readonly found: string } {
  const name = (part: string) => `${part}${String(index)}`;
  const value = (at: number) => `v${String(at)}`;
  const key =
    columns.length === 1
      ? 'v0.value'
      : `ARRAY[${columns.map((_, at) => `${value(at)}.value`).join(', ')}]::text`;
  const valued = (alias: string) =>
    columns.map((column, at) => valuesOf(table, column, alias, value(at))).join(' ');
  const live =
    `${stagingTable(scope.runNo, table)} s LEFT JOIN ${losersOf(scope)} l ON l.record = s._record` +
    ` LEFT JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key`;
  const isLive = `NOT s.is_deleted AND s._fate IS NULL AND l.record IS NULL`;
  // Some of these texts say nothing: an e-mail of spaces, a number of signs.
  const says = columns.map((_, at) => `${value(at)}.value <> ''`).join(' AND ');
  const tables = [
    `${name('asked')} AS (SELECT s._ordinal, ${key} AS key FROM ${live} ${valued('s')} WHERE ${isLive} AND k.target_id IS NULL AND ${says})`,
    `${name('held')} AS (SELECT key, min(id::text)::uuid AS id, count(DISTINCT id) AS n FROM (SELECT ${key} AS key, c.id FROM crm.${table} c ${valued('c')}` +
      ` WHERE c.account_id = '${scope.accountId}' AND NOT c.is_deleted AND ${says}${othersFeed(scope, table)}) h` +
      ` WHERE key IN (SELECT key FROM ${name('asked')}) GROUP BY key)`,
  ];
  const [column = ''] = columns;
  const guard = columns.length === 1 ? guardOf(table, column) : undefined;
  if (guard === undefined || !isNamed(table)) {
    return {
      tables: tables.join(', '),
      found: `SELECT a._ordinal, h.id, h.n, true FROM ${name('asked')} a JOIN ${name('held')} h ON h.key = a.key`,
    };
  }
  tables.push(
    `${name('shared')} AS (SELECT ${key} AS key, count(*) AS n FROM ${live} ${valued('s')} CROSS JOIN LATERAL ${namesOf(table, 's')} g` +
      ` WHERE ${isLive} AND ${key} IN (SELECT key FROM ${name('held')}) GROUP BY 1` +
      ` HAVING count(DISTINCT nullif(g.first, '')) > 1 OR (count(nullif(g.first, '')) = 0 AND count(DISTINCT nullif(g.last, '')) > 1))`,
  );
  return {
    tables: tables.join(', '),
    found:
      `SELECT a._ordinal, h.id, greatest(h.n, coalesce(x.n, 1)), ${guard} FROM ${name('asked')} a` +
      ` JOIN ${name('held')} h ON h.key = a.key LEFT JOIN ${name('shared')} x ON x.key = a.key` +
      ` JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = a._ordinal CROSS JOIN LATERAL ${namesOf(table, 's')} g` +
      ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = h.id CROSS JOIN LATERAL ${namesOf(table, 'c')} o`,
  };
}

/** A listing that another feed keeps in step is not this one's, whatever its reference. */
function othersFeed({ absent }: PlanScope, table: TableName): string {
  if (table !== 'properties' || absent?.feed === undefined) return '';
  return (
    ` AND NOT EXISTS (SELECT 1 FROM migration.feeds f WHERE f.account_id = c.account_id AND f.removed_at IS NULL` +
    ` AND f.id::text = c.feed_id AND f.number <> ${String(absent.feed.number)})`
  );
}

/**
 * When a shared value is taken for the same person, as SQL over the names `g` (staged) and `o` (CRM); nothing where the
 * column needs no guard.
 */
function guardOf(table: TableName, column: string): string | undefined {
  if (!isNamed(table)) return undefined;
  const { bothFirst, firstAlike, contradict, agree } = namePair('g', 'o');
  // A number is often a household's, so both parts of the name count.
  if (column === 'phone') return `NOT ${contradict}`;
  if (column !== 'email') return undefined;
  // An own address outlives a change of last name, where the first name is the same.
  const own = `CASE WHEN ${bothFirst} THEN ${firstAlike} ELSE NOT ${contradict} END`;
  return `CASE WHEN ${isOffice('a.key')} THEN ${agree} ELSE ${own} END`;
}

/** Reports rows that several rows of the CRM match, and rows whose match another one has, or that have another name. */
export async function noteMatches(scope: PlanScope, table: TableName): Promise<void> {
  const columns = [...new Set(policyOf(scope, table).match.any.flat())];
  const value = `concat_ws(', ', ${columns.map((column) => `s.${quoteName(column)}::text`).join(', ')})`;
  const found = {
    field: quoteText(columns.join(', ')),
    value,
  };
  const from =
    `FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_ids')} i ON i._ordinal = s._ordinal` +
    ` JOIN ${stagingTable(scope.runNo, table, '_matches')} m ON m._ordinal = s._ordinal`;
  await scope.database.query(
    `${issueInsert(scope, {
      ...found,
      code: `'MATCH_AMBIGUOUS'`,
      severity: `'warning'`,
      args: `jsonb_build_object('table', '${table}', 'rows', m.rows::text)`,
    })} ${from} WHERE m.rows > 1`,
  );
  await scope.database.query(
    `${issueInsert(scope, {
      ...found,
      code: `'MATCH_REFUSED'`,
      severity: `'info'`,
      args: `jsonb_build_object('table', '${table}', 'reason', CASE WHEN m.refused THEN 'name' ELSE 'taken' END)`,
    })} ${from} WHERE m.refused OR (m.id IS NOT NULL AND i.target_id <> m.id)`,
  );
}
