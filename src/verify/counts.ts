import * as z from 'zod';
import type { BaselineCounts, SplitCount as Split } from '../adapter/contract.ts';
import { tables as declarations } from '../crm/tables.ts';
import type { TableName } from '../crm/column.ts';
import { quoteText } from '../database/sql.ts';
import type { MappingSet } from '../mapping/contract.ts';
import { entityOf, type PlanScope } from '../plan/scope.ts';
import { stagingTable, unmappedTable } from '../staging/tables.ts';

/** One line of the comparison of numbers. */
export interface CountLine {
  readonly entity: string;
  readonly baseline: Split | null;
  readonly source: Split;
  readonly crm: Split;
  readonly accounted: Readonly<Record<string, number>>;
  readonly ok: boolean;
}

const rowSchema = z.object({
  root: z.boolean(),
  deleted: z.boolean(),
  fate: z.string().nullable(),
  found: z.boolean(),
  crmDeleted: z.boolean().nullable(),
  edited: z.boolean().nullable(),
  n: z.number(),
});

/**
 * Compares the numbers of one table: baseline, source as read anew, and CRM. The baseline of a table is that of the
 * entities whose records it stands for, plus the further rows that those records gave; null where it only has such.
 */
export async function compareCounts(
  scope: PlanScope,
  table: TableName,
  baseline: BaselineCounts,
  roots: MappingSet['roots'],
): Promise<CountLine> {
  const { rows } = await scope.database.query(
    `SELECT s._root AS root, s.is_deleted AS deleted, e.fate, e.found, e.crm_deleted AS "crmDeleted", e.edited, count(*)::float8 AS n
       FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_expected')} e ON e._ordinal = s._ordinal
      GROUP BY 1, 2, 3, 4, 5, 6`,
  );
  const source = { active: 0, deleted: 0 };
  const crm = { active: 0, deleted: 0 };
  const excused = { active: 0, deleted: 0 };
  const further = { active: 0, deleted: 0 };
  const accounted: Record<string, number> = {};
  for (const row of rows) {
    const { root, deleted, fate: outcome, found, crmDeleted, edited, n } = rowSchema.parse(row);
    const side = deleted ? 'deleted' : 'active';
    const fate = outcome ?? (edited === true ? 'edited' : null);
    source[side] += n;
    if (!root) further[side] += n;
    if (fate !== null) {
      excused[side] += n;
      accounted[fate] = (accounted[fate] ?? 0) + n;
    } else if (found) {
      crm[crmDeleted === true ? 'deleted' : 'active'] += n;
    }
  }
  const entities = Object.keys(roots).filter((entity) => roots[entity]?.includes(table));
  const elsewhere = await rowsElsewhere(scope, table, entities, roots);
  const counted = baselineOf(table, entities, baseline, further, elsewhere);
  const same = (a: Split, b: Split) => a.active === b.active && a.deleted === b.deleted;
  return {
    entity: table,
    baseline: counted,
    source,
    crm,
    accounted,
    ok:
      (counted === null || same(counted, source)) &&
      same(source, { active: crm.active + excused.active, deleted: crm.deleted + excused.deleted }),
  };
}

/** What the baseline says of a table's entities, and of the further rows of others; null where it says nothing. */
function baselineOf(
  table: TableName,
  entities: readonly string[],
  baseline: BaselineCounts,
  further: Split,
  elsewhere: Split,
): Split | null {
  if (entities.length === 0 || declarations[table].owner !== undefined) return null;
  return entities.reduce<Split>(
    (sum, entity) => ({
      active: sum.active + (baseline[entity]?.active ?? 0),
      deleted: sum.deleted + (baseline[entity]?.deleted ?? 0),
    }),
    {
      active: further.active - elsewhere.active,
      deleted: further.deleted - elsewhere.deleted,
    },
  );
}

/** The records of entities of several tables that became rows of another table than this: the baseline counts them as one. */
async function rowsElsewhere(
  scope: PlanScope,
  table: TableName,
  entities: readonly string[],
  roots: MappingSet['roots'],
): Promise<Split> {
  const counts = entities.flatMap((entity) =>
    (roots[entity] ?? [])
      .filter((other) => other !== table)
      .map(
        (other) =>
          `SELECT is_deleted FROM ${stagingTable(scope.runNo, other)} s WHERE _root AND ${entityOf('s')} = ${quoteText(entity)}`,
      ),
  );
  if (counts.length === 0) return { active: 0, deleted: 0 };
  const { rows } = await scope.database.query(
    `SELECT count(*) FILTER (WHERE NOT is_deleted)::float8 AS active,
            count(*) FILTER (WHERE is_deleted)::float8 AS deleted FROM (${counts.join(' UNION ALL ')}) x`,
  );
  return splitSchema.parse(rows[0]);
}

const splitSchema = z.object({ active: z.number(), deleted: z.number() });

/**
 * Lines for the records that no mapping takes: they are in no table, and kept whole among the rejects. An entity that
 * the baseline knows and the source does not hold at all is a line, too.
 */
export async function compareUnmapped(
  scope: PlanScope,
  baseline: BaselineCounts,
  roots: MappingSet['roots'],
): Promise<readonly CountLine[]> {
  const { rows } = await scope.database.query(
    `SELECT entity, count(*) FILTER (WHERE NOT is_deleted)::float8 AS active,
            count(*) FILTER (WHERE is_deleted)::float8 AS deleted
       FROM ${unmappedTable(scope.runNo)} GROUP BY entity ORDER BY entity`,
  );
  const read = rows.map((row) => unmappedSchema.parse(row));
  const absent = Object.keys(baseline)
    .filter((entity) => !Object.hasOwn(roots, entity) && !read.some((row) => row.entity === entity))
    .map((entity) => ({ entity, active: 0, deleted: 0 }));
  return [...read, ...absent].map(({ entity, ...source }) => {
    const found = Object.hasOwn(baseline, entity) ? baseline[entity] : undefined;
    const counted = found === undefined ? null : { active: found.active, deleted: found.deleted };
    return {
      entity,
      baseline: counted,
      source,
      crm: { active: 0, deleted: 0 },
      accounted: { rejected: source.active + source.deleted },
      ok:
        counted === null ||
        (counted.active === source.active && counted.deleted === source.deleted),
    };
  });
}

const unmappedSchema = z.object({ entity: z.string(), active: z.number(), deleted: z.number() });
