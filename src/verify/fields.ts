import * as z from 'zod';
import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName } from '../database/sql.ts';
import { linksOf } from '../plan/links.ts';
import { finds, linkKey, linkText, valueKeys, type Holders } from '../plan/lookups.ts';
import { entityOf, keysOf, partOf, policyOf, sourceIdOf, type PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import { replacedRecords } from './expected.ts';
import { named, type Listed } from './ids.ts';

/** A value that is not the same on both sides. */
export interface Difference {
  readonly entity: string;
  readonly sourceId: string;
  readonly part?: string;
  readonly field: string;
  readonly source: string | null;
  readonly crm: string | null;
}

/** The outcome of a comparison of values. */
export interface Compared extends Listed<Difference> {
  /** Values compared. */
  readonly compared: number;
  /** Differences for which an issue of an import gives the reason, or that a row has which was there before its record. */
  readonly explained: number;
}

/** A value of both sides as SQL over `s` (source) and `c` (CRM), and when the two differ. */
interface Comparison {
  readonly field: string;
  readonly source: string;
  readonly crm: string;
  readonly differs: string;
  readonly join?: string;
  /** Counts the values that are compared, where not every row has one. */
  readonly counted?: string;
}

/** Compares every mapped value of every row that is there, but for links. */
export function compareFields(
  scope: PlanScope,
  table: TableName,
  limit: number,
): Promise<Compared> {
  return compare(scope, table, fieldComparisons(scope, table), limit);
}

/** Compares every link: the row that the CRM links to must be the one that stands for the record meant. */
export function compareLinks(scope: PlanScope, table: TableName, limit: number): Promise<Compared> {
  return compare(scope, table, linkComparisons(scope, table), limit);
}

function fieldComparisons(scope: PlanScope, table: TableName): readonly Comparison[] {
  const mapped = new Set([...policyOf(scope, table).columns, 'is_deleted', 'custom_fields']);
  return Object.entries(columnsOf(table)).flatMap(([column, { type, default: fallback }]) => {
    if (type.kind === 'link' || !mapped.has(column)) return [];
    const name = quoteName(column);
    const source = `s.${name}`;
    const crm = `c.${name}`;
    if (column === 'custom_fields') {
      // The CRM may hold more: fields of other sources, and those that people add.
      const differs = `NOT ${crm} @> coalesce(${source}, '{}')`;
      return [{ field: column, source, crm, differs }];
    }
    if (column === 'updated_at') {
      // A new time of change alone rewrites no row, so an older one in the CRM is right.
      return [{ field: column, source, crm, differs: `${source} < ${crm}` }];
    }
    if (column === 'created_at') {
      return [
        { field: column, source, crm, differs: `${source} IS NOT NULL AND ${source} <> ${crm}` },
      ];
    }
    if (fromFile(table, column)) {
      // Where the source says nothing, the file itself does.
      return [
        { field: column, source, crm, differs: `${source} IS NOT NULL AND ${source} <> ${crm}` },
      ];
    }
    const asked = fallback === undefined ? source : `coalesce(${source}, ${fallback})`;
    return [{ field: column, source: asked, crm, differs: `${asked} IS DISTINCT FROM ${crm}` }];
  });
}

/** Whether a column holds what a stored file is. */
const fromFile = (table: TableName, column: string): boolean =>
  (table === 'attachments' || table === 'property_images') &&
  ['sha256', 'size_bytes', 'media_type'].includes(column);

function linkComparisons(scope: PlanScope, table: TableName): readonly Comparison[] {
  const policy = policyOf(scope, table);
  return linksOf(table, policy)
    .filter(({ name, required }) => required || policy.columns.includes(name))
    .map((link, index) => {
      const { name, to } = link;
      const alias = `k${String(index)}`;
      const meant = `${alias}.target_id`;
      const byEmail =
        to === 'users'
          ? ` LEFT JOIN crm.users u${String(index)} ON u${String(index)}.account_id = '${scope.accountId}'` +
            ` AND NOT u${String(index)}.is_deleted AND 'email:' || lower(u${String(index)}.email) = s.${quoteName(name)}`
          : '';
      const values = finds(link) ? valueKeys(scope, to, holdersIn(scope, to)) : undefined;
      const byValue =
        values === undefined
          ? ''
          : ` LEFT JOIN (${values}) v${String(index)} ON v${String(index)}.key = ${linkKey(link, 's')}`;
      const others = [
        ...(byEmail === '' ? [] : [`u${String(index)}.id`]),
        ...(byValue === '' ? [] : [`v${String(index)}.id`]),
      ];
      const id = others.length === 0 ? meant : `coalesce(${[meant, ...others].join(', ')})`;
      return {
        field: name,
        source: linkText(link, 's'),
        crm: `c.${quoteName(name)}`,
        join: ` LEFT JOIN migration.id_keys ${alias} ON ${keysOf(scope, to, alias)} AND ${alias}.key = s.${quoteName(name)}${byEmail}${byValue}`,
        differs: `c.${quoteName(name)} IS DISTINCT FROM ${placedId(scope, to, id)}`,
        counted: `s.${quoteName(name)} IS NOT NULL`,
      };
    });
}

/** The rows of the source that a link may mean by a value, as this verification read them; the id map knows their ids. */
function holdersIn(scope: PlanScope, table: TableName): Holders | undefined {
  if (!scope.tables.includes(table)) return undefined;
  return {
    from: `${stagingTable(scope.runNo, table)} s LEFT JOIN ${replacedRecords(scope.runNo)} r ON r.record = s._record`,
    id: 'NULL::uuid',
    where: `s._fate IS DISTINCT FROM 'excluded' AND r.record IS NULL`,
  };
}

/** The id, where its row is in the CRM: the map may know a row that was removed since. */
const placedId = (scope: PlanScope, table: TableName, id: string): string =>
  `(SELECT t.id FROM crm.${table} t WHERE t.account_id = '${scope.accountId}' AND t.id = ${id})`;

const differenceSchema = z.object({
  sourceId: z.string(),
  part: z.string(),
  field: z.string(),
  source: z.string().nullable(),
  crm: z.string().nullable(),
});

async function compare(
  scope: PlanScope,
  table: TableName,
  comparisons: readonly Comparison[],
  limit: number,
): Promise<Compared> {
  if (comparisons.length === 0) return { compared: 0, items: [], total: 0, explained: 0 };
  const { database, runNo } = scope;
  const rows =
    `FROM ${stagingTable(runNo, table)} s JOIN ${stagingTable(runNo, table, '_expected')} e` +
    ` ON e._ordinal = s._ordinal AND e.fate IS NULL AND e.found` +
    ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = e.target_id` +
    comparisons.map(({ join }) => join ?? '').join('');
  const counts = comparisons.map(({ counted }) =>
    counted === undefined ? 'count(*)' : `count(*) FILTER (WHERE ${counted})`,
  );
  const { rows: sums } = await database.query(
    `SELECT (${counts.join(' + ')})::float8 AS n ${rows}`,
  );
  const found = stagingTable(runNo, table, '_found');
  // Most rows are equal: they are put aside by one condition before the rest is taken apart by field.
  await database.query(
    `CREATE TABLE ${found} AS SELECT s._ordinal, ${entityOf('s')} AS entity, ${sourceIdOf('s')} AS source_id, ${partOf('s')} AS part,` +
      ` e.linked, d.field, d.source, d.crm ${rows} CROSS JOIN LATERAL (VALUES ${comparisons
        .map(
          ({ field, source, crm, differs }) =>
            `('${field}', (${source})::text, (${crm})::text, ${differs})`,
        )
        .join(', ')}) d(field, source, crm, differs) WHERE (${comparisons
        .map(({ differs }) => `(${differs})`)
        .join(' OR ')}) AND d.differs`,
  );
  // An edit that an import found and left; another value since, or an import that took the source's, is no longer it.
  const overwritten =
    `SELECT 1 FROM migration.issues o JOIN migration.runs t ON t.no = o.run_no WHERE t.account_id = '${scope.accountId}' AND t.command <> 'preview'` +
    ` AND o.code = 'EDIT_OVERWRITTEN' AND o.entity = i.entity AND o.source_id = i.source_id AND o.field = i.field AND o.run_no > i.run_no`;
  const editKept = `(i.code = 'EDITED_IN_CRM' AND (i.field = 'custom_fields' OR i.value IS NOT DISTINCT FROM f.crm) AND NOT EXISTS (${overwritten}))`;
  const reason =
    `(f.linked OR EXISTS (SELECT 1 FROM migration.issues i JOIN migration.runs r ON r.no = i.run_no` +
    ` WHERE r.account_id = '${scope.accountId}' AND r.command <> 'preview' AND (i.code IN ('VALUE_KEPT', 'REFERENCE_TAKEN') OR ${editKept})` +
    ` AND i.entity = f.entity AND i.source_id = f.source_id AND i.field = f.field))`;
  const { rows: totals } = await database.query(
    `SELECT count(*) FILTER (WHERE NOT explained)::float8 AS total, count(*) FILTER (WHERE explained)::float8 AS explained
       FROM (SELECT ${reason} AS explained FROM ${found} f) x`,
  );
  const { rows: items } = await database.query(
    `SELECT source_id AS "sourceId", part, field, source, crm FROM ${found} f WHERE NOT ${reason} ORDER BY _ordinal, field LIMIT ${String(limit)}`,
  );
  await database.query(`DROP TABLE ${found}`);
  return {
    compared: Number(sums[0]?.['n'] ?? 0),
    total: Number(totals[0]?.['total'] ?? 0),
    explained: Number(totals[0]?.['explained'] ?? 0),
    items: items.map((row) => {
      const { part, ...difference } = differenceSchema.parse(row);
      return { entity: table, ...difference, ...named(part) };
    }),
  };
}
