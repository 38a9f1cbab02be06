import * as z from 'zod';
import type { TableName } from '../crm/column.ts';
import type { Queryable } from '../database/contract.ts';
import { fates, noFates, type Fate } from '../model/fate.ts';
import { stagingTable, unmappedTable } from '../staging/tables.ts';

/** How many rows or records there are, split by deleted and by fate. */
export interface FateTally {
  readonly active: number;
  readonly deleted: number;
  readonly fates: Readonly<Record<Fate, number>>;
}

const rowSchema = z.object({
  name: z.string(),
  fate: z.enum(fates),
  deleted: z.boolean(),
  n: z.number(),
});

/** The fates of all staged rows, by table of the CRM, counted in the plan. */
export async function countRows(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
): Promise<Readonly<Record<string, FateTally>>> {
  return tally(
    database,
    tables.map(
      (table) =>
        `SELECT '${table}' AS name, p.fate, s.is_deleted AS deleted FROM ${stagingTable(runNo, table)} s` +
        ` JOIN ${stagingTable(runNo, table, '_plan')} p ON p._ordinal = s._ordinal`,
    ),
    await retiredOf(database, runNo, tables),
  );
}

/**
 * The fates of the rows that source records gave. A placeholder for an agent is no record's: it has an issue of its
 * own instead, and would make `read` depend on what the CRM holds already.
 */
export async function withoutPlaceholders(
  database: Queryable,
  runNo: number,
  { users, ...others }: Readonly<Record<string, FateTally>>,
): Promise<Readonly<Record<string, FateTally>>> {
  if (users === undefined) return others;
  const { rows } = await database.query(
    `SELECT 'users' AS name, p.fate, false AS deleted, count(*)::float8 AS n FROM ${stagingTable(runNo, 'users')} s` +
      ` JOIN ${stagingTable(runNo, 'users', '_plan')} p ON p._ordinal = s._ordinal WHERE s._record IS NULL GROUP BY p.fate`,
  );
  let { active } = users;
  const fatesLeft = { ...users.fates };
  for (const row of rows) {
    const { fate, n } = rowSchema.parse(row);
    active -= n;
    fatesLeft[fate] -= n;
  }
  const tallied = { ...users, active, fates: fatesLeft };
  const isEmpty = active + users.deleted + fatesLeft.retired === 0;
  return isEmpty ? others : { users: tallied, ...others };
}

/**
 * The fates of the rows and records from a record number on, or of none: those that waited in earlier runs are staged
 * after those of the input.
 */
export async function countFrom(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
  record: number,
): Promise<{
  readonly rows: Readonly<Record<string, FateTally>>;
  readonly records: Readonly<Record<string, FateTally>>;
}> {
  const staged = (name: (table: TableName) => string, condition: string) =>
    tables.map(
      (table) =>
        `SELECT ${name(table)} AS name, p.fate, s.is_deleted AS deleted FROM ${stagingTable(runNo, table)} s` +
        ` JOIN ${stagingTable(runNo, table, '_plan')} p ON p._ordinal = s._ordinal WHERE s._record >= ${String(record)}${condition}`,
    );
  return {
    rows: await tally(
      database,
      staged((table) => `'${table}'`, ''),
    ),
    records: await tally(database, [
      ...staged(() => `split_part(s._key, ':', 1)`, ' AND s._root'),
      `SELECT entity, 'rejected', is_deleted FROM ${unmappedTable(runNo)} WHERE record >= ${String(record)}`,
    ]),
  };
}

/** What is left of counts when others are taken out; names of which nothing is left are left out. */
export function without(
  counts: Readonly<Record<string, FateTally>>,
  others: Readonly<Record<string, FateTally>>,
): Readonly<Record<string, FateTally>> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, all]): [string, FateTally][] => {
      // A source may call its records `constructor`, which every object seems to have.
      const other = Object.hasOwn(others, name) ? others[name] : undefined;
      if (other === undefined) return [[name, all]];
      const left: FateTally = {
        active: all.active - other.active,
        deleted: all.deleted - other.deleted,
        fates: { ...noFates },
      };
      const counted = Object.fromEntries(
        fates.map((fate) => [fate, all.fates[fate] - other.fates[fate]]),
      ) as Record<Fate, number>;
      const isEmpty = left.active + left.deleted + counted.retired === 0;
      return isEmpty ? [] : [[name, { ...left, fates: counted }]];
    }),
  );
}

/** The fates of all source records, by source entity: a record's fate is that of its root row. */
export async function countRecords(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
): Promise<Readonly<Record<string, FateTally>>> {
  return tally(database, [
    ...tables.map(
      (table) =>
        `SELECT split_part(s._key, ':', 1) AS name, p.fate, s.is_deleted AS deleted FROM ${stagingTable(runNo, table)} s` +
        ` JOIN ${stagingTable(runNo, table, '_plan')} p ON p._ordinal = s._ordinal WHERE s._root`,
    ),
    `SELECT entity, 'rejected', is_deleted FROM ${unmappedTable(runNo)}`,
  ]);
}

async function tally(
  database: Queryable,
  sources: readonly string[],
  retired: Readonly<Record<string, number>> = {},
): Promise<Readonly<Record<string, FateTally>>> {
  const { rows } = await database.query(
    `SELECT name, fate, coalesce(deleted, false) AS deleted, count(*)::float8 AS n` +
      ` FROM (${sources.join(' UNION ALL ')}) x GROUP BY 1, 2, 3`,
  );
  const tallies = new Map<
    string,
    { active: number; deleted: number; fates: Record<Fate, number> }
  >();
  const entryOf = (name: string) => {
    const entry = tallies.get(name) ?? { active: 0, deleted: 0, fates: { ...noFates } };
    tallies.set(name, entry);
    return entry;
  };
  for (const row of rows) {
    const { name, fate, deleted, n } = rowSchema.parse(row);
    const entry = entryOf(name);
    entry[deleted ? 'deleted' : 'active'] += n;
    entry.fates[fate] += n;
  }
  for (const [name, n] of Object.entries(retired)) {
    if (n > 0) entryOf(name).fates.retired += n;
  }
  return Object.fromEntries(tallies);
}

async function retiredOf(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const retired = stagingTable(runNo, table, '_retired');
    const { rows: found } = await database.query(
      `SELECT to_regclass('${retired}') IS NOT NULL AS there`,
    );
    if (found[0]?.['there'] !== true) continue;
    const { rows } = await database.query(`SELECT count(*)::float8 AS n FROM ${retired}`);
    counts[table] = Number(rows[0]?.['n'] ?? 0);
  }
  return counts;
}
