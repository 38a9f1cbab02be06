import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import type { Lookup } from '../mapping/contract.ts';
import { valuePrefix } from '../model/draft.ts';
import { comparable, valuesOf } from './comparable.ts';
import type { LinkColumn } from './links.ts';
import { keysOf, policyOf, type PlanScope } from './scope.ts';

/** Staged rows that links may mean by a value, as SQL: `from` names them `s`. */
export interface Holders {
  readonly from: string;
  /** The row of the CRM that a staged row becomes, as far as the caller knows; an expression over `from`. */
  readonly id: string;
  readonly where: string;
}

/** Whether some links find rows by a value, and not by their key. */
export const finds = (link: Pick<LinkColumn, 'lookups'>): boolean => link.lookups.length > 0;

/** The key by which a staged link finds its row: a value is compared without case, accents and extra spaces. */
export function linkKey({ name, lookups }: LinkColumn, alias: string): string {
  return byLookup(lookups, `${alias}.${quoteName(name)}`, (text, lookup) =>
    keyed(lookup, comparable(lookup.column, text)),
  );
}

/** What the source wrote in a link: the value alone, where the link finds its row by one. */
export function linkText({ name, lookups }: LinkColumn, alias: string): string {
  return byLookup(lookups, `${alias}.${quoteName(name)}`, (text) => text);
}

function byLookup(
  lookups: readonly Lookup[],
  staged: string,
  value: (text: string, lookup: Lookup) => string,
): string {
  if (lookups.length === 0) return staged;
  const cases = lookups.map((lookup) => {
    const prefix = valuePrefix(lookup);
    const text = `substr(${staged}, ${String(prefix.length + 1)})`;
    return `WHEN starts_with(${staged}, ${quoteText(prefix)}) THEN ${value(text, lookup)}`;
  });
  return `CASE ${cases.join(' ')} ELSE ${staged} END`;
}

const keyed = (lookup: Lookup, value: string): string =>
  `${quoteText(valuePrefix(lookup))} || ${value}`;

/** The values by which any link of the scope finds rows of a table. */
function lookupsTo(scope: PlanScope, table: TableName): readonly Lookup[] {
  const lookups = new Map<string, Lookup>();
  for (const from of scope.tables) {
    const columns = columnsOf(from);
    for (const [name, found] of Object.entries(policyOf(scope, from).lookups)) {
      const type = columns[name]?.type;
      if (type?.kind !== 'link' || type.to !== table) continue;
      for (const lookup of found) lookups.set(valuePrefix(lookup), lookup);
    }
  }
  return [...lookups.values()];
}

/**
 * The rows of a table that links find by a value, as a query that gives `(key, id, several)`; nothing where no link
 * does. A row that is staged has the values of the source, another one those of the CRM. Where several rows have a
 * value, `id` is NULL: live rows count before deleted ones. `id` is NULL, too, where the one row is not in the CRM.
 */
export function valueKeys(
  scope: PlanScope,
  table: TableName,
  holders: Holders | undefined,
  lookups: readonly Lookup[] = lookupsTo(scope, table),
): string | undefined {
  if (lookups.length === 0) return undefined;
  const known =
    `(SELECT k.key, k.part_length, c.* FROM migration.id_keys k JOIN crm.${table} c ON c.account_id = k.account_id` +
    ` AND c.id = k.target_id WHERE ${keysOf(scope, table, 'k')})`;
  const candidates = lookups.flatMap((lookup) => {
    const ofEntity = (key: string, partLength: string) =>
      `${partLength} = 0 AND starts_with(${key}, ${quoteText(`${lookup.entity}:`)})`;
    const fromCrm =
      `SELECT ${keyed(lookup, 'v.value')} AS key, c.id::text AS holder, c.id, c.is_deleted FROM ${known} c` +
      ` ${valuesOf(table, lookup.column, 'c', 'v')} WHERE ${ofEntity('c.key', 'c.part_length')}`;
    if (holders === undefined) return [fromCrm];
    const { from, id, where } = holders;
    return [
      `SELECT ${keyed(lookup, 'v.value')}, coalesce((${id})::text, m.id::text, s._key), coalesce(${id}, m.id), s.is_deleted` +
        ` FROM ${from} LEFT JOIN ${known} m ON m.key = s._key ${valuesOf(table, lookup.column, 's', 'v')}` +
        ` WHERE ${where} AND ${ofEntity('s._key', 's._part_length')}`,
      `${fromCrm} AND NOT EXISTS (SELECT 1 FROM ${from} WHERE ${where} AND s._key = c.key)`,
    ];
  });
  return (
    `SELECT key, CASE WHEN n = 1 THEN id END AS id, n > 1 AS several FROM` +
    ` (SELECT key, min(id::text)::uuid AS id, count(DISTINCT holder) AS n,` +
    ` row_number() OVER (PARTITION BY key ORDER BY is_deleted) AS place` +
    ` FROM (${candidates.join(' UNION ALL ')}) a (key, holder, id, is_deleted) GROUP BY key, is_deleted) b WHERE place = 1`
  );
}

/** The keys, as `valueKeys` has them, of the values that staged rows have themselves: a query that gives `(_ordinal, key)`. */
export function ownValueKeys(
  table: TableName,
  lookups: readonly Lookup[],
  { from, where }: Pick<Holders, 'from' | 'where'>,
): string {
  return lookups
    .map(
      (lookup) =>
        `SELECT s._ordinal, ${keyed(lookup, 'v.value')} AS key FROM ${from} ${valuesOf(table, lookup.column, 's', 'v')} WHERE ${where}`,
    )
    .join(' UNION ');
}
