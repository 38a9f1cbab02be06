import type { Database } from '../database/contract.ts';
import { noteIssues, stage, stagedTables, type StageResult } from '../staging/stage.ts';
import { createRecords, createSplits, createStaging, finishStaging } from '../staging/tables.ts';
import { readInput } from './reading.ts';
import type { Session } from './session.ts';
import type { ReadySource } from './source-of-run.ts';
import type { RunOptions } from './store.ts';
import type { Translation } from './translation.ts';

/** What is staged, and under which run. */
export interface StagingOrder {
  readonly ready: ReadySource;
  readonly translation: Translation;
  readonly options: RunOptions;
  readonly runNo: number;
  /** Whether it is noted what each record is counted under. */
  readonly split?: boolean;
  readonly onProgress: (records: number) => void;
}

/** Reads, maps and stages an input. */
export async function stageInput(
  { environment }: Session,
  database: Database,
  { ready, translation, options, runNo, split, onProgress }: StagingOrder,
): Promise<StageResult> {
  const { mappings, issues } = translation;
  const tables = stagedTables(mappings);
  await createStaging(database, runNo, tables);
  if (options.browsable === true) await createRecords(database, runNo);
  if (split === true) await createSplits(database, runNo);
  const { adapter } = ready.source;
  await noteIssues(database, runNo, issues);
  const result = await stage({
    target: database,
    runNo,
    events: readInput(environment, ready, options),
    mappings,
    files: filesOf(ready),
    keepRecords: options.browsable,
    splits: split === true ? (record) => adapter.splits?.(record) ?? {} : undefined,
    newId: environment.newId,
    onProgress,
    signal: environment.signal,
  });
  await finishStaging(database, runNo, tables);
  return result;
}

/** The names of the files that are read, in the order in which staged rows number them. */
export const filesOf = (ready: ReadySource): readonly string[] =>
  ready.source.input.files.map(({ name }) => name);
