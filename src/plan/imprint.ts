import type { TableName } from '../crm/column.ts';
import { commonColumns, columnsOf, tables } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { quietColumns } from './expressions.ts';

/**
 * The columns of a table in the order of its imprints. New columns are declared after the others, so that an imprint
 * that was taken before them stays right as far as it goes.
 */
export function imprintColumns(table: TableName): readonly string[] {
  return [...Object.keys(commonColumns), ...Object.keys(tables[table].columns)].filter(
    (column) => !quietColumns.has(column),
  );
}

/** A hash of one column of a row, as SQL; NULL where the column is empty. Times do not depend on the session's zone. */
export function columnHash(table: TableName, column: string, value: string): string {
  const isTime = columnsOf(table)[column]?.type.kind === 'timestamp';
  return `hashtext((${isTime ? `(${value}) AT TIME ZONE 'UTC'` : value})::text)`;
}

/** The imprint of a row of the CRM as it is, as SQL: a hash of each column, 4 bytes where there is a value. */
export function imprintOf(table: TableName, alias: string): string {
  const hashes = imprintColumns(table).map((column) =>
    columnHash(table, column, `${alias}.${quoteName(column)}`),
  );
  return `ARRAY[${hashes.join(', ')}]`;
}

/** The element of an imprint that is about a column, as SQL. */
export const imprintAt = (table: TableName, column: string, imprint: string): string =>
  `${imprint}[${String(imprintColumns(table).indexOf(column) + 1)}]`;

/** Whether a row of the CRM has another value in some column than its imprint, as SQL; NULL where no imprint was taken. */
export function differsFromImprint(table: TableName, row: string, entry: string): string {
  const asItIs = `(${imprintOf(table, row)})[1:cardinality(${entry}.imprint)]`;
  return `${entry}.imprint <> ${asItIs}`;
}

/**
 * Whether a row of the CRM is no longer as the tool left it, as SQL over the row and its entry in `id_keys`: another
 * transaction has written it, and left another value in some column.
 */
export const editedSince = (table: TableName, row: string, entry: string): string =>
  `(${row}.xmin IS DISTINCT FROM ${entry}.imprinted AND ${differsFromImprint(table, row, entry)})`;

/** The names of the columns in which a row differs from its imprint, as SQL (`text[]`). */
export function editedColumns(table: TableName, row: string, entry: string): string {
  const names = imprintColumns(table).map((column, index) => {
    const place = String(index + 1);
    const isOther = `${entry}.imprint[${place}] IS DISTINCT FROM ${columnHash(table, column, `${row}.${quoteName(column)}`)}`;
    return `CASE WHEN ${place} <= cardinality(${entry}.imprint) AND ${isOther} THEN '${column}' END`;
  });
  return `array_remove(ARRAY[${names.join(', ')}], NULL)`;
}
