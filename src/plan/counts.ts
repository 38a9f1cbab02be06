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

/** What a plan says of its rows and records, counted at once. */
export interface PlanCounts {
  /** The rows that the input and what waited gave, by table of the CRM, placeholders for agents included. */
  readonly all: Tallies;
  /** Those that the records of the input gave. A placeholder is no record's: it has an issue of its own instead. */
  readonly rows: Tallies;
  /** The records of the input, by source entity: a record's fate is that of its root row. */
  readonly records: Tallies;
  /** Rows and records that waited in earlier runs, staged after those of the input. */
  readonly waiting: { readonly rows: Tallies; readonly records: Tallies };
}

/** Tallies by table of the CRM, or by source entity. */
export type Tallies = Readonly<Record<string, FateTally>>;

const rowSchema = z.object({
  table: z.string().nullable(),
  entity: z.string(),
  root: z.boolean(),
  place: z.enum(['input', 'waiting', 'placeholder']),
  fate: z.enum(fates),
  deleted: z.boolean(),
  n: z.number(),
});

/** Counts the fates of a plan; the records of its input are those numbered below `recordsRead`. */
export async function countPlan(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
  recordsRead: number,
): Promise<PlanCounts> {
  const place = (record: string) =>
    `CASE WHEN ${record} IS NULL THEN 'placeholder' WHEN ${record} < ${String(recordsRead)} THEN 'input' ELSE 'waiting' END`;
  const counted = [
    ...tables.map(
      (table) =>
        `SELECT '${table}' AS "table", split_part(s._key, ':', 1) AS entity, s._root AS root, ${place('s._record')} AS place,` +
        ` p.fate, coalesce(s.is_deleted, false) AS deleted, count(*)::float8 AS n FROM ${stagingTable(runNo, table)} s` +
        ` JOIN ${stagingTable(runNo, table, '_plan')} p ON p._ordinal = s._ordinal GROUP BY 2, 3, 4, 5, 6`,
    ),
    `SELECT NULL, entity, true, ${place('record')}, 'rejected', coalesce(is_deleted, false), count(*)::float8` +
      ` FROM ${unmappedTable(runNo)} GROUP BY 2, 4, 6`,
  ];
  const { rows } = await database.query(counted.join(' UNION ALL '));
  const [all, own, records, waitingRows, waitingRecords] = [
    new Tally(),
    new Tally(),
    new Tally(),
    new Tally(),
    new Tally(),
  ];
  for (const row of rows) {
    const count = rowSchema.parse(row);
    const { table, entity, root, place: from } = count;
    if (table !== null) all.add(table, count);
    if (table !== null && from === 'input') own.add(table, count);
    if (table !== null && from === 'waiting') waitingRows.add(table, count);
    if (root && from === 'input') records.add(entity, count);
    if (root && from === 'waiting') waitingRecords.add(entity, count);
  }
  for (const [table, n] of Object.entries(await retiredOf(database, runNo, tables))) {
    if (n === 0) continue;
    all.retire(table, n);
    own.retire(table, n);
  }
  return {
    all: all.tallies(),
    rows: own.tallies(),
    records: records.tallies(),
    waiting: { rows: waitingRows.tallies(), records: waitingRecords.tallies() },
  };
}

/** Adds counts up by name. A source may call its records `constructor`, so the names are keys of a map. */
class Tally {
  readonly #entries = new Map<
    string,
    { active: number; deleted: number; fates: Record<Fate, number> }
  >();

  add(name: string, { fate, deleted, n }: { fate: Fate; deleted: boolean; n: number }): void {
    const entry = this.#entryOf(name);
    entry[deleted ? 'deleted' : 'active'] += n;
    entry.fates[fate] += n;
  }

  retire(name: string, n: number): void {
    this.#entryOf(name).fates.retired += n;
  }

  tallies(): Tallies {
    return Object.fromEntries(this.#entries);
  }

  #entryOf(name: string) {
    const entry = this.#entries.get(name) ?? { active: 0, deleted: 0, fates: { ...noFates } };
    this.#entries.set(name, entry);
    return entry;
  }
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
