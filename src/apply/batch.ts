import type { TableName } from '../crm/column.ts';
import { quoteName } from '../database/sql.ts';
import type { TablePolicy } from '../mapping/contract.ts';
import { expressionsOf } from '../plan/expressions.ts';
import { columnHash, imprintAt, imprintColumns, imprintOf } from '../plan/imprint.ts';
import { entityOf, keysOf, policyOf, sourceIdOf, tableNo, type PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import { keepEntries, keepRows } from './before.ts';

/** Staged rows from one ordinal up to, not including, another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What one batch did; compared with what the plan said. */
export interface BatchResult {
  readonly created: number;
  readonly updated: number;
}

/** What a table's plan holds at all, so that batches need not look for what is not there. */
export interface TableWork {
  readonly updates: boolean;
  /** Keys that earlier runs gave. */
  readonly known: boolean;
  /** Rows in which people's edits are. */
  readonly edits: boolean;
  /** Rows that do not come in. */
  readonly unplaced: boolean;
  /** Rows that did not come in earlier, and may now. */
  readonly waiting: boolean;
}

/** Looks once through the plan of a table. */
export async function workOf(scope: PlanScope, table: TableName): Promise<TableWork> {
  const plan = stagingTable(scope.runNo, table, '_plan');
  const { rows } = await scope.database.query(
    `SELECT EXISTS (SELECT 1 FROM ${plan} WHERE fate = 'updated') AS updates,` +
      ` EXISTS (SELECT 1 FROM ${plan} WHERE known) AS known, EXISTS (SELECT 1 FROM ${plan} WHERE _held IS NOT NULL) AS edits,` +
      ` EXISTS (SELECT 1 FROM ${plan} WHERE fate IN ('parked', 'rejected', 'excluded', 'duplicate')) AS unplaced,` +
      ` EXISTS (SELECT 1 FROM migration.unplaced_keys u WHERE ${keysOf(scope, table, 'u')}) AS waiting`,
  );
  const found = rows[0];
  return {
    updates: found?.['updates'] === true,
    known: found?.['known'] === true,
    edits: found?.['edits'] === true,
    unplaced: found?.['unplaced'] === true,
    waiting: found?.['waiting'] === true,
  };
}

/**
 * Writes one range of a table's plan: rows, id map, ledger and what is not placed. To be run inside one
 * transaction together with the checkpoint. `now` is an SQL literal.
 */
export async function applyBatch(
  scope: PlanScope,
  table: TableName,
  range: Range,
  work: TableWork,
  now: string,
): Promise<BatchResult> {
  const created = await insertRows(scope, table, range, now);
  const updated = work.updates ? await updateRows(scope, table, range, now) : 0;
  await mapIds(scope, table, range, work);
  if (work.waiting) await forgetPlaced(scope, table, range);
  if (work.unplaced) await recordUnplaced(scope, table, range, work);
  await recordFates(scope, table, range);
  return { created, updated };
}

function rowsOf(scope: PlanScope, table: TableName, { from, to }: Range): string {
  const between = (alias: string) =>
    `${alias}._ordinal >= ${String(from)} AND ${alias}._ordinal < ${String(to)}`;
  return (
    `${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p` +
    ` ON p._ordinal = s._ordinal AND ${between('p')} AND ${between('s')}`
  );
}

async function insertRows(
  scope: PlanScope,
  table: TableName,
  range: Range,
  now: string,
): Promise<number> {
  const expressions = expressionsOf(table, policyOf(scope, table), now);
  const { affected } = await scope.database.query(
    `INSERT INTO crm.${table} (account_id, id, ${expressions.map(({ column }) => quoteName(column)).join(', ')})` +
      ` SELECT '${scope.accountId}', p.target_id, ${expressions
        .map(({ inserted, late }) => (late ? 'NULL' : inserted))
        .join(', ')} FROM ${rowsOf(scope, table, range)} AND p.fate = 'created'`,
  );
  return affected;
}

async function updateRows(
  scope: PlanScope,
  table: TableName,
  range: Range,
  now: string,
): Promise<number> {
  const chosen = `${rowsOf(scope, table, range)} AND p.fate = 'updated'`;
  const found = await keepRows(
    scope,
    table,
    `${chosen} JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id`,
  );
  if (found === 0) return 0;
  const set = expressionsOf(table, policyOf(scope, table), now)
    .filter(({ late }) => !late)
    .map(({ column, updated }) => `${quoteName(column)} = ${updated}`);
  const { affected } = await scope.database.query(
    `UPDATE crm.${table} c SET ${set.join(', ')} FROM ${chosen}` +
      ` WHERE c.account_id = '${scope.accountId}' AND c.id = p.target_id`,
  );
  return affected;
}

async function mapIds(
  scope: PlanScope,
  table: TableName,
  range: Range,
  work: TableWork,
): Promise<void> {
  const rows = rowsOf(scope, table, range);
  // A record that another one with the same id replaces has no key of its own.
  const twins = `p.fate = 'duplicate' AND p.target_id <> s._id AND NOT p.known AND p._owns_key`;
  const mapped = `(p.fate IN ('created', 'updated') OR (p.fate = 'unchanged' AND p.changed) OR (${twins}))`;
  const entry = `${keysOf(scope, table, 'k')} AND k.key = s._key`;
  if (work.known) {
    const known = `${rows} JOIN migration.id_keys k ON ${entry} WHERE p.known AND ${mapped}`;
    await keepEntries(scope, table, 'placed', known);
  }
  // What the run has written, or found where it only wrote a key for it: later edits show against it.
  const written = `c.account_id = '${scope.accountId}' AND c.id = p.target_id AND (p.fate IN ('created', 'updated') OR (p.fate = 'unchanged' AND NOT p.known) OR p._held IS NOT NULL)`;
  const imprint = work.edits
    ? imprintBesideEdits(table, policyOf(scope, table))
    : imprintOf(table, 'c');
  const former = work.edits
    ? ` LEFT JOIN migration.id_keys o ON ${keysOf(scope, table, 'o')} AND o.key = s._key AND p._held IS NOT NULL`
    : '';
  await scope.database.query(
    `INSERT INTO migration.id_keys AS k (account_id, system_no, table_no, key, part_length, target_id, row_hash, run_no,` +
      ` is_linked, created_by, imprint, imprinted, has_edits)` +
      ` SELECT '${scope.accountId}', ${String(scope.systemNo)}, ${String(tableNo(table))}, s._key, s._part_length,` +
      ` p.target_id, p.row_hash, ${String(scope.runNo)}, p._linked, CASE WHEN p.fate = 'created' THEN ${String(scope.runNo)} END,` +
      ` CASE WHEN c.id IS NOT NULL THEN ${imprint} END,` +
      ` CASE WHEN c.id IS NOT NULL THEN pg_current_xact_id()::xid END, p._held IS NOT NULL` +
      ` FROM ${rows} LEFT JOIN crm.${table} c ON ${written}${former} WHERE ${mapped}` +
      ` ON CONFLICT (account_id, system_no, table_no, key)` +
      ` DO UPDATE SET target_id = excluded.target_id, row_hash = excluded.row_hash, run_no = excluded.run_no,` +
      ` is_linked = excluded.is_linked, created_by = coalesce(excluded.created_by, k.created_by), imprint = coalesce(excluded.imprint, k.imprint),` +
      ` imprinted = coalesce(excluded.imprinted, k.imprinted), has_edits = excluded.has_edits`,
  );
}

// What an import writes whatever its mappings say.
const alwaysWritten = ['is_deleted', 'deleted_at', 'created_at', 'custom_fields'];

/**
 * The imprint of a row `c` that was written beside edits of people: an edit that stayed is no word of the tool, so that
 * it shows as an edit the next time, too; nor is what no rule of the mappings writes. `o` is the entry as it was.
 */
function imprintBesideEdits(table: TableName, { columns }: TablePolicy): string {
  const written = new Set([...columns, ...alwaysWritten]);
  const hashes = imprintColumns(table).map((column) => {
    const hash = columnHash(table, column, `c.${quoteName(column)}`);
    const stays = written.has(column) ? `'${column}' = ANY (p._held)` : 'p._held IS NOT NULL';
    return `CASE WHEN ${stays} THEN ${imprintAt(table, column, 'o.imprint')} ELSE ${hash} END`;
  });
  return `ARRAY[${hashes.join(', ')}]`;
}

/** Takes keys off the list of those that are not in the CRM, once they are. */
async function forgetPlaced(scope: PlanScope, table: TableName, range: Range): Promise<void> {
  const placed = `${keysOf(scope, table, 'k')} AND k.key = s._key AND p.fate IN ('created', 'updated', 'unchanged')`;
  const rows = rowsOf(scope, table, range);
  await keepEntries(
    scope,
    table,
    'unplaced',
    `${rows} JOIN migration.unplaced_keys k ON ${placed}`,
  );
  await scope.database.query(`DELETE FROM migration.unplaced_keys k USING ${rows} WHERE ${placed}`);
}

/** Keeps in mind which keys are not in the CRM and why, until they are. */
async function recordUnplaced(
  scope: PlanScope,
  table: TableName,
  range: Range,
  { waiting }: TableWork,
): Promise<void> {
  const unplaced = `(p.fate IN ('parked', 'rejected', 'excluded') OR (p.fate = 'duplicate' AND p._owns_key))`;
  if (waiting) {
    const known = `JOIN migration.unplaced_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key WHERE ${unplaced}`;
    await keepEntries(scope, table, 'unplaced', `${rowsOf(scope, table, range)} ${known}`);
  }
  await scope.database.query(
    `INSERT INTO migration.unplaced_keys AS u (account_id, system_no, table_no, key, fate, run_no)` +
      ` SELECT '${scope.accountId}', ${String(scope.systemNo)}, ${String(tableNo(table))}, s._key, min(p.fate), ${String(scope.runNo)}` +
      ` FROM ${rowsOf(scope, table, range)} AND ${unplaced} GROUP BY s._key` +
      ` ON CONFLICT (account_id, system_no, table_no, key) DO UPDATE SET fate = excluded.fate, run_no = excluded.run_no`,
  );
}

/** Writes the fate of each source record whose root row is in the range. */
async function recordFates(scope: PlanScope, table: TableName, range: Range): Promise<void> {
  await scope.database.query(
    `INSERT INTO migration.ledger (run_no, record, entity, source_id, is_deleted, file, line, fate, table_name, target_id)` +
      ` SELECT ${String(scope.runNo)}, s._record, ${entityOf('s')}, ${sourceIdOf('s')}, s.is_deleted, s._file, s._line,` +
      ` p.fate, '${table}', CASE WHEN p.fate IN ('created', 'updated', 'unchanged', 'duplicate') THEN p.target_id END` +
      ` FROM ${rowsOf(scope, table, range)} AND s._root`,
  );
}

/**
 * Writes the links that had to wait for their rows (cycles, self references) of one range of a table. Gives how many
 * rows got some.
 */
export async function applyLateLinks(
  scope: PlanScope,
  table: TableName,
  range: Range,
  columns: readonly string[],
): Promise<number> {
  const names = columns.map(quoteName);
  const { affected } = await scope.database.query(
    `WITH linked AS (UPDATE crm.${table} c SET ${names.map((name) => `${name} = coalesce(p.${name}, c.${name})`).join(', ')}` +
      ` FROM ${rowsOf(scope, table, range)} AND p.fate IN ('created', 'updated') AND (${names
        .map((name) => `p.${name} IS NOT NULL`)
        .join(' OR ')})` +
      ` WHERE c.account_id = '${scope.accountId}' AND c.id = p.target_id AND (${names
        .map((name) => `(p.${name} IS NOT NULL AND c.${name} IS DISTINCT FROM p.${name})`)
        .join(' OR ')}) RETURNING s._key AS key, ${names.map((name) => `c.${name}`).join(', ')})` +
      ` UPDATE migration.id_keys k SET ${columns
        .map(
          (column) =>
            `${imprintAt(table, column, 'imprint')} = ${columnHash(table, column, `l.${quoteName(column)}`)}`,
        )
        .join(', ')}, imprinted = pg_current_xact_id()::xid FROM linked l` +
      ` WHERE ${keysOf(scope, table, 'k')} AND k.key = l.key`,
  );
  return affected;
}
