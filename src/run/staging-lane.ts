// One thread of staging: reads the whole input, maps its share of the records, and hands COPY text to the thread that
// has the database.
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import * as z from 'zod';
import { adapters } from '../../adapters/index.ts';
import { MigrationError } from '../model/errors.ts';
import { stage, type StageResult } from '../staging/stage.ts';
import { createIdSource } from './new-id.ts';
import { openSource } from './source-of-run.ts';
import { runOptionsSchema } from './store.ts';
import { compileTranslation } from './translation.ts';

const decided = z.enum(['dmy', 'mdy', 'ymd', 'undecided']).optional();
const mark = z.enum(['comma', 'point', 'undecided']).optional();
const translationSchema = z.object({
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  forms: z.object({
    given: z.object({
      dates: z.enum(['dmy', 'mdy']).optional(),
      decimal: z.enum(['comma', 'point']).optional(),
    }),
    files: z.record(z.string(), z.record(z.string(), z.object({ dates: decided, decimal: mark }))),
  }),
});

const orderSchema = z.object({
  paths: z.array(z.string()),
  source: z.string(),
  options: runOptionsSchema,
  translation: translationSchema,
  account: z.object({
    country: z.string(),
    language: z.string(),
    currency: z.string(),
    timezone: z.string(),
  }),
  files: z.array(z.string()),
  runNo: z.number(),
  share: z.object({ part: z.number(), of: z.number() }),
});

/** What a thread is to do. */
export type LaneOrder = z.infer<typeof orderSchema>;

/** What a thread says. */
export type LaneMessage =
  | { kind: 'copy'; table: string; columns: string[]; data: Uint8Array }
  | { kind: 'progress'; records: number }
  | { kind: 'done'; result: StageResult }
  | { kind: 'failure'; name: string; message: string; hint: string | null; stack: string };

/** The messages come from our own code in the same process; only their kind is checked. */
export const laneMessageSchema = z.custom<LaneMessage>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value,
);

if (!isMainThread && parentPort !== null) await work(parentPort, orderSchema.parse(workerData));

async function work(port: MessagePort, order: LaneOrder): Promise<void> {
  try {
    port.postMessage({ kind: 'done', result: await stageShare(port, order) } satisfies LaneMessage);
  } catch (cause) {
    port.postMessage({
      kind: 'failure',
      name: cause instanceof Error ? cause.name : 'Error',
      message: cause instanceof Error ? cause.message : String(cause),
      hint: cause instanceof MigrationError ? (cause.hint ?? null) : null,
      stack: cause instanceof Error ? (cause.stack ?? '') : '',
    } satisfies LaneMessage);
  }
}

async function stageShare(port: MessagePort, order: LaneOrder): Promise<StageResult> {
  // The thread is ended from outside, so nothing inside has to listen.
  const { signal } = new AbortController();
  const ready = await openSource(
    { adapters, signal, standardInput: nothing() },
    { ...order.options, inputs: order.paths, source: order.source },
  );
  const { adapter } = ready.source;
  const mappings = compileTranslation(adapter, order.translation, order.account, order.options);
  return stage({
    target: {
      copyIn: (table, columns, data) =>
        new Promise((resolve) => {
          port.once('message', () => {
            resolve(0);
          });
          const message: LaneMessage = { kind: 'copy', table, columns: [...columns], data };
          port.postMessage(message);
        }),
    },
    runNo: order.runNo,
    events: ready.read(),
    mappings,
    files: order.files,
    share: order.share,
    keepRecords: order.options.browsable,
    newId: createIdSource(),
    onProgress: (records) => {
      port.postMessage({ kind: 'progress', records } satisfies LaneMessage);
    },
    signal,
  });
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // An input that is read in threads is never standard input.
}
