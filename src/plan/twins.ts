import type { Column, TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { entityOf, issueInsert, keysOf, policyOf, sourceIdOf, type PlanScope } from './scope.ts';

/** The tables of which two records may stand for one row. */
const twinTables = (scope: PlanScope): readonly TableName[] =>
  scope.tables.filter((table) => policyOf(scope, table).twins);

const pairsOf = (scope: PlanScope, table: TableName): string =>
  stagingTable(scope.runNo, table, '_twins');

/**
 * Finds the records that name another one as standing for the same row, and fills the staged row of the first of the
 * two from the second: a live record comes before a deleted one, else the one that names the other. Creates
 * `…_twins (first, second)`, ordinals of staged rows. `replaced` is the table of records that a later one replaces.
 * Plan and verification both begin with it (formats.md §11, decision 4).
 */
export async function mergeTwins(scope: PlanScope, replaced: string): Promise<void> {
  const { database } = scope;
  for (const table of twinTables(scope)) {
    const staged = stagingTable(scope.runNo, table);
    const pairs = pairsOf(scope, table);
    await database.query(`CREATE TABLE ${pairs} AS ${pairing(scope, table, replaced)}`);
    await database.query(`ANALYZE ${pairs}`);
    await database.query(
      `UPDATE ${staged} f SET _hash = md5(f._hash::text || g._hash::text)::uuid, ${merged(table)}` +
        ` FROM ${pairs} t JOIN ${staged} g ON g._ordinal = t.second WHERE f._ordinal = t.first`,
    );
  }
}

/** Two records that became two rows earlier stay two; two that became one stay one. */
function pairing(scope: PlanScope, table: TableName, replaced: string): string {
  const swapped = 'p.is_deleted AND NOT q.is_deleted AS swapped';
  return (
    `WITH rows AS (SELECT s._ordinal, s._record, s._key, s._twin, s.is_deleted, k.target_id AS known` +
    ` FROM ${stagingTable(scope.runNo, table)} s LEFT JOIN ${replaced} r ON r.record = s._record` +
    ` LEFT JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key` +
    ` WHERE s._fate IS NULL AND r.record IS NULL)` +
    `, pairs AS (SELECT p._ordinal AS p, q._ordinal AS q, p._record, coalesce(p.known = q.known, false) AS settled, ${swapped}` +
    ` FROM rows p JOIN rows q ON q._key = p._twin AND q._twin IS NULL` +
    ` WHERE p.known IS NULL OR q.known IS NULL OR p.known = q.known` +
    ` UNION SELECT p._ordinal, q._ordinal, p._record, true, ${swapped}` +
    ` FROM rows p JOIN rows q ON q.known = p.known AND q._record > p._record` +
    ` AND p._twin IS DISTINCT FROM q._key AND q._twin IS DISTINCT FROM p._key)` +
    ` SELECT DISTINCT ON (q) CASE WHEN swapped THEN q ELSE p END AS first, CASE WHEN swapped THEN p ELSE q END AS second` +
    ` FROM pairs ORDER BY q, settled DESC, _record`
  );
}

/** The columns of the first row as both records fill them; what the second says otherwise is kept under its key. */
function merged(table: TableName): string {
  const columns = Object.entries(columnsOf(table)).filter(
    ([name]) => name !== 'is_deleted' && name !== 'custom_fields',
  );
  const others = columns.filter(([name, column]) => isKept(name, column, table));
  const differing = others.map(([name]) => {
    const [first, second] = [`f.${quoteName(name)}`, `g.${quoteName(name)}`];
    return `'${name}', CASE WHEN ${second} <> ${first} THEN to_jsonb(${second}) END`;
  });
  const fields = {
    first: `coalesce(f.custom_fields, '{}')`,
    second: `coalesce(g.custom_fields, '{}')`,
  };
  const other =
    `jsonb_strip_nulls(jsonb_build_object(${differing.join(', ')})) || coalesce((SELECT jsonb_object_agg(e.key, e.value)` +
    ` FROM jsonb_each(${fields.second}) e WHERE ${fields.first} ? e.key AND ${fields.first} -> e.key <> e.value), '{}')`;
  return [
    ...columns.map(([name, column]) => `${quoteName(name)} = ${mergedColumn(name, column)}`),
    `custom_fields = ${fields.second} || ${fields.first} || CASE WHEN ${other} = '{}' THEN '{}' ELSE jsonb_build_object(g._key, ${other}) END`,
  ].join(', ');
}

/** Lists are joined, so the first of them need not be kept beside; times of change say nothing of a person. */
function isKept(name: string, { type }: Column, table: TableName): boolean {
  if (type.kind === 'texts' || type.kind === 'json' || type.kind === 'boolean') return false;
  return !(`${name}s` in columnsOf(table)) && !name.endsWith('ed_at');
}

function mergedColumn(column: string, { type }: Column): string {
  const [first, second] = [`f.${quoteName(column)}`, `g.${quoteName(column)}`];
  if (column === 'created_at') return `least(${first}, ${second})`;
  if (column === 'updated_at') return `greatest(${first}, ${second})`;
  if (column === 'deleted_at')
    return `CASE WHEN f.is_deleted THEN greatest(${first}, ${second}) END`;
  // Whoever says yes to "do not contact" means it.
  if (type.kind === 'boolean') return `coalesce(${first} OR ${second}, ${first}, ${second})`;
  if (type.kind === 'json') return `coalesce(${second} || ${first}, ${first}, ${second})`;
  if (type.kind !== 'texts') return `coalesce(${first}, ${second})`;
  return (
    `CASE WHEN ${first} IS NULL OR ${second} IS NULL THEN coalesce(${first}, ${second}) ELSE ${first} ||` +
    ` ARRAY(SELECT v FROM unnest(${second}) WITH ORDINALITY u(v, n) WHERE v <> ALL (${first}) ORDER BY n) END`
  );
}

/** Gives both of two twins one row of the CRM: the second is a duplicate of the first. Follows `identify`. */
export async function placeTwins(scope: PlanScope): Promise<void> {
  const { database } = scope;
  for (const table of twinTables(scope)) {
    const staged = stagingTable(scope.runNo, table);
    const ids = stagingTable(scope.runNo, table, '_ids');
    const pairs = pairsOf(scope, table);
    await database.query(
      `UPDATE ${ids} f SET target_id = coalesce(f.known_id, g.known_id, nullif(f.target_id, fs._id), nullif(g.target_id, gs._id), f.target_id)` +
        ` FROM ${pairs} t JOIN ${staged} fs ON fs._ordinal = t.first JOIN ${staged} gs ON gs._ordinal = t.second` +
        ` JOIN ${ids} g ON g._ordinal = t.second WHERE f._ordinal = t.first`,
    );
    await database.query(
      `UPDATE ${ids} g SET target_id = f.target_id, duplicate = true FROM ${pairs} t JOIN ${ids} f ON f._ordinal = t.first` +
        ` WHERE g._ordinal = t.second`,
    );
    await database.query(
      `${issueInsert(scope, {
        code: `'DUPLICATE_ROW'`,
        severity: `'info'`,
        field: 'NULL',
        value: 'f._key',
        args: `jsonb_build_object('table', '${table}')`,
      })} FROM ${pairs} t JOIN ${staged} s ON s._ordinal = t.second JOIN ${staged} f ON f._ordinal = t.first`,
    );
    // A twin that is not in this run and came in earlier.
    await database.query(
      `UPDATE ${ids} i SET target_id = o.target_id FROM (SELECT DISTINCT ON (k.target_id) s._ordinal, k.target_id` +
        ` FROM ${staged} s JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._twin` +
        ` WHERE s._fate IS NULL AND NOT EXISTS (SELECT 1 FROM ${staged} x WHERE x._key = s._twin)` +
        ` AND NOT EXISTS (SELECT 1 FROM ${ids} y WHERE y.known_id = k.target_id) ORDER BY k.target_id, s._record) o` +
        ` WHERE i._ordinal = o._ordinal AND i.known_id IS NULL`,
    );
    await noteComplete(scope, table);
    await noteApart(scope, table);
  }
}

/** A row that its twin completes is not incomplete, and a record that completes another one need not be complete. */
async function noteComplete(scope: PlanScope, table: TableName): Promise<void> {
  const { database, runNo } = scope;
  const staged = stagingTable(runNo, table);
  const remaining =
    `SELECT s._ordinal = t.first AS first, i.entity, i.source_id, i.args,` +
    ` (SELECT string_agg(c.name, ', ' ORDER BY c.n) FROM unnest(string_to_array(i.args ->> 'columns', ', ')) WITH ORDINALITY c(name, n)` +
    ` WHERE to_jsonb(s) ->> c.name IS NULL) AS columns` +
    ` FROM ${pairsOf(scope, table)} t JOIN ${staged} s ON s._ordinal IN (t.first, t.second)` +
    ` JOIN migration.issues i ON i.run_no = ${String(runNo)} AND i.code = 'RECORD_INCOMPLETE' AND i.args ->> 'table' = '${table}'` +
    ` AND i.entity = ${entityOf('s')} AND i.source_id = ${sourceIdOf('s')}`;
  const same = `i.run_no = ${String(runNo)} AND i.code = 'RECORD_INCOMPLETE' AND i.entity = r.entity AND i.source_id = r.source_id AND i.args = r.args`;
  await database.query(
    `DELETE FROM migration.issues i USING (${remaining}) r WHERE ${same} AND (NOT r.first OR r.columns IS NULL)`,
  );
  await database.query(
    `UPDATE migration.issues i SET args = i.args || jsonb_build_object('columns', r.columns) FROM (${remaining}) r` +
      ` WHERE ${same} AND r.columns <> i.args ->> 'columns'`,
  );
}

/** What became of records whose twin is not there, was rejected, or is another record's. */
async function noteApart(scope: PlanScope, table: TableName): Promise<void> {
  const { database, runNo } = scope;
  const staged = stagingTable(runNo, table);
  const known = (alias: string) =>
    `EXISTS (SELECT 1 FROM migration.id_keys k WHERE k.account_id = '${scope.accountId}' AND k.system_no = ${String(scope.systemNo)} AND k.key = ${alias}._twin)`;
  const elsewhere = scope.tables
    .filter((other) => other !== table)
    .map(
      (other) =>
        `EXISTS (SELECT 1 FROM ${stagingTable(runNo, other)} x WHERE x._root AND x._key = s._twin)`,
    );
  await database.query(
    `${issueInsert(scope, {
      code: `CASE WHEN q._key IS NULL THEN 'PARENT_MISSING' WHEN q._fate IS NOT NULL THEN 'PARENT_NOT_IMPORTED' ELSE 'TWIN_APART' END`,
      severity: `'warning'`,
      field: `'twin'`,
      value: 's._twin',
      args: `jsonb_build_object('table', '${table}')`,
    })} FROM ${staged} s JOIN ${stagingTable(runNo, table, '_ids')} i ON i._ordinal = s._ordinal` +
      ` LEFT JOIN ${pairsOf(scope, table)} t ON s._ordinal IN (t.first, t.second)` +
      ` LEFT JOIN (SELECT DISTINCT ON (_key) _key, _fate FROM ${staged} ORDER BY _key, _fate NULLS FIRST) q ON q._key = s._twin` +
      ` WHERE s._twin IS NOT NULL AND s._fate IS NULL AND i.owns_key AND t.first IS NULL` +
      ` AND (q._key IS NOT NULL OR NOT (${[known('s'), ...elsewhere].join(' OR ')}))`,
  );
}

/** Drops what only the planning needed. */
export async function dropTwins(scope: PlanScope): Promise<void> {
  for (const table of twinTables(scope))
    await scope.database.query(`DROP TABLE ${pairsOf(scope, table)}`);
}
