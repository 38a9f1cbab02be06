import { MappingError } from '../model/errors.ts';
import { type ColumnValue, type Draft, referenceText } from '../model/draft.ts';
import type { IssueCode } from '../model/issue.ts';
import type { SourceRecord, Value } from '../model/record.ts';
import { canonicalJson } from './canonical-json.ts';
import type { MappingSet } from './contract.ts';
import { Findings, type MappingFile, checkShape, parseFile } from './document.ts';
import { type Case, casesSchema } from './schema.ts';

/** Whether a mapping gives what a case says; what it gives otherwise, one sentence each. */
export interface CaseResult {
  readonly name: string;
  readonly ok: boolean;
  readonly differences: readonly string[];
}

/**
 * Runs the cases of the mapping of an entity. `idField` is the field that holds a record's id, for cases that do not
 * name one. Throws a MappingError for a file that is no cases file.
 */
export function runCases(
  mappings: MappingSet,
  file: MappingFile,
  entity: string,
  idField = 'id',
): readonly CaseResult[] {
  return parseCases(file).map((example, ordinal) => {
    const differences = differencesOf(
      example,
      mappings,
      recordOf(example, { entity, idField, file: file.name, ordinal }),
    );
    return { name: example.name, ok: differences.length === 0, differences };
  });
}

function parseCases(file: MappingFile): readonly Case[] {
  const findings = new Findings();
  const parsed = parseFile(file, findings, { nulls: true });
  const cases = parsed === undefined ? undefined : checkShape(casesSchema, parsed);
  findings.settle();
  if (cases === undefined) throw new MappingError(`${file.name}: is not a list of cases`);
  return cases;
}

interface CaseOrigin {
  readonly entity: string;
  readonly idField: string;
  readonly file: string;
  readonly ordinal: number;
}

function recordOf(example: Case, { entity, idField, file, ordinal }: CaseOrigin): SourceRecord {
  const own = example.record[idField];
  return {
    entity,
    sourceId: example.id ?? (typeof own === 'string' && own !== '' ? own : '1'),
    deleted: example.deleted ?? false,
    line: undefined,
    file,
    ordinal,
    fields: example.record,
    ...(example.timezone === undefined ? {} : { timezone: example.timezone }),
  };
}

function differencesOf(example: Case, mappings: MappingSet, record: SourceRecord): string[] {
  const { drafts, issues } = mappings.map(record);
  const fate = drafts.find(({ root }) => root)?.fate;
  return [
    ...differentFate(example.fate, fate),
    ...differentIssues(
      example.issues ?? [],
      issues.map(({ code }) => code),
    ),
    ...Object.entries(example.rows ?? {}).flatMap(([table, rows]) =>
      differentRows(
        table,
        rows,
        drafts.filter((draft) => draft.table === table),
      ),
    ),
  ];
}

function differentFate(expected: Case['fate'], actual: Draft['fate']): string[] {
  const said = (fate: string | undefined): string => fate ?? 'comes in';
  return expected === actual ? [] : [`fate: expected "${said(expected)}", is "${said(actual)}"`];
}

/** Issues are compared whole: every one that is not expected is a difference, and every one that is missing. */
function differentIssues(expected: readonly IssueCode[], actual: readonly IssueCode[]): string[] {
  const said = (codes: readonly IssueCode[]): string =>
    codes.length === 0 ? 'none' : [...codes].sort().join(', ');
  return said(expected) === said(actual)
    ? []
    : [`issues: expected ${said(expected)}; found ${said(actual)}`];
}

function differentRows(
  table: string,
  expected: readonly Readonly<Record<string, Value>>[],
  actual: readonly Draft[],
): string[] {
  const counts =
    expected.length === actual.length
      ? []
      : [`${table}: expected ${expected.length} rows, found ${actual.length}`];
  const columns = expected.flatMap((row, index) => {
    const draft = actual[index];
    if (draft === undefined) return [];
    return Object.entries(row).flatMap(([column, value]) =>
      differentColumn(`${table}[${index}].${column}`, value, columnOf(draft, column)),
    );
  });
  return [...counts, ...columns];
}

function columnOf(draft: Draft, column: string): ColumnValue {
  const link = draft.links[column];
  if (link !== undefined) return referenceText(link);
  if (column === 'is_deleted') return String(draft.deleted);
  return draft.values[column] ?? null;
}

/** A JSON column is a text in a draft, and a list or a group in a case. */
function differentColumn(column: string, expected: Value, actual: ColumnValue): string[] {
  const wanted = canonicalJson(expected);
  const isJson = expected !== null && typeof expected === 'object';
  const same = wanted === canonicalJson(actual) || (isJson && wanted === actual);
  const found = isJson && typeof actual === 'string' ? actual : canonicalJson(actual);
  return same ? [] : [`${column}: expected ${wanted}, is ${found}`];
}
