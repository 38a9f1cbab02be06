import { hash } from 'node:crypto';
import type { TableName } from '../crm/column.ts';
import { keyOf, referenceText, type Draft } from '../model/draft.ts';
import type { Issue } from '../model/issue.ts';
import { nameText, storableText } from '../model/name-text.ts';
import type { Fields, SourceRecord } from '../model/record.ts';
import { copyText } from './copy-text.ts';
import { stagedColumnsOf, stagingColumns } from './tables.ts';

/** Where a draft stands in its run. */
export interface DraftPlace {
  readonly ordinal: number;
  readonly record: number;
  readonly id: string;
  readonly file: number;
  readonly line: number | undefined;
}

/** The columns of a staging line, in the order in which `stagingLine` writes them. */
export function stagingLineColumns(table: TableName): readonly string[] {
  return [...Object.keys(stagingColumns), ...stagedColumnsOf(table)];
}

/** A draft as a line of COPY text. The hash covers what the draft says, not where it stands. */
export function stagingLine(draft: Draft, columns: readonly string[], place: DraftPlace): string {
  let said = '';
  for (const column of columns) {
    // Values first: nearly every column is one, and to look for what is not there takes longest.
    let value = draft.values[column];
    if (value === undefined) {
      const link = draft.links[column];
      if (link !== undefined) value = referenceText(link);
      else if (column === 'is_deleted') value = String(draft.deleted);
    }
    said += `\t${copyText(value)}`;
  }
  const key = keyOf(draft.entity, draft.sourceId, draft.part);
  // In characters, as the database counts them.
  const partLength = draft.part === '' ? 0 : Array.from(draft.part).length + 1;
  const head = [
    place.ordinal,
    place.record,
    copyText(key),
    partLength,
    place.id,
    draft.root,
    draft.fate ?? '\\N',
    place.file,
    place.line ?? '\\N',
    hash('md5', said),
    copyText(draft.twin),
  ];
  return head.join('\t') + said;
}

/** The columns of an issue's line, in order. */
export const issueColumns = [
  'run_no',
  'code',
  'severity',
  'entity',
  'source_id',
  'file',
  'line',
  'field',
  'value',
  'args',
] as const;

/** An issue as a line of COPY text for `migration.issues`. */
export function issueLine(runNo: number, found: Issue): string {
  return [
    runNo,
    found.code,
    found.severity,
    copyText(named(found.entity)),
    copyText(named(found.sourceId)),
    copyText(storable(found.file)),
    found.line ?? '\\N',
    copyText(storable(found.field)),
    copyText(storable(found.value)),
    found.args === undefined ? '\\N' : copyText(JSON.stringify(storableArgs(found.args))),
  ].join('\t');
}

const named = (text: string | undefined) => (text === undefined ? undefined : nameText(text));
const storable = (text: string | undefined) =>
  text === undefined ? undefined : storableText(text);
const storableArgs = (args: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(args).map(([name, text]) => [name, storableText(text)]));

/** The columns of the line of a record as the source says it, in order. */
export const recordColumns = ['record', 'entity', 'source_id', 'file', 'line', 'fields'] as const;

/** A record as the source says it, as a line of COPY text; `fields` become JSON. */
export function recordLine(record: SourceRecord, fields: Fields, file: number): string {
  return [
    record.ordinal,
    copyText(record.entity),
    copyText(record.sourceId),
    file,
    record.line ?? '\\N',
    copyText(storableText(JSON.stringify(fields))),
  ].join('\t');
}

/** The columns of the line of what a record is counted under, in order. */
export const splitColumns = ['record', 'entity', 'is_deleted', 'by'] as const;

/** What a record is counted under, as a line of COPY text. */
export function splitLine(record: SourceRecord, by: Readonly<Record<string, string>>): string {
  return [
    record.ordinal,
    copyText(record.entity),
    record.deleted,
    copyText(JSON.stringify(storableArgs(by))),
  ].join('\t');
}

/** The columns of the line of a record that no mapping takes, in order. */
export const unmappedColumns = [
  'record',
  'entity',
  'source_id',
  'is_deleted',
  'file',
  'line',
] as const;

/** A record that no mapping takes, as a line of COPY text. */
export function unmappedLine(record: SourceRecord, file: number): string {
  return [
    record.ordinal,
    copyText(record.entity),
    copyText(record.sourceId),
    record.deleted,
    file,
    record.line ?? '\\N',
  ].join('\t');
}
