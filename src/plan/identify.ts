import type { TableName, UniqueRule } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import {
  entityOf,
  fileOf,
  issueInsert,
  keysOf,
  policyOf,
  sourceIdOf,
  type PlanScope,
} from './scope.ts';

/** The table of records that another record with the same id replaces. */
export const losersOf = (scope: PlanScope): string => `staging.r${String(scope.runNo)}_losers`;

/**
 * Finds the records whose id another, later record of the run has too: the last one wins, and everything
 * that comes from the others is a duplicate.
 */
export async function findLosers(scope: PlanScope): Promise<void> {
  const { database } = scope;
  const losers = losersOf(scope);
  await database.query(`CREATE TABLE ${losers} (record bigint PRIMARY KEY)`);
  for (const table of scope.tables) {
    const staged = stagingTable(scope.runNo, table);
    const repeated =
      `SELECT _key, max(_record) AS last FROM ${staged} WHERE _part_length = 0 AND _fate IS NULL` +
      ` GROUP BY _key HAVING count(*) > 1`;
    const { affected } = await database.query(
      `INSERT INTO ${losers} SELECT s._record FROM ${staged} s JOIN (${repeated}) d ON d._key = s._key` +
        ` WHERE s._part_length = 0 AND s._fate IS NULL AND s._record <> d.last ON CONFLICT DO NOTHING`,
    );
    if (affected === 0) continue;
    await database.query(
      `${issueInsert(scope, {
        code: `'DUPLICATE_ID'`,
        severity: `'warning'`,
        field: 'NULL',
        value: sourceIdOf('s'),
        args: `jsonb_build_object('entity', ${entityOf('s')}, 'lastFile', ${fileOf(scope, 'w')}, 'lastLine', w._line::text)`,
      })} FROM ${staged} s JOIN ${losers} l ON l.record = s._record JOIN (${repeated}) d ON d._key = s._key` +
        ` JOIN ${staged} w ON w._record = d.last AND w._key = d._key WHERE s._part_length = 0`,
    );
  }
}

/**
 * Gives every staged row of a table its row of the CRM: the one the id map knows, the one its natural key
 * matches, or a new one. Creates
 * `…_ids (_ordinal, _key, target_id, known_id, known_hash, duplicate, owns_key, cleared, matches)`.
 */
export async function identify(scope: PlanScope, table: TableName): Promise<void> {
  const staged = stagingTable(scope.runNo, table);
  const ids = stagingTable(scope.runNo, table, '_ids');
  const unique = tables[table].unique?.[0];
  const base =
    `SELECT s._ordinal, s._record, s._key, s._id, l.record IS NOT NULL AS lost, k.target_id AS known_id,` +
    ` k.row_hash AS known_hash, m.id AS match_id, coalesce(m.n, 0) AS matches,` +
    ` s._fate IS NULL AND l.record IS NULL AND NOT s.is_deleted AS live,` +
    ` ${unique === undefined ? 'NULL::text' : uniqueValue(unique, 's')} AS value` +
    ` FROM ${staged} s LEFT JOIN ${losersOf(scope)} l ON l.record = s._record` +
    ` LEFT JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key` +
    ` LEFT JOIN ${matchesOf(scope, table)}`;
  await scope.database.query(
    `CREATE TABLE ${ids} AS WITH base AS (${base})${unique === undefined ? plainIds : uniqueIds(scope, table, unique)}`,
  );
  await scope.database.query(`CREATE INDEX ON ${ids} (_ordinal)`);
  await scope.database.query(`ANALYZE ${ids}`);
  if (policyOf(scope, table).match.length > 0) await noteAmbiguous(scope, table);
}

/** Rows of the CRM by natural key; a key that several rows have matches none of them. */
function matchesOf(scope: PlanScope, table: TableName): string {
  const { match } = policyOf(scope, table);
  if (match.length === 0) return `(SELECT NULL::uuid AS id, 0 AS n LIMIT 0) m ON false`;
  const values = match.map((column) => matchValue(column, 'c'));
  const names = match.map((_, index) => `m${String(index)}`);
  return (
    `(SELECT ${values.map((value, index) => `${value} AS ${String(names[index])}`).join(', ')},` +
    ` min(c.id::text)::uuid AS id, count(*) AS n FROM crm.${table} c` +
    ` WHERE c.account_id = '${scope.accountId}' AND NOT c.is_deleted` +
    ` AND ${values.map((value) => `${value} IS NOT NULL`).join(' AND ')}` +
    ` GROUP BY ${names.join(', ')}) m ON k.target_id IS NULL AND NOT s.is_deleted AND s._fate IS NULL` +
    ` AND l.record IS NULL AND ${match.map((column, index) => `m.${String(names[index])} = ${matchValue(column, 's')}`).join(' AND ')}`
  );
}

const matchValue = (column: string, alias: string): string =>
  column === 'email' ? `lower(${alias}.email)` : `${alias}.${quoteName(column)}`;

const uniqueValue = (rule: UniqueRule, alias: string): string =>
  `CASE WHEN NOT ${alias}.is_deleted THEN ${matchValue(rule.column, alias)} END`;

const plainIds =
  ` SELECT _ordinal, _key, coalesce(known_id, CASE WHEN matches = 1 THEN match_id END, _id) AS target_id,` +
  ` known_id, known_hash, lost AS duplicate, NOT lost AS owns_key, false AS cleared, matches FROM base`;

/**
 * Two live rows may not share the value: the one whose row of the CRM holds it comes first, then known rows, then
 * the order of the file. The others are the same row (`duplicate`), or rows without the value (`clear`).
 */
function uniqueIds(scope: PlanScope, table: TableName, rule: UniqueRule): string {
  const duplicate = rule.collision === 'duplicate';
  return (
    `, holders AS (SELECT ${uniqueValue(rule, 'c')} AS value, c.id FROM crm.${table} c` +
    ` WHERE c.account_id = '${scope.accountId}' AND NOT c.is_deleted AND c.${quoteName(rule.column)} IS NOT NULL)` +
    `, found AS (SELECT b._ordinal, b._record, b._key, b._id, b.lost, b.known_id, b.known_hash, b.matches,` +
    ` CASE WHEN b.live THEN b.value END AS value, h.id AS holder,` +
    ` CASE WHEN b.matches = 1 AND NOT EXISTS (SELECT 1 FROM base o WHERE o.known_id = b.match_id) THEN b.match_id END AS match_id` +
    ` FROM base b LEFT JOIN holders h ON b.live AND h.value = b.value)` +
    `, ranked AS (SELECT *, row_number() OVER (PARTITION BY value ORDER BY` +
    ` coalesce(coalesce(known_id, match_id) = holder, false) DESC, known_id IS NULL, _record) AS place FROM found)` +
    `, placed AS (SELECT *, coalesce(known_id, CASE WHEN place = 1 THEN match_id END, _id) AS own_id FROM ranked)` +
    `, judged AS (SELECT *, value IS NOT NULL AND (place > 1 OR (holder IS NOT NULL AND holder <> own_id)) AS collides,` +
    ` CASE WHEN value IS NOT NULL THEN coalesce(holder, first_value(own_id) OVER (PARTITION BY value ORDER BY place)) END AS twin_id FROM placed)` +
    ` SELECT _ordinal, _key, ${duplicate ? 'CASE WHEN collides THEN twin_id ELSE own_id END' : 'own_id'} AS target_id,` +
    ` known_id, known_hash, lost${duplicate ? ' OR collides' : ''} AS duplicate,` +
    ` NOT lost AS owns_key, ${duplicate ? 'false' : 'collides'} AS cleared, matches FROM judged`
  );
}

async function noteAmbiguous(scope: PlanScope, table: TableName): Promise<void> {
  const { match } = policyOf(scope, table);
  await scope.database.query(
    `${issueInsert(scope, {
      code: `'MATCH_AMBIGUOUS'`,
      severity: `'warning'`,
      field: `'${match.join(', ')}'`,
      value: match.map((column) => `s.${quoteName(column)}::text`).join(` || ', ' || `),
      args: `jsonb_build_object('table', '${table}', 'rows', i.matches::text)`,
    })} FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_ids')} i` +
      ` ON i._ordinal = s._ordinal WHERE i.matches > 1`,
  );
}
