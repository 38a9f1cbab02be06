import type { TableName } from '../crm/column.ts';
import { foldedCodeSql, foldedEmailSql, foldedPhoneSql, foldedSql } from '../crm/folding.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';

/** A text of a column as it is compared, as SQL; e-mails, telephone numbers and official numbers have a form of their own. */
export function comparable(column: string, text: string): string {
  switch (column) {
    case 'email':
      return foldedEmailSql(text);
    case 'phone':
      return foldedPhoneSql(text);
    case 'national_id':
    case 'tax_id':
      return foldedCodeSql(text);
    default:
      return foldedSql(text);
  }
}

/** The list beside a column, of which the column has the first: a person may have several e-mails and numbers. */
export function listBeside(table: TableName, column: string): string | undefined {
  const list = `${column}s`;
  return columnsOf(table)[list]?.type.kind === 'texts' ? list : undefined;
}

/** What a row has in a column, as it is compared, each value once: a lateral join that gives `<name>.value`. */
export function valuesOf(table: TableName, column: string, alias: string, name: string): string {
  const list = listBeside(table, column);
  const own = `${alias}.${quoteName(column)}`;
  const isText = columnsOf(table)[column]?.type.kind === 'text';
  const written =
    list === undefined
      ? `(VALUES (${own}))`
      : `unnest(array_append(${alias}.${quoteName(list)}, ${own}))`;
  const value = isText ? comparable(column, 'x.written') : 'x.written::text';
  return (
    `CROSS JOIN LATERAL (SELECT DISTINCT ${value} AS value FROM ${written} x(written)` +
    ` WHERE x.written IS NOT NULL) ${name}`
  );
}
