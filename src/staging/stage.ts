import type { SourceEvent } from '../adapter/contract.ts';
import { seal } from '../adapter/seal.ts';
import { isTableName, type TableName } from '../crm/column.ts';
import type { Queryable } from '../database/contract.ts';
import type { FieldCoverage, MappingSet } from '../mapping/contract.ts';
import { InternalError } from '../model/errors.ts';
import type { Issue } from '../model/issue.ts';
import type { SourceRecord } from '../model/record.ts';
import { CopyBuffer } from './copy-buffer.ts';
import {
  issueColumns,
  issueLine,
  recordColumns,
  recordLine,
  splitColumns,
  splitLine,
  stagingLine,
  stagingLineColumns,
  unmappedColumns,
  unmappedLine,
} from './row.ts';
import {
  recordsTable,
  splitsTable,
  stagedColumnsOf,
  stagingTable,
  unmappedTable,
} from './tables.ts';

/** What staging needs; ids and progress come from outside. */
export interface StageRequest {
  readonly target: Pick<Queryable, 'copyIn'>;
  readonly runNo: number;
  readonly events: AsyncIterable<SourceEvent>;
  readonly mappings: MappingSet;
  /** Names of the input files; a staged row holds the position of its file in this list. */
  readonly files: readonly string[];
  /** The first numbers to give, where others are staged already: of records, and of drafts by table. */
  readonly from?: {
    readonly record: number;
    readonly ordinals: Readonly<Partial<Record<TableName, number>>>;
  };
  /** What a record is counted under, where that is to be compared. */
  readonly splits?: ((record: SourceRecord) => Readonly<Record<string, string>>) | undefined;
  /** Whether the records are kept as the source says them. */
  readonly keepRecords?: boolean | undefined;
  readonly newId: () => string;
  readonly onProgress: (records: number) => void;
  readonly signal: AbortSignal;
}

/** What was read: the numbers that the plan must account for. */
export interface StageResult {
  /** Source records in the input. */
  readonly records: number;
  /** Drafts staged, by table. */
  readonly staged: Readonly<Partial<Record<TableName, number>>>;
  readonly coverage: readonly FieldCoverage[];
}

// Progress and cancellation are looked at once per so many records.
const glance = 1_000;

/** The tables for which the mappings give drafts. */
export function stagedTables(mappings: MappingSet): readonly TableName[] {
  return Object.keys(mappings.tables).filter(isTableName);
}

/** Writes down findings that are of no record. */
export async function noteIssues(
  target: StageRequest['target'],
  runNo: number,
  issues: readonly Issue[],
): Promise<void> {
  const buffer = new CopyBuffer(target, { 'migration.issues': issueColumns });
  for (const found of issues) await buffer.add('migration.issues', issueLine(runNo, found));
  await buffer.finish();
}

/** Streams records through mapping into the staging tables of a run, and their issues beside them. */
export async function stage(request: StageRequest): Promise<StageResult> {
  const { runNo, mappings, from } = request;
  const tables = stagedTables(mappings);
  const lanes = new Map(
    tables.map((table) => [
      table as string,
      {
        staging: stagingTable(runNo, table),
        columns: stagedColumnsOf(table),
        first: from?.ordinals[table] ?? 0,
        count: 0,
      },
    ]),
  );
  const buffer = new CopyBuffer(
    request.target,
    Object.fromEntries([
      ['migration.issues', issueColumns],
      [unmappedTable(runNo), unmappedColumns],
      [recordsTable(runNo), recordColumns],
      [splitsTable(runNo), splitColumns],
      ...tables.map((table) => [stagingTable(runNo, table), stagingLineColumns(table)] as const),
    ]),
  );
  const note = (found: Issue) => buffer.add('migration.issues', issueLine(runNo, found));
  const fileNumbers = new Map(request.files.map((name, index) => [name, index]));
  let records = 0;
  for await (const event of request.events) {
    if (event.kind === 'issue') {
      await note(event.issue);
      continue;
    }
    const ordinal = records++;
    if (records % glance === 0) {
      request.signal.throwIfAborted();
      request.onProgress(records);
    }
    const record = seal(event, ordinal + (from?.record ?? 0));
    const mapped = mappings.map(record);
    let fatal = false;
    for (const found of event.issues) {
      fatal ||= found.severity === 'error';
      const waiting = note({
        entity: record.entity,
        sourceId: record.sourceId,
        file: record.file,
        line: record.line,
        ...found,
      });
      if (waiting !== undefined) await waiting;
    }
    // Of what could not be read nothing can be said to be missing.
    const isRead = event.issues.every(({ code }) => code !== 'RECORD_MALFORMED');
    for (const found of isRead ? mapped.issues : []) {
      const waiting = note(found);
      if (waiting !== undefined) await waiting;
    }
    const file = fileNumbers.get(record.file) ?? 0;
    if (request.splits !== undefined) {
      const waiting = buffer.add(splitsTable(runNo), splitLine(record, request.splits(record)));
      if (waiting !== undefined) await waiting;
    }
    if (request.keepRecords === true) {
      const line = recordLine(record, event.written ?? record.fields, file);
      const waiting = buffer.add(recordsTable(runNo), line);
      if (waiting !== undefined) await waiting;
    }
    if (mapped.drafts.length === 0) {
      const waiting = buffer.add(unmappedTable(runNo), unmappedLine(record, file));
      if (waiting !== undefined) await waiting;
      continue;
    }
    for (const draft of mapped.drafts) {
      const lane = lanes.get(draft.table);
      if (lane === undefined) {
        throw new InternalError(`A mapping gave a draft for ${draft.table}, unannounced.`);
      }
      const line = stagingLine(fatal ? { ...draft, fate: 'rejected' } : draft, lane.columns, {
        ordinal: lane.first + lane.count++,
        record: record.ordinal,
        id: request.newId(),
        file,
        line: record.line,
      });
      const waiting = buffer.add(lane.staging, line);
      if (waiting !== undefined) await waiting;
    }
  }
  await buffer.finish();
  request.signal.throwIfAborted();
  request.onProgress(records);
  return {
    records,
    staged: Object.fromEntries(tables.map((table) => [table, lanes.get(table)?.count ?? 0])),
    coverage: mappings.coverage(),
  };
}
