import * as z from 'zod';
import { stagingTable } from '../staging/tables.ts';
import type { AbsentPolicy, PlanScope } from './scope.ts';

/** How much may be withdrawn at once: a number, a share of what is there (0 to 1), both, or no end (null). */
export interface Limit {
  readonly count: number | null;
  readonly share: number | null;
}

/** What can hold a withdrawal back. */
export const guardNames = ['unread', 'half', 'all', 'town', 'agent'] as const;
export type GuardName = (typeof guardNames)[number];

/** A limit that a plan exceeds. */
export interface Exceeded {
  readonly guard: GuardName;
  /** The town or the agent (by id). */
  readonly group: string | null;
  /** Rows to be withdrawn, of so many that are there. */
  readonly count: number;
  readonly of: number;
  readonly limit: Limit | null;
}

/**
 * The rows that a full snapshot may withdraw: `(key, root, target_id, reason, town, agent, guard)`. `reason` is NULL for
 * those that it holds, `guard` says what holds back the withdrawal of the others.
 */
export const guardTable = ({ runNo }: Pick<PlanScope, 'runNo'>): string =>
  `staging.r${String(runNo)}_absent`;

// A share of a few says nothing: of two listings in a town, one that is sold is half.
const fewest = 10;

// A feed of which so much is missing went wrong where it was written.
const halfSize = 0.5;

/** Holds back what is beyond the limits, and says which of them that are. */
export async function guard(scope: PlanScope, absent: AbsentPolicy): Promise<readonly Exceeded[]> {
  const { all, town, agent } = absent.limits;
  return [
    ...(await holdUnread(scope)),
    ...(absent.feed === undefined || absent.trusted ? [] : await holdHalf(scope)),
    ...(await hold(scope, 'all', 'NULL::text', all, 0)),
    ...(await hold(scope, 'town', 'b.town', town, fewest)),
    ...(await hold(scope, 'agent', 'b.agent', agent, fewest)),
  ];
}

const exceededSchema = z.object({
  group: z.string().nullable(),
  count: z.number(),
  of: z.number(),
});
const shown = 100;

/** Of a group, by the expression that names it over `b`; within the rows of one table. */
async function hold(
  scope: PlanScope,
  name: GuardName,
  group: string,
  limit: Limit,
  least: number,
): Promise<readonly Exceeded[]> {
  const n = `count(DISTINCT b.target_id) FILTER (WHERE b.reason IS NOT NULL AND b.guard IS NULL)`;
  const of = `count(DISTINCT b.target_id)`;
  const beyond = [
    ...(limit.count === null ? [] : [`${n} > ${String(limit.count)}`]),
    ...(limit.share === null
      ? []
      : [`(${of} >= ${String(least)} AND ${n} > ${String(limit.share)} * ${of})`]),
  ];
  if (beyond.length === 0) return [];
  const groups =
    `SELECT b.root, ${group} AS name, ${n} AS n, ${of} AS of FROM ${guardTable(scope)} b GROUP BY 1, 2` +
    ` HAVING ${n} > 0 AND (${beyond.join(' OR ')})`;
  const { rows } = await scope.database.query(
    `SELECT name AS "group", n::float8 AS count, of::float8 AS of FROM (${groups}) g ORDER BY n DESC, name LIMIT ${String(shown)}`,
  );
  if (rows.length === 0) return [];
  await scope.database.query(
    `UPDATE ${guardTable(scope)} b SET guard = '${name}' FROM (${groups}) g WHERE g.root = b.root` +
      ` AND g.name IS NOT DISTINCT FROM ${group} AND b.reason IS NOT NULL AND b.guard IS NULL`,
  );
  return rows.map((row) => ({ guard: name, ...exceededSchema.parse(row), limit }));
}

/** What a record hides that could not be read is not known: nothing is absent for sure. */
async function holdUnread(scope: PlanScope): Promise<readonly Exceeded[]> {
  const { rows: found } = await scope.database.query(
    `SELECT EXISTS (SELECT 1 FROM migration.issues WHERE run_no = $1 AND code = 'RECORD_UNREADABLE') AS any`,
    [scope.runNo],
  );
  return found[0]?.['any'] === true ? holdAll(scope, 'unread', `b.reason = 'absent'`) : [];
}

/** A feed with half of the listings that are there, or fewer, withdraws none by itself. */
async function holdHalf(scope: PlanScope): Promise<readonly Exceeded[]> {
  const listings = `SELECT count(DISTINCT _key) FROM ${stagingTable(scope.runNo, 'properties')} WHERE _root`;
  return holdAll(
    scope,
    'half',
    `b.reason = 'absent' AND (${listings}) <= ${String(halfSize)} * (SELECT count(DISTINCT target_id) FROM ${guardTable(scope)})`,
  );
}

async function holdAll(
  scope: PlanScope,
  name: GuardName,
  condition: string,
): Promise<readonly Exceeded[]> {
  const { rows } = await scope.database.query(
    `WITH held AS (UPDATE ${guardTable(scope)} b SET guard = '${name}' WHERE b.guard IS NULL AND ${condition} RETURNING b.target_id)` +
      ` SELECT NULL::text AS "group", (SELECT count(DISTINCT target_id) FROM held)::float8 AS count,` +
      ` count(DISTINCT target_id)::float8 AS of FROM ${guardTable(scope)}`,
  );
  const exceeded = exceededSchema.parse(rows[0]);
  return exceeded.count === 0 ? [] : [{ guard: name, ...exceeded, limit: null }];
}
