import * as z from 'zod';
import type { Database } from '../../database/contract.ts';
import type { Issue } from '../../model/issue.ts';
import { NotReadyError } from '../../model/errors.ts';
import {
  countSelected,
  findingsAbout,
  groupSelected,
  resultsOf,
  selectedRecords,
  stagedRecords,
  tallySelected,
  type OutlinedRecord,
  type PlannedResult,
  type Selection,
} from '../../plan/pages.ts';
import type { PlanScope } from '../../plan/scope.ts';
import { tableNames } from '../../crm/column.ts';
import { messageOf } from '../../report/messages.ts';
import { corrector, type Correction } from '../corrections.ts';
import { duplicatesOf } from '../duplicates.ts';
import { adapterNamed } from '../source.ts';
import { findAccount, type StoredRun } from '../store.ts';
import { storedFields } from '../stored-records.ts';
import { storedIssue } from '../summary.ts';
import { mappingsFor } from '../translation.ts';
import type {
  CountsDocument,
  RecordFate,
  RowFilter,
  RowIssueDocument,
  RowsDocument,
} from './contract.ts';
import type { Fields } from '../../model/record.ts';
import type { Workshop } from './workshop.ts';

/** The plan of an import that can be looked at, and the corrections that were made since. */
export interface Shown {
  readonly run: StoredRun;
  /** Every correction that stands, those that the plan knows included. */
  readonly corrections: readonly Correction[];
}

const noFates: Record<RecordFate, number> = {
  created: 0,
  updated: 0,
  unchanged: 0,
  duplicate: 0,
  excluded: 0,
  parked: 0,
  rejected: 0,
};

/** Throws NotReadyError for a run whose plan is not there (any more). */
export async function assertShown(database: Database, run: StoredRun): Promise<void> {
  const { rows } = await database.query(
    `SELECT to_regclass('staging.r${String(run.no)}_outline') IS NOT NULL AS there`,
  );
  if (rows[0]?.['there'] === true && run.document !== null) return;
  throw new NotReadyError('Nothing is checked at the moment.', {
    hint: 'Check the file; nothing is saved by it.',
  });
}

/** The numbers of a plan under a filter, each part of which is left out where its own choices are counted. */
export async function countsOf(
  database: Database,
  { run, corrections }: Shown,
  filter: RowFilter,
): Promise<CountsDocument> {
  const of = (part: Partial<RowFilter>): Selection =>
    selectionOf({ ...filter, ...part }, corrections);
  const counted = await tallySelected(database, run.no, of({ fate: undefined }), 'fate');
  const entities = await tallySelected(database, run.no, of({ entity: undefined }), 'entity');
  const groups = await groupSelected(database, run.no, of({ code: undefined, column: undefined }));
  const { total } = await duplicatesOf(database, run.no, 1);
  return {
    run: run.id,
    read: run.recordsRead ?? 0,
    matching: await countSelected(database, run.no, of({})),
    fates: { ...noFates, ...counted },
    entities,
    issues: groups.map(({ code, severity, field, rows, value, args, values }) => ({
      code,
      severity,
      column: field,
      rows,
      message: messageOf(aboutNobody({ code, severity, field, value, args })),
      args: args ?? {},
      values,
    })),
    remarks: await remarksOf(database, run.no),
    duplicates: total,
    columns: await columnsOfRun(database, run),
  };
}

const aboutNobody = (
  found: Pick<Parameters<typeof storedIssue>[0], 'code' | 'severity' | 'field' | 'value' | 'args'>,
): Issue => storedIssue({ ...found, entity: null, source_id: null, file: null, line: null });

const remarkSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  field: z.string().nullable(),
  value: z.string().nullable(),
  file: z.string().nullable(),
  line: z.number().nullable(),
  args: z.record(z.string(), z.string().nullable()).nullable(),
});

/** What was found of the whole input, of no record. */
async function remarksOf(database: Database, runNo: number): Promise<RowIssueDocument[]> {
  const { rows } = await database.query(
    `SELECT code, severity, field, value, file, line, args FROM migration.issues WHERE run_no = $1 AND source_id IS NULL
      ORDER BY array_position(ARRAY['error', 'warning', 'info'], severity), code, field LIMIT 200`,
    [runNo],
  );
  return rows.map((row) => {
    const found = remarkSchema.parse(row);
    return issueDocument(storedIssue({ ...found, entity: null, source_id: null }));
  });
}

/** The names of the fields of the first records, in the order of the first that has them. */
async function columnsOfRun(database: Database, run: StoredRun): Promise<string[]> {
  const known = run.document;
  const coverage = z.object({ coverage: z.array(z.object({ field: z.string() })) }).safeParse(known)
    .data?.coverage;
  const first = await stagedRecords(database, run.no, { offset: 0, limit: 100 });
  const names = new Set(first.flatMap(({ fields }) => Object.keys(fieldsOfText(fields))));
  for (const { field } of coverage ?? [])
    if (!/[.[]/.test(field) || names.has(field)) names.add(field);
  return [...names];
}

/** An issue as the page is told it; its field is a column of the file, or of the CRM. */
export function issueDocument(found: Issue): RowIssueDocument {
  const { code, severity, field, value, args } = found;
  return {
    code,
    severity,
    column: field ?? null,
    value: value ?? null,
    args: { ...args },
    message: messageOf(found),
  };
}

function selectionOf(filter: RowFilter, corrections: readonly Correction[]): Selection {
  const { fate, code, column, entity, search, corrected } = filter;
  return {
    fate,
    code,
    field: column,
    entity,
    search,
    among:
      corrected === true
        ? {
            records: corrections.flatMap((one) => ('row' in one ? [one.row] : [])),
            texts: corrections.flatMap((one) =>
              'row' in one || one.from === '' ? [] : [cellText(one.column, one.from)],
            ),
          }
        : undefined,
  };
}

/** How a cell stands in the text of its record. */
export const cellText = (column: string, value: string): string =>
  `${JSON.stringify(column)}:${JSON.stringify(value)}`;

const fieldsOfText = (text: string): Fields => storedFields.parse(JSON.parse(text));

/** A page of the rows of a plan, or of one that is still being made. */
export async function rowsOf(
  workshop: Workshop,
  database: Database,
  shown: Shown,
  filter: RowFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<RowsDocument> {
  const { run, corrections } = shown;
  if (run.document === null) return rowsSoFar(workshop, database, shown, page);
  const selection = selectionOf(filter, corrections);
  const records = await selectedRecords(database, run.no, selection, page);
  const numbers = records.map(({ record }) => record);
  const issues = new Map<number, RowIssueDocument[]>();
  for (const { record, ...found } of await findingsAbout(database, run.no, numbers)) {
    const issue = storedIssue({ ...found, entity: null, source_id: null, file: null, line: null });
    issues.set(record, [...(issues.get(record) ?? []), issueDocument(issue)]);
  }
  const results = new Map<number, PlannedResult[]>();
  for (const result of await resultsOf(await scopeOf(workshop, database, run), numbers))
    results.set(result.record, [...(results.get(result.record) ?? []), result]);
  return {
    run: run.id,
    offset: page.offset,
    total: await countSelected(database, run.no, selection),
    rows: records.map((record) => ({
      ...rowOf(record, shown),
      issues: issues.get(record.record) ?? [],
      results: (results.get(record.record) ?? []).map(({ table, part, fate, id, fields }) => ({
        table,
        part: part === '' ? null : part,
        fate: recordFate(fate),
        id,
        fields,
      })),
    })),
  };
}

async function rowsSoFar(
  workshop: Workshop,
  database: Database,
  shown: Shown,
  page: { readonly offset: number; readonly limit: number },
): Promise<RowsDocument> {
  const { run } = shown;
  const { rows } = await database.query(
    `SELECT to_regclass('staging.r${String(run.no)}_records') IS NOT NULL AS there`,
  );
  const records = rows[0]?.['there'] === true ? await stagedRecords(database, run.no, page) : [];
  return {
    run: run.id,
    offset: page.offset,
    total: null,
    rows: records.map((record) => ({ ...rowOf(record, shown), issues: [], results: [] })),
  };
}

type Row = RowsDocument['rows'][number];

/** A record with the corrections that stand. */
function rowOf(
  { record, entity, sourceId, file, line, fate, fields: text }: OutlinedRecord,
  { run, corrections }: Shown,
): Omit<Row, 'issues' | 'results'> {
  const written = fieldsOfText(text);
  const now = corrector(corrections)(written, record) ?? written;
  const checked = corrector(run.options.corrections ?? [])(written, record) ?? written;
  const [said, shown, planned] = [cellsOf(written), cellsOf(now), cellsOf(checked)];
  const names = [...new Set([...Object.keys(said), ...Object.keys(shown)])];
  return {
    row: record,
    line,
    file: run.inputs[file ?? 0]?.name ?? '',
    entity,
    sourceId,
    fate: fate === null ? null : recordFate(fate),
    cells: shown,
    corrected: Object.fromEntries(
      names
        .filter((name) => said[name] !== shown[name])
        .map((name): [string, string] => [name, said[name] ?? '']),
    ),
    pending: names.some((name) => shown[name] !== planned[name]),
  };
}

/** What the record says, as text by column; what is no text is shown as JSON. */
export function cellsOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );
}

const recordFate = (fate: string): RecordFate | null =>
  Object.hasOwn(noFates, fate) ? (fate as RecordFate) : null;

/** The plan of a run, to be looked at. */
async function scopeOf(workshop: Workshop, database: Database, run: StoredRun): Promise<PlanScope> {
  const { session, memory } = workshop;
  const mappings = await memory.mappings.get(run.id, async () => {
    const account = await findAccount(database, run.accountId);
    return mappingsFor(adapterNamed(session.adapters, run.adapter), account.defaults, run.options);
  });
  return {
    database,
    runNo: run.no,
    accountId: run.accountId,
    systemNo: run.systemNo,
    tables: tableNames.filter((table) => table in mappings.tables),
    policies: mappings.tables,
    files: [],
    now: 0,
  };
}
