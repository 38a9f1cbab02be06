import * as z from 'zod';
import type { TableName } from '../crm/column.ts';
import { onOffer } from '../crm/values.ts';
import { quoteText } from '../database/sql.ts';
import { stagingTable, unmappedTable } from '../staging/tables.ts';
import { guard, guardTable, type Exceeded } from './guards.ts';
import { keysOf, type AbsentPolicy, type PlanScope } from './scope.ts';

/** What a full snapshot no longer holds, and what becomes of it. In rows of the CRM. */
export interface Absence {
  /** Rows that were there before, of those that may be withdrawn. */
  readonly known: number;
  /** Whose records are not in the snapshot. */
  readonly absent: number;
  /** Whose records are in it, and are excluded by now. */
  readonly excluded: number;
  readonly withdrawn: number;
  readonly held: number;
  readonly ignored: number;
  /** The guards that hold some of them, the first hundred. */
  readonly guards: readonly Exceeded[];
}

/** The keys of the records that the snapshot holds, whatever becomes of them. */
const seenTable = ({ runNo }: PlanScope): string => `staging.r${String(runNo)}_seen`;

/**
 * Finds the rows whose records a full snapshot no longer holds, or excludes by now, holds back what is beyond the
 * limits, and adds the rest to the rows that the plan retires (`…_retired (key, target_id)`). An entity of which the
 * snapshot has no record at all is left alone: the file may be missing.
 */
export async function findAbsent(scope: PlanScope, absent: AbsentPolicy): Promise<Absence> {
  await findSeen(scope);
  await findKnown(scope, absent);
  const guards = absent.listings === 'ignore' ? [] : await guard(scope, absent);
  if (absent.listings !== 'ignore') {
    for (const table of scope.tables) await addRetired(scope, absent, table);
  }
  await scope.database.query(`DROP TABLE ${seenTable(scope)}`);
  const { rows } = await scope.database.query(
    `SELECT ${countOf('true')} AS known, ${countOf(`reason = 'absent'`)} AS absent, ${countOf(`reason = 'excluded'`)} AS excluded,` +
      ` ${countOf(`reason IS NOT NULL AND guard IS NULL`)} AS free, ${countOf(`guard IS NOT NULL`)} AS held FROM ${guardTable(scope)}`,
  );
  const { known, absent: gone, excluded, free, held } = countSchema.parse(rows[0]);
  const ignores = absent.listings === 'ignore';
  return {
    known,
    absent: gone,
    excluded,
    withdrawn: ignores ? 0 : free,
    held,
    ignored: ignores ? free : 0,
    guards,
  };
}

const countOf = (condition: string): string =>
  `(count(DISTINCT target_id) FILTER (WHERE ${condition}))::float8`;

const countSchema = z.object({
  known: z.number(),
  absent: z.number(),
  excluded: z.number(),
  free: z.number(),
  held: z.number(),
});

async function findSeen(scope: PlanScope): Promise<void> {
  const staged = scope.tables.map(
    (table) =>
      `SELECT s._key AS key, coalesce(s._fate = 'excluded', false) AS excluded FROM ${stagingTable(scope.runNo, table)} s WHERE s._root`,
  );
  const unmapped = `SELECT entity || ':' || source_id, false FROM ${unmappedTable(scope.runNo)}`;
  await scope.database.query(
    `CREATE TABLE ${seenTable(scope)} AS SELECT key, bool_and(excluded) AS excluded FROM (${[...staged, unmapped].join(' UNION ALL ')}) x GROUP BY key`,
  );
  await scope.database.query(`ANALYZE ${seenTable(scope)}`);
}

/** The rows that records of the source stand for and that are there, with the reason to withdraw them, if any. */
async function findKnown(scope: PlanScope, absent: AbsentPolicy): Promise<void> {
  await scope.database.query(
    `CREATE TABLE ${guardTable(scope)} (key text COLLATE "C" NOT NULL, root text NOT NULL, target_id uuid NOT NULL, reason text, town text, agent text, guard text)`,
  );
  for (const table of scope.tables) {
    const entities = Object.keys(absent.roots).filter((entity) =>
      absent.roots[entity]?.includes(table),
    );
    if (entities.length === 0 || (absent.feed !== undefined && table !== 'properties')) continue;
    const groups =
      table === 'properties'
        ? `c.town, coalesce(c.agent_id, c.partner_relation_id)::text`
        : `NULL::text, NULL::text`;
    const reason = `CASE WHEN ${isPlaced(scope, table)} THEN NULL WHEN e.key IS NULL THEN 'absent'${
      absent.feed === undefined ? '' : ` WHEN e.excluded THEN 'excluded'`
    } END`;
    await scope.database.query(
      `INSERT INTO ${guardTable(scope)} (key, root, target_id, reason, town, agent)` +
        ` SELECT k.key, '${table}', k.target_id, ${reason}, ${groups} FROM migration.id_keys k` +
        ` JOIN crm.${table} c ON c.account_id = k.account_id AND c.id = k.target_id LEFT JOIN ${seenTable(scope)} e ON e.key = k.key` +
        ` WHERE ${keysOf(scope, table, 'k')} AND k.part_length = 0 AND ${isOwn(absent, table)}` +
        ` AND split_part(k.key, ':', 1) IN (${entities.map(quoteText).join(', ')})` +
        ` AND split_part(k.key, ':', 1) IN (SELECT DISTINCT split_part(key, ':', 1) FROM ${seenTable(scope)})`,
    );
  }
  await scope.database.query(`ANALYZE ${guardTable(scope)}`);
}

/** Whether a record of the snapshot stands for the row `k.target_id`, perhaps under another id than before. */
const isPlaced = (scope: PlanScope, table: TableName): string =>
  `EXISTS (SELECT 1 FROM ${stagingTable(scope.runNo, table, '_plan')} p WHERE p.target_id = k.target_id` +
  ` AND p.fate IN ('created', 'updated', 'unchanged', 'duplicate'))`;

/** Whether the source alone gave the row `c`, by its key `k`, and it is there: what others gave stays. */
function isOwn({ feed }: AbsentPolicy, table: TableName): string {
  const live =
    table === 'properties'
      ? `NOT c.is_deleted AND c.status IN (${onOffer.map(quoteText).join(', ')})`
      : `NOT c.is_deleted`;
  if (feed !== undefined) return `${live} AND c.feed_id = '${feed.id}'`;
  return (
    `${live} AND NOT k.is_linked AND NOT EXISTS (SELECT 1 FROM migration.id_keys o WHERE o.account_id = k.account_id` +
    ` AND o.table_no = k.table_no AND o.target_id = k.target_id AND o.system_no <> k.system_no)`
  );
}

/**
 * Adds to the rows of a table that are retired. A listing keeps its photos and notes, for it may come back; with
 * another record all its rows go.
 */
async function addRetired(scope: PlanScope, absent: AbsentPolicy, table: TableName): Promise<void> {
  const retired = stagingTable(scope.runNo, table, '_retired');
  const free = `b.reason IS NOT NULL AND b.guard IS NULL`;
  await scope.database.query(
    `CREATE TABLE IF NOT EXISTS ${retired} (key text COLLATE "C", target_id uuid)`,
  );
  const roots = `SELECT b.key, b.target_id FROM ${guardTable(scope)} b WHERE b.root = '${table}' AND ${free}`;
  const further =
    `SELECT k.key, k.target_id FROM migration.id_keys k JOIN ${guardTable(scope)} b` +
    ` ON b.key = left(k.key, length(k.key) - k.part_length) AND b.root <> 'properties' AND ${free}` +
    ` JOIN crm.${table} c ON c.account_id = k.account_id AND c.id = k.target_id` +
    ` WHERE ${keysOf(scope, table, 'k')} AND ${isOwn(absent, table)} AND NOT ${isPlaced(scope, table)}`;
  await scope.database.query(
    `INSERT INTO ${retired} (key, target_id) ${absent.feed === undefined ? `${roots} UNION ${further}` : roots}`,
  );
}
