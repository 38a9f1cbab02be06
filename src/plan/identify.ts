import type { TableName, UniqueRule } from '../crm/column.ts';
import { tables } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { findMatches, matches, noteMatches } from './match.ts';
import {
  entityOf,
  fileOf,
  issueInsert,
  keysOf,
  losersOf,
  policyOf,
  sourceIdOf,
  type PlanScope,
} from './scope.ts';

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
 * Gives every staged row of a table its row of the CRM: the one the id map knows, the one it matches, or a new one.
 * Creates `…_ids (_ordinal, _key, target_id, known_id, known_hash, duplicate, owns_key, cleared, linked)`; `linked` rows
 * stay as they are in the CRM.
 */
export async function identify(scope: PlanScope, table: TableName): Promise<void> {
  const staged = stagingTable(scope.runNo, table);
  const ids = stagingTable(scope.runNo, table, '_ids');
  const unique = tables[table].unique?.[0];
  const matching = matches(scope, table);
  if (matching) await findMatches(scope, table);
  const base =
    `SELECT s._ordinal, s._record, s._key, s._id, l.record IS NOT NULL AS lost, k.target_id AS known_id,` +
    ` k.row_hash AS known_hash, ${leavesAsIs(scope, table) ? 'coalesce(k.is_linked, false)' : 'false'} AS was_linked,` +
    ` ${matching ? 'm.id' : 'NULL::uuid'} AS match_id,` +
    ` s._fate IS NULL AND l.record IS NULL AND NOT s.is_deleted AS live,` +
    ` ${unique === undefined ? 'NULL::text' : uniqueValue(unique, 's')} AS value` +
    ` FROM ${staged} s LEFT JOIN ${losersOf(scope)} l ON l.record = s._record` +
    ` LEFT JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key` +
    (matching
      ? ` LEFT JOIN ${stagingTable(scope.runNo, table, '_matches')} m ON m._ordinal = s._ordinal`
      : '');
  await scope.database.query(
    `CREATE TABLE ${ids} AS WITH base AS (${base}), claims AS (${claimsOf(scope, table)})` +
      (unique === undefined ? plainIds : uniqueIds(scope, table, unique)),
  );
  await scope.database.query(`CREATE INDEX ON ${ids} (_ordinal)`);
  await scope.database.query(`ANALYZE ${ids}`);
  if (matching) await noteMatches(scope, table);
}

/** Whether a row of the CRM that a record matches stays as it is. */
function leavesAsIs(scope: PlanScope, table: TableName): boolean {
  const { then } = policyOf(scope, table).match;
  return then === 'link' || then === 'skip';
}

/**
 * Which row of the CRM each staged row may have for its own. Many records may be linked to one row, but only one may
 * write it: a record that is known to have it, else the first of the input.
 */
function claimsOf(scope: PlanScope, table: TableName): string {
  if (!matches(scope, table)) return `SELECT *, match_id AS claim FROM base`;
  if (leavesAsIs(scope, table) && tables[table].unique === undefined)
    return `SELECT *, match_id AS claim FROM base`;
  return (
    `SELECT *, CASE WHEN match_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM base o WHERE o.known_id = b.match_id)` +
    ` AND row_number() OVER (PARTITION BY match_id ORDER BY _record, _ordinal) = 1 THEN match_id END AS claim FROM base b`
  );
}

const uniqueValue = (rule: UniqueRule, alias: string): string => {
  const value =
    rule.column === 'email' ? `lower(${alias}.email)` : `${alias}.${quoteName(rule.column)}`;
  return `CASE WHEN NOT ${alias}.is_deleted THEN ${value} END`;
};

const isLinked = `was_linked OR (known_id IS NULL AND claim IS NOT NULL AND own_id = claim)`;

const plainIds =
  ` SELECT _ordinal, _key, own_id AS target_id, known_id, known_hash, lost AS duplicate, NOT lost AS owns_key,` +
  ` false AS cleared, ${isLinked} AS linked FROM (SELECT *, coalesce(known_id, claim, _id) AS own_id FROM claims) x`;

/**
 * Two live rows may not share the value: the one whose row of the CRM holds it comes first, then known rows, then
 * the order of the file. The others are the same row (`duplicate`), or rows without the value (`clear`).
 */
function uniqueIds(scope: PlanScope, table: TableName, rule: UniqueRule): string {
  const duplicate = rule.collision === 'duplicate';
  return (
    `, holders AS (SELECT ${uniqueValue(rule, 'c')} AS value, c.id FROM crm.${table} c` +
    ` WHERE c.account_id = '${scope.accountId}' AND NOT c.is_deleted AND c.${quoteName(rule.column)} IS NOT NULL)` +
    `, found AS (SELECT b._ordinal, b._record, b._key, b._id, b.lost, b.known_id, b.known_hash, b.was_linked, b.claim,` +
    ` CASE WHEN b.live THEN b.value END AS value, h.id AS holder` +
    ` FROM claims b LEFT JOIN holders h ON b.live AND h.value = b.value)` +
    `, ranked AS (SELECT *, row_number() OVER (PARTITION BY value ORDER BY` +
    ` coalesce(coalesce(known_id, claim) = holder, false) DESC, known_id IS NULL, _record) AS place FROM found)` +
    `, placed AS (SELECT *, coalesce(known_id, CASE WHEN place = 1 OR value IS NULL THEN claim END, _id) AS own_id FROM ranked)` +
    `, judged AS (SELECT *, value IS NOT NULL AND (place > 1 OR (holder IS NOT NULL AND holder <> own_id)) AS collides,` +
    ` CASE WHEN value IS NOT NULL THEN coalesce(holder, first_value(own_id) OVER (PARTITION BY value ORDER BY place)) END AS twin_id FROM placed)` +
    ` SELECT _ordinal, _key, ${duplicate ? 'CASE WHEN collides THEN twin_id ELSE own_id END' : 'own_id'} AS target_id,` +
    ` known_id, known_hash, lost${duplicate ? ' OR collides' : ''} AS duplicate,` +
    ` NOT lost AS owns_key, ${duplicate ? 'false' : 'collides'} AS cleared, ${isLinked} AS linked FROM judged`
  );
}
