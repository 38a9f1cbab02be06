import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import type { TablePolicy } from '../mapping/contract.ts';
import { linksOf } from './links.ts';

/**
 * What a row of the CRM is to hold, as SQL over `s` (staged row), `p` (its plan) and, for an existing row, `c`.
 * Plan and apply both take their columns from here, so that what is announced is what is written.
 */
export interface ColumnExpression {
  readonly column: string;
  /** The value the source asks for; NULL where it says nothing. */
  readonly source: string;
  /** For a new row. */
  readonly inserted: string;
  /** For an existing row, under the column's policy. */
  readonly updated: string;
  /** Whether the second pass writes it. */
  readonly late: boolean;
}

/** The columns of a table with what they are to hold; `now` is an SQL literal for the time of the import. */
export function expressionsOf(
  table: TableName,
  policy: TablePolicy,
  now: string,
): readonly ColumnExpression[] {
  const late = new Map(linksOf(table, policy).map((link) => [link.name, link.late]));
  return Object.entries(columnsOf(table)).map(([column, declaration]) => {
    const name = quoteName(column);
    const current = `c.${name}`;
    const isLink = late.has(column);
    const source = isLink
      ? `p.${name}`
      : column === 'reference' && table === 'properties'
        ? `CASE WHEN p._cleared THEN NULL ELSE s.reference END`
        : `s.${name}`;
    const base = { column, source, late: late.get(column) ?? false };
    if (column === 'custom_fields') {
      const given = `coalesce(s.custom_fields, '{}') || coalesce(p._extra, '{}')`;
      return {
        ...base,
        source: given,
        inserted: given,
        updated: `CASE WHEN 'custom_fields' = ANY (p._held) THEN (${given}) || c.custom_fields ELSE c.custom_fields || (${given}) END`,
      };
    }
    const fallback =
      column === 'created_at' || column === 'updated_at' ? now : (declaration.default ?? undefined);
    const inserted = fallback === undefined ? source : `coalesce(${source}, ${fallback})`;
    if (column === 'updated_at') return { ...base, inserted, updated: inserted };
    if (column === 'is_deleted') return { ...base, inserted, updated: unlessHeld(column, source) };
    if (column === 'deleted_at') {
      // A record that is no longer deleted has no time of deletion.
      return {
        ...base,
        inserted,
        updated: unlessHeld(
          column,
          `CASE WHEN s.is_deleted THEN coalesce(${source}, ${current}) END`,
        ),
      };
    }
    const updated =
      policy.fields[column] === 'never'
        ? current
        : policy.fields[column] === 'fill'
          ? `coalesce(${current}, ${source})`
          : policy.erase.includes(column) && declaration.required !== true
            ? source
            : `coalesce(${source}, ${current})`;
    return { ...base, inserted, updated: unlessHeld(column, updated) };
  });
}

/** What a column of an existing row is to hold, unless a person's edit of it stays (`edits.ts`). */
const unlessHeld = (column: string, updated: string): string =>
  `CASE WHEN '${column}' = ANY (p._held) THEN c.${quoteName(column)} ELSE ${updated} END`;

/** Columns whose change alone is no change: a new time of change with nothing else new. */
export const quietColumns: ReadonlySet<string> = new Set(['updated_at']);
