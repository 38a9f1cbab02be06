import type { SourceEvent } from '../adapter/contract.ts';
import { seal } from '../adapter/seal.ts';
import { isTableName, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import type { MappingSet } from '../mapping/contract.ts';
import { InternalError } from '../model/errors.ts';
import type { Issue } from '../model/issue.ts';
import { CopyBuffer } from './copy-buffer.ts';
import {
  issueColumns,
  issueLine,
  stagingLine,
  stagingLineColumns,
  unmappedColumns,
  unmappedLine,
} from './row.ts';
import {
  createStaging,
  finishStaging,
  stagedColumnsOf,
  stagingTable,
  unmappedTable,
} from './tables.ts';

/** What staging needs; time, ids and progress come from outside. */
export interface StageRequest {
  readonly database: Database;
  readonly runNo: number;
  readonly events: AsyncIterable<SourceEvent>;
  readonly mappings: MappingSet;
  /** Names of the input files; a staged row holds the position of its file in this list. */
  readonly files: readonly string[];
  readonly newId: () => string;
  readonly onProgress: (records: number) => void;
  readonly signal: AbortSignal;
}

/** What was read: the numbers that the plan must account for. */
export interface StageResult {
  readonly tables: readonly TableName[];
  /** Source records read. */
  readonly records: number;
  /** Drafts staged, by table. */
  readonly staged: Readonly<Partial<Record<TableName, number>>>;
  /** Records of entities without a mapping, which gave no draft. */
  readonly unmapped: number;
}

// Progress and cancellation are looked at once per so many records.
const glance = 1_000;

/** Streams records through mapping into the staging tables of a run, and their issues beside them. */
export async function stage(request: StageRequest): Promise<StageResult> {
  const { database, runNo, mappings } = request;
  const tables = Object.keys(mappings.tables).filter(isTableName);
  await createStaging(database, runNo, tables);
  const lanes = new Map(
    tables.map((table) => [
      table as string,
      { staging: stagingTable(runNo, table), columns: stagedColumnsOf(table), count: 0 },
    ]),
  );
  const buffer = new CopyBuffer(
    database,
    Object.fromEntries([
      ['migration.issues', issueColumns],
      [unmappedTable(runNo), unmappedColumns],
      ...tables.map((table) => [stagingTable(runNo, table), stagingLineColumns(table)] as const),
    ]),
  );
  const note = (found: Issue) => buffer.add('migration.issues', issueLine(runNo, found));
  const fileNumbers = new Map(request.files.map((name, index) => [name, index]));
  let records = 0;
  let unmapped = 0;
  for await (const event of request.events) {
    if (event.kind === 'issue') {
      await note(event.issue);
      continue;
    }
    const record = seal(event, records++);
    if (records % glance === 0) {
      request.signal.throwIfAborted();
      request.onProgress(records);
    }
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
    for (const found of mapped.issues) {
      const waiting = note(found);
      if (waiting !== undefined) await waiting;
    }
    const file = fileNumbers.get(record.file) ?? 0;
    if (mapped.drafts.length === 0) {
      unmapped++;
      const waiting = buffer.add(unmappedTable(runNo), unmappedLine(record, file));
      if (waiting !== undefined) await waiting;
      continue;
    }
    for (const draft of mapped.drafts) {
      const lane = lanes.get(draft.table);
      if (lane === undefined)
        throw new InternalError(`A mapping gave a draft for ${draft.table}, unannounced.`);
      const line = stagingLine(fatal ? { ...draft, fate: 'rejected' } : draft, lane.columns, {
        ordinal: lane.count++,
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
  await finishStaging(database, runNo, tables);
  const staged = Object.fromEntries(tables.map((table) => [table, lanes.get(table)?.count ?? 0]));
  return { tables, records, staged, unmapped };
}
