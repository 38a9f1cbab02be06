import { tableNames, type TableName } from '../crm/column.ts';
import type { Queryable } from '../database/contract.ts';
import { quoteText } from '../database/sql.ts';
import { InternalError } from '../model/errors.ts';
import type { MappingSet, TablePolicy } from '../mapping/contract.ts';
import type { Limit } from './guards.ts';

/** Which run of which account and source system is planned, and how its tables are to be treated. */
export interface PlanScope {
  readonly database: Queryable;
  readonly runNo: number;
  readonly accountId: string;
  readonly systemNo: number;
  /** Tables with staged rows, in the order in which they are written. */
  readonly tables: readonly TableName[];
  readonly policies: Readonly<Partial<Record<TableName, TablePolicy>>>;
  /** What becomes of a column that both the source and a person in the CRM have changed; `keep` where nothing is said. */
  readonly conflicts?: 'keep' | 'overwrite' | undefined;
  /** Names of the input files, as staged rows number them. */
  readonly files: readonly string[];
  /** Milliseconds since 1970: the time part of ids that are made in SQL. */
  readonly now: number;
  /** Where the input is a full snapshot: what it no longer holds is withdrawn. */
  readonly absent?: AbsentPolicy | undefined;
}

/** What becomes of the rows whose records a full snapshot no longer holds. */
export interface AbsentPolicy {
  /** What a listing becomes, or that nothing is done; rows of other tables are marked as deleted. */
  readonly listings: 'removed_by_feed' | 'off_market' | 'ignore';
  /** The tables of the root rows of each source entity. */
  readonly roots: MappingSet['roots'];
  /** Beyond these, a withdrawal waits for a person. */
  readonly limits: { readonly all: Limit; readonly town: Limit; readonly agent: Limit };
  /** The feed that the input is a snapshot of: its listings alone are looked at. */
  readonly feed?: { readonly id: string; readonly number: number } | undefined;
  /** Whether a person says that a feed is right which holds half of what it did, or nothing of it. */
  readonly trusted: boolean;
}

/** The policy of a planned table. */
export function policyOf(scope: PlanScope, table: TableName): TablePolicy {
  const policy = scope.policies[table];
  if (policy === undefined) throw new InternalError(`Table ${table} is planned without a policy.`);
  return policy;
}

/** The number of a table in the id map. */
export function tableNo(table: TableName): number {
  return tableNames.indexOf(table) + 1;
}

/** The condition that picks one table's keys of the scope's account and system from a key table. */
export function keysOf(scope: PlanScope, table: TableName, alias: string): string {
  return (
    `${alias}.account_id = '${scope.accountId}' AND ${alias}.system_no = ${String(scope.systemNo)}` +
    ` AND ${alias}.table_no = ${String(tableNo(table))}`
  );
}

/** The table of records that another record with the same id replaces. */
export const losersOf = (scope: PlanScope): string => `staging.r${String(scope.runNo)}_losers`;

/** The entity of a staged row, from its key. */
export const entityOf = (alias: string): string => `split_part(${alias}._key, ':', 1)`;

/** The source id of a staged row, from its key. */
export const sourceIdOf = (alias: string): string =>
  `substr(${alias}._key, length(split_part(${alias}._key, ':', 1)) + 2,` +
  ` length(${alias}._key) - length(split_part(${alias}._key, ':', 1)) - 1 - ${alias}._part_length)`;

/** The part of a staged row's key, empty for the row that the record stands for. */
export const partOf = (alias: string): string =>
  `right(${alias}._key, greatest(${alias}._part_length - 1, 0))`;

/** The name of the file a staged row came from. */
export const fileOf = (scope: PlanScope, alias: string): string =>
  `(ARRAY[${scope.files.map(quoteText).join(', ')}]::text[])[${alias}._file + 1]`;

/** The head of an issue insert about staged rows `s`; what follows selects code, severity, field, value, args. */
export function issueInsert(
  scope: PlanScope,
  found: {
    code: string;
    severity: string;
    field: string;
    value: string;
    args?: string;
  },
): string {
  return (
    `INSERT INTO migration.issues (run_no, code, severity, entity, source_id, file, line, field, value, args) ` +
    `SELECT ${String(scope.runNo)}, ${found.code}, ${found.severity}, ${entityOf('s')}, ${sourceIdOf('s')}, ` +
    `${fileOf(scope, 's')}, s._line, ${found.field}, ${found.value}, ${found.args ?? 'NULL::jsonb'}`
  );
}
