import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Database } from '../database/contract.ts';
import type { AccountDefaults, FieldCoverage } from '../mapping/contract.ts';
import { InternalError, SourceError } from '../model/errors.ts';
import { noteIssues, stage, stagedTables, wholeShare, type StageResult } from '../staging/stage.ts';
import { createRecords, createStaging, finishStaging } from '../staging/tables.ts';
import type { ReadySource } from './source-of-run.ts';
import type { Session } from './session.ts';
import { laneMessageSchema, type LaneMessage, type LaneOrder } from './staging-lane.ts';
import type { RunOptions } from './store.ts';
import type { Translation } from './translation.ts';

// Starting threads takes longer than staging what is smaller than this.
const worthThreads = 8 * 1024 * 1024;

/** What is staged, and under which run. */
export interface StagingOrder {
  readonly ready: ReadySource;
  readonly translation: Translation;
  readonly options: RunOptions;
  readonly account: AccountDefaults;
  readonly runNo: number;
  readonly onProgress: (records: number) => void;
}

/**
 * Reads, maps and stages an input: here, or in as many threads as are worth it, each of which reads the whole input
 * and maps its share of the records.
 */
export async function stageInput(
  session: Session,
  database: Database,
  order: StagingOrder,
): Promise<StageResult> {
  const tables = stagedTables(order.translation.mappings);
  await createStaging(database, order.runNo, tables);
  if (order.options.browsable === true) await createRecords(database, order.runNo);
  await noteIssues(database, order.runNo, order.translation.issues);
  const lanes = laneCount(session, database, order);
  const result =
    lanes === 0
      ? await stageHere(session, database, order)
      : await stageInLanes(session, database, order, lanes);
  await finishStaging(database, order.runNo, tables);
  return result;
}

function stageHere(
  session: Session,
  database: Database,
  order: StagingOrder,
): Promise<StageResult> {
  return stage({
    target: database,
    runNo: order.runNo,
    events: order.ready.read(),
    mappings: order.translation.mappings,
    files: filesOf(order.ready),
    share: wholeShare,
    keepRecords: order.options.browsable,
    newId: session.environment.newId,
    onProgress: order.onProgress,
    signal: session.environment.signal,
  });
}

/** The names of the files that are read, in the order in which staged rows number them. */
export const filesOf = (ready: ReadySource): readonly string[] =>
  ready.source.input.files.map(({ name }) => name);

/** Threads to use; none for small inputs, for standard input, and where the code runs from its sources. */
function laneCount(session: Session, database: Database, { ready }: StagingOrder): number {
  const bytes = ready.opened.documents.reduce((sum, document) => sum + document.bytes, 0);
  if (bytes < worthThreads || ready.opened.paths.includes('-') || !existsSync(laneFile)) return 0;
  // Each thread reads the whole input, which pays only where the database has processors of its own: with two, one
  // thread beside this one took as long as none, and more memory.
  const lanes = Math.min(Math.floor((session.environment.processors ?? 1) / 2), mostLanes);
  return lanes > 1 ? lanes : 0;
}

const mostLanes = 4;
const laneFile = fileURLToPath(new URL('./staging-lane.js', import.meta.url));

async function stageInLanes(
  session: Session,
  database: Database,
  order: StagingOrder,
  lanes: number,
): Promise<StageResult> {
  const stop = new AbortController();
  const results = await Promise.allSettled(
    Array.from({ length: lanes }, (_, part) =>
      runLane(session, database, order, { part, of: lanes }, stop).catch((cause: unknown) => {
        stop.abort();
        throw cause;
      }),
    ),
  );
  // The first failure stops the other lanes, which then fail because they were stopped.
  const failures = results.flatMap((result) =>
    result.status === 'rejected' ? [errorOf(result.reason)] : [],
  );
  const first = failures.find((cause) => !(cause instanceof LaneStopped)) ?? failures[0];
  if (first !== undefined) throw first;
  return merged(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}

class LaneStopped extends Error {}

const errorOf = (cause: unknown): Error =>
  cause instanceof Error ? cause : new InternalError(String(cause));

function runLane(
  session: Session,
  database: Database,
  { ready, translation, options, account, runNo, onProgress }: StagingOrder,
  share: LaneOrder['share'],
  stop: AbortController,
): Promise<StageResult> {
  const data: LaneOrder = {
    paths: [...ready.opened.paths],
    source: ready.source.adapter.name,
    options,
    translation: { files: [...translation.files], forms: translation.forms },
    account,
    files: [...filesOf(ready)],
    runNo,
    share,
  };
  const worker = new Worker(laneFile, { workerData: data });
  const { signal } = session.environment;
  return new Promise<StageResult>((resolve, reject) => {
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort);
      stop.signal.removeEventListener('abort', onStop);
      void worker.terminate();
      settle();
    };
    const onAbort = () => {
      end(() => {
        reject(signal.reason instanceof Error ? signal.reason : new LaneStopped());
      });
    };
    const onStop = () => {
      end(() => {
        reject(new LaneStopped());
      });
    };
    signal.addEventListener('abort', onAbort);
    stop.signal.addEventListener('abort', onStop);
    worker.on('error', (cause) => {
      end(() => {
        reject(cause);
      });
    });
    worker.on('exit', (code) => {
      end(() => {
        reject(new InternalError(`A staging thread ended early, with code ${String(code)}.`));
      });
    });
    worker.on('message', (raw: unknown) => {
      const message: LaneMessage = laneMessageSchema.parse(raw);
      switch (message.kind) {
        case 'copy':
          database.copyIn(message.table, message.columns, message.data).then(
            (rows) => {
              worker.postMessage({ rows });
            },
            (cause: unknown) => {
              end(() => {
                reject(cause instanceof Error ? cause : new InternalError(String(cause)));
              });
            },
          );
          return;
        case 'progress':
          if (share.part === 0) onProgress(message.records);
          return;
        case 'failure':
          end(() => {
            reject(failureOf(message));
          });
          return;
        case 'done':
          end(() => {
            resolve(message.result);
          });
          return;
      }
    });
  });
}

/** The error of another thread, as the error that it was. */
function failureOf({
  name,
  message,
  hint,
  stack,
}: Extract<LaneMessage, { kind: 'failure' }>): Error {
  if (name === 'SourceError') return new SourceError(message, hint === null ? {} : { hint });
  return new InternalError(message, { cause: stack });
}

function merged(results: readonly StageResult[]): StageResult {
  const [first] = results;
  if (first === undefined) throw new InternalError('No thread staged anything.');
  const staged: Record<string, number> = {};
  const coverage = new Map<string, FieldCoverage>();
  for (const result of results) {
    if (result.records !== first.records) {
      throw new InternalError(
        `Two readings of the input gave ${String(first.records)} and ${String(result.records)} records.`,
      );
    }
    for (const [table, count] of Object.entries(result.staged)) {
      staged[table] = (staged[table] ?? 0) + count;
    }
    for (const line of result.coverage) {
      const key = JSON.stringify([line.entity, line.field, line.use]);
      coverage.set(key, { ...line, filled: line.filled + (coverage.get(key)?.filled ?? 0) });
    }
  }
  return { records: first.records, staged, coverage: [...coverage.values()] };
}
