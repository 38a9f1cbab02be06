import * as z from 'zod';
import { columnsOf } from '../crm/tables.ts';
import type { TableName } from '../crm/column.ts';
import type { Queryable } from '../database/contract.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import { fates, type Fate } from '../model/fate.ts';
import { recordsTable, stagingTable } from '../staging/tables.ts';
import { expressionsOf, quietColumns } from './expressions.ts';
import { findingsTable, outlineTable } from './outline.ts';
import { partOf, policyOf, type PlanScope } from './scope.ts';

/** Which records of a planned run; all that is said must hold. */
export interface Selection {
  readonly fate?: Fate | undefined;
  /** Records with a finding of this code. */
  readonly code?: string | undefined;
  /** Records with a finding about this field, of the code where one is said. */
  readonly field?: string | undefined;
  readonly entity?: string | undefined;
  /** A text in some field, whatever its case. */
  readonly search?: string | undefined;
  /** Records that are among these by their number, or hold one of these texts in their JSON. */
  readonly among?:
    { readonly records: readonly number[]; readonly texts: readonly string[] } | undefined;
  /** Or records without anything in this field. */
  readonly lacking?: string | undefined;
}

/** The condition of a selection over the outline `o`, as SQL. */
function conditionOf(runNo: number, selection: Selection): string {
  const { fate, code, field, entity, search, among, lacking } = selection;
  const conditions: string[] = [];
  if (fate !== undefined) conditions.push(`o.fate = ${quoteText(fate)}`);
  if (entity !== undefined) conditions.push(`o.entity = ${quoteText(entity)}`);
  if (code !== undefined || field !== undefined) {
    const found = [
      ...(code === undefined ? [] : [`f.code = ${quoteText(code)}`]),
      ...(field === undefined ? [] : [`f.field = ${quoteText(field)}`]),
    ].join(' AND ');
    conditions.push(`o.record IN (SELECT f.record FROM ${findingsTable(runNo)} f WHERE ${found})`);
  }
  const texts = (wanted: readonly string[]): string =>
    wanted.map((text) => `strpos(r.fields, ${quoteText(text)}) > 0`).join(' OR ');
  const inRecords = (condition: string): string =>
    `o.record IN (SELECT r.record FROM ${recordsTable(runNo)} r WHERE ${condition})`;
  if (search !== undefined && search !== '')
    // As it stands in JSON, without the quotes around it.
    conditions.push(
      inRecords(
        `strpos(lower(r.fields), ${quoteText(JSON.stringify(search.toLowerCase()).slice(1, -1))}) > 0`,
      ),
    );
  if (among !== undefined) {
    const either = [
      ...(among.records.length === 0
        ? []
        : [`o.record IN (${among.records.map(String).join(', ')})`]),
      ...(among.texts.length === 0 ? [] : [inRecords(texts(among.texts))]),
      ...(lacking === undefined
        ? []
        : [inRecords(`strpos(r.fields, ${quoteText(`${JSON.stringify(lacking)}:`)}) = 0`)]),
    ];
    conditions.push(either.length === 0 ? 'false' : `(${either.join(' OR ')})`);
  }
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

const isWhole = (selection: Selection): boolean =>
  Object.values(selection).every((part) => part === undefined || part === '');

/** How many records a selection has. */
export async function countSelected(
  database: Queryable,
  runNo: number,
  selection: Selection,
): Promise<number> {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS n FROM ${outlineTable(runNo)} o WHERE ${conditionOf(runNo, selection)}`,
  );
  return z.object({ n: z.number() }).parse(rows[0]).n;
}

const fateSchema = z.object({ name: z.string(), n: z.number() });

/** Selected records by fate, or by entity. */
export async function tallySelected(
  database: Queryable,
  runNo: number,
  selection: Selection,
  by: 'fate' | 'entity',
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await database.query(
    `SELECT o.${by} AS name, count(*)::float8 AS n FROM ${outlineTable(runNo)} o WHERE ${conditionOf(runNo, selection)} GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  return Object.fromEntries(
    rows.map((row) => {
      const { name, n } = fateSchema.parse(row);
      return [name, n];
    }),
  );
}

const args = z.record(z.string(), z.string().nullable()).nullable();
const severity = z.enum(['error', 'warning', 'info']);
const groupSchema = z.object({
  code: z.string(),
  severity,
  field: z.string().nullable(),
  rows: z.number(),
  value: z.string().nullable(),
  args,
  values: z.array(z.object({ value: z.string(), rows: z.number() })),
});

/** What was found about the selected records, by code and field, with the values that most of it is about. */
export async function groupSelected(
  database: Queryable,
  runNo: number,
  selection: Selection,
): Promise<readonly z.infer<typeof groupSchema>[]> {
  const among = isWhole(selection)
    ? ''
    : ` WHERE f.record IN (SELECT o.record FROM ${outlineTable(runNo)} o WHERE ${conditionOf(runNo, selection)})`;
  const { rows } = await database.query(
    `WITH found AS (SELECT f.code, f.severity, f.field, f.value, count(DISTINCT f.record) AS n, (min(f.args::text))::jsonb AS args` +
      ` FROM ${findingsTable(runNo)} f${among} GROUP BY 1, 2, 3, 4),` +
      ` ranked AS (SELECT *, row_number() OVER (PARTITION BY code, severity, field ORDER BY n DESC, value) AS place FROM found),` +
      ` groups AS (SELECT code, severity, field, count(DISTINCT record)::float8 AS rows FROM ${findingsTable(runNo)} f${among} GROUP BY 1, 2, 3)` +
      ` SELECT g.code, g.severity, g.field, g.rows, t.value, t.args, coalesce((SELECT jsonb_agg(jsonb_build_object('value', r.value, 'rows', r.n) ORDER BY r.place)` +
      ` FROM ranked r WHERE r.code = g.code AND r.severity = g.severity AND r.field IS NOT DISTINCT FROM g.field AND r.place <= 20 AND r.value IS NOT NULL), '[]') AS values` +
      ` FROM groups g JOIN ranked t ON t.code = g.code AND t.severity = g.severity AND t.field IS NOT DISTINCT FROM g.field AND t.place = 1` +
      ` ORDER BY array_position(ARRAY['error', 'warning', 'info'], g.severity), g.rows DESC, g.code, g.field LIMIT 500`,
  );
  return rows.map((row) => groupSchema.parse(row));
}

const outlineSchema = z.object({
  record: z.number(),
  entity: z.string(),
  sourceId: z.string(),
  file: z.number().nullable(),
  line: z.number().nullable(),
  fate: z.enum(fates).nullable(),
  fields: z.string(),
});

/** A record as the source says it, with its fate. */
export type OutlinedRecord = z.infer<typeof outlineSchema>;

/** A page of the selected records, in the order of the input. */
export async function selectedRecords(
  database: Queryable,
  runNo: number,
  selection: Selection,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly OutlinedRecord[]> {
  // The records of the whole are numbered without a gap, so that no page is further away than another.
  const chosen = isWhole(selection)
    ? `SELECT * FROM ${outlineTable(runNo)} o WHERE o.record >= ${String(offset)} AND o.record < ${String(offset + limit)}`
    : `SELECT * FROM ${outlineTable(runNo)} o WHERE ${conditionOf(runNo, selection)} ORDER BY o.record LIMIT ${String(limit)} OFFSET ${String(offset)}`;
  const { rows } = await database.query(
    `SELECT o.record::float8 AS record, o.entity, o.source_id AS "sourceId", o.file, o.line, o.fate, r.fields` +
      ` FROM (${chosen}) o JOIN ${recordsTable(runNo)} r ON r.record = o.record ORDER BY o.record`,
  );
  return rows.map((row) => outlineSchema.parse(row));
}

/** The first records of a run that is still being read, as far as they are there. */
export async function stagedRecords(
  database: Queryable,
  runNo: number,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly OutlinedRecord[]> {
  const { rows } = await database.query(
    `SELECT r.record::float8 AS record, r.entity, r.source_id AS "sourceId", r.file, r.line, NULL AS fate, r.fields` +
      ` FROM ${recordsTable(runNo)} r WHERE r.record >= ${String(offset)} AND r.record < ${String(offset + limit)} ORDER BY 1`,
  );
  return rows.map((row) => outlineSchema.parse(row));
}

const findingSchema = z.object({
  record: z.number(),
  code: z.string(),
  severity,
  field: z.string().nullable(),
  value: z.string().nullable(),
  args,
});

/** What was found about some records. */
export async function findingsAbout(
  database: Queryable,
  runNo: number,
  records: readonly number[],
): Promise<readonly z.infer<typeof findingSchema>[]> {
  if (records.length === 0) return [];
  const { rows } = await database.query(
    `SELECT f.record::float8 AS record, f.code, f.severity, f.field, f.value, f.args FROM ${findingsTable(runNo)} f` +
      ` WHERE f.record IN (${records.map(String).join(', ')}) ORDER BY 1, array_position(ARRAY['error', 'warning', 'info'], f.severity), f.code, f.field`,
  );
  return rows.map((row) => findingSchema.parse(row));
}

const resultSchema = z.object({
  record: z.number(),
  part: z.string(),
  root: z.boolean(),
  fate: z.enum(fates),
  id: z.string().nullable(),
  fields: z.array(
    z.object({ field: z.string(), old: z.string().nullable(), new: z.string().nullable() }),
  ),
});

/** A row of the CRM that a record gives: all that it will hold, or what changes of a row that is there. */
export interface PlannedResult extends z.infer<typeof resultSchema> {
  readonly table: TableName;
}

/** The rows of the CRM that some records give, that of the record itself first. To be asked before the plan is applied. */
export async function resultsOf(
  scope: PlanScope,
  records: readonly number[],
): Promise<readonly PlannedResult[]> {
  if (records.length === 0) return [];
  const results: PlannedResult[] = [];
  for (const table of scope.tables) {
    const fields = fieldValues(scope, table);
    const { rows } = await scope.database.query(
      `SELECT s._record::float8 AS record, ${partOf('s')} AS part, s._root AS root, p.fate, p.target_id::text AS id,` +
        ` coalesce((SELECT jsonb_agg(jsonb_build_object('field', d.field, 'old', d.old, 'new', d.new) ORDER BY d.place)` +
        ` FROM (VALUES ${fields}) d(place, field, old, new, differs) WHERE d.differs), '[]') AS fields` +
        ` FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal` +
        ` LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id` +
        ` WHERE s._record IN (${records.map(String).join(', ')}) ORDER BY s._record, s._ordinal`,
    );
    results.push(...rows.map((row) => ({ table, ...resultSchema.parse(row) })));
  }
  return results.sort((a, b) => a.record - b.record || Number(b.root) - Number(a.root));
}

/** The columns of a row as SQL rows `(place, field, old, new, differs)`. */
function fieldValues(scope: PlanScope, table: TableName): string {
  const columns = columnsOf(table);
  return expressionsOf(table, policyOf(scope, table), 'NULL::timestamptz')
    .filter(({ column }) => !quietColumns.has(column) && column !== 'is_deleted')
    .map(({ column, inserted, updated, late }, place) => {
      const type = columns[column]?.type;
      const current = `c.${quoteName(column)}`;
      const next = late ? `coalesce(p.${quoteName(column)}, ${current})` : updated;
      // A link is shown as the source says it: the id of a row that is not there yet tells nobody anything.
      const shown = (sql: string): string =>
        type?.kind === 'texts' ? `array_to_string(${sql}, ', ')` : `(${sql})::text`;
      const asked =
        type?.kind === 'link'
          ? `regexp_replace(s.${quoteName(column)}, '^email:', '')`
          : `CASE WHEN p.fate = 'updated' THEN ${shown(next)} ELSE ${shown(inserted)} END`;
      const differs =
        `CASE p.fate WHEN 'updated' THEN (${next}) IS DISTINCT FROM ${current}` +
        ` ELSE p.fate <> 'unchanged' AND s.${quoteName(column)} IS NOT NULL END`;
      // That a row is of another row of its record goes without saying.
      const isOwn = `starts_with(s.${quoteName(column)}, left(s._key, length(s._key) - s._part_length))`;
      const old = `CASE WHEN p.fate = 'updated' THEN ${shown(current)} END`;
      return `(${String(place)}, '${column}', ${old}, ${asked}, ${type?.kind === 'link' ? `(${differs}) AND NOT ${isOwn}` : differs})`;
    })
    .join(', ');
}
