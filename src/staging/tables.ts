import { columnsOf } from '../crm/tables.ts';
import type { TableName } from '../crm/column.ts';
import { sqlTypeOf } from '../crm/sql-type.ts';
import type { Queryable } from '../database/contract.ts';

/**
 * What every staged row says beside the columns of its table: its number among the drafts of the table, the
 * record it came from, its key, the id it will have if it is new, a hash of all it says, and the key of its twin.
 */
export const stagingColumns = {
  _ordinal: 'bigint NOT NULL',
  _record: 'bigint',
  _key: 'text COLLATE "C" NOT NULL',
  _part_length: 'smallint NOT NULL',
  _id: 'uuid NOT NULL',
  _root: 'boolean NOT NULL',
  _fate: 'text',
  _file: 'smallint',
  _line: 'integer',
  _hash: 'uuid NOT NULL',
  _twin: 'text COLLATE "C"',
} as const;

/** The columns of a table that are staged; `deleted_at` and the rest come from the mapping, links as keys. */
export function stagedColumnsOf(table: TableName): readonly string[] {
  return Object.keys(columnsOf(table));
}

/** The staging table of one run and one table of the CRM; `suffix` names what the plan derives from it. */
export function stagingTable(runNo: number, table: TableName, suffix = ''): string {
  return `staging.r${String(runNo)}_${table}${suffix}`;
}

/** The staging table of the records that no mapping takes. */
export function unmappedTable(runNo: number): string {
  return `staging.r${String(runNo)}_unmapped`;
}

/** The table of the records of a run as the source says them, for who looks at its plan row by row. */
export function recordsTable(runNo: number): string {
  return `staging.r${String(runNo)}_records`;
}

/** The table of what the records of a verification are counted under. */
export function splitsTable(runNo: number): string {
  return `staging.r${String(runNo)}_splits`;
}

/** Creates the table of what the records of a run are counted under. */
export async function createSplits(database: Queryable, runNo: number): Promise<void> {
  await database.query(
    `CREATE TABLE ${splitsTable(runNo)} (record bigint, entity text, is_deleted boolean, by jsonb)`,
  );
}

/** Creates the table of the records of a run. */
export async function createRecords(database: Queryable, runNo: number): Promise<void> {
  await database.query(
    `CREATE TABLE ${recordsTable(runNo)} (record bigint, entity text, source_id text, file smallint, line integer, fields text)`,
  );
}

/** Creates the staging tables of a run. They are logged: a plan must outlive a crash. */
export async function createStaging(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
): Promise<void> {
  await database.query(
    `CREATE TABLE ${unmappedTable(runNo)} (record bigint, entity text, source_id text, is_deleted boolean, file smallint, line integer)`,
  );
  for (const table of tables) {
    const own = Object.entries(columnsOf(table)).map(([name, { type }]) =>
      type.kind === 'link' ? `"${name}" text COLLATE "C"` : `"${name}" ${sqlTypeOf(type)}`,
    );
    const engine = Object.entries(stagingColumns).map(([name, type]) => `${name} ${type}`);
    await database.query(
      `CREATE TABLE ${stagingTable(runNo, table)} (${[...engine, ...own].join(', ')})`,
    );
  }
}

/** Gives the planner what it needs to choose well, once all rows are staged. */
export async function finishStaging(
  database: Queryable,
  runNo: number,
  tables: readonly TableName[],
): Promise<void> {
  for (const table of tables) {
    const name = stagingTable(runNo, table);
    await database.query(`CREATE INDEX ON ${name} (_ordinal)`);
    await database.query(`ANALYZE ${name}`);
  }
}

/** Drops every table in schema `staging` that belongs to a run. */
export async function dropStaging(database: Queryable, runNo: number): Promise<void> {
  const { rows } = await database.query(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'staging' AND tablename LIKE $1`,
    [`r${String(runNo)}\\_%`],
  );
  for (const { tablename } of rows)
    await database.query(`DROP TABLE staging."${String(tablename)}"`);
}
