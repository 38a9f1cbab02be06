// An import in a process of its own, with a clock and ids that are given, which can be killed at any event between it
// and its database. Started by `matrix.ts` with its order as JSON.
import { appendFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { adapters } from '../../adapters/index.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { RunDocument } from '../../src/run/documents.ts';
import { useCasesOver } from '../../src/run/index.ts';
import { createSession } from '../../src/run/session.ts';
import { contentOf, type Content } from './content.ts';
import { countedDatabase, type Moment } from './counted-database.ts';

/** Where to die. */
export interface KillPoint {
  readonly event: number;
  readonly moment: Moment;
  /** Milliseconds after that moment, kept by another thread: the embedded database works in this one. */
  readonly delay: number;
}

/** What the process is to do. */
export interface ChildOrder {
  readonly db: string;
  readonly input: string;
  /**
   * `resume` goes on with the last run, or imports where there is none; `rollback` undoes the run of which `ids` are,
   * and goes on undoing it.
   */
  readonly command: 'import' | 'resume' | 'rollback';
  /** Twelve hexadecimal digits that begin the ids of this scenario. */
  readonly ids: string;
  /** When the first process began, and when this one does. */
  readonly began: string;
  readonly now: string;
  readonly kill?: KillPoint;
  /** A file for one line an event: its number, the stage, the first words. */
  readonly log?: string;
}

/** What the process says. */
export interface ChildAnswer {
  /** Of the run as it was found, before it was gone on with. */
  readonly found: string | null;
  readonly document: RunDocument;
  readonly content: Content;
}

const order = JSON.parse(process.argv[2] ?? '{}') as ChildOrder;

const die = () => process.kill(process.pid, 'SIGKILL');

/** A thread that kills the process a while after it is told to, whatever this thread does then. */
function killer(delay: number): () => void {
  const told = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { workerData: { told, delay } } = require('node:worker_threads');
     Atomics.wait(told, 0, 0);
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay);
     process.kill(process.pid, 'SIGKILL');`,
    { eval: true, workerData: { told, delay } },
  );
  worker.unref();
  return () => {
    Atomics.store(told, 0, 1);
    Atomics.notify(told, 0);
  };
}

let stage = 'opening';
let { now } = order;
const killLater = order.kill !== undefined && order.kill.delay > 0 ? killer(order.kill.delay) : die;
const onEvent = (event: number, moment: Moment, words: string) => {
  if (order.log !== undefined && moment === 'before') {
    appendFileSync(order.log, `${JSON.stringify({ event, stage, words })}\n`);
  }
  if (event === order.kill?.event && moment === order.kill.moment) killLater();
};

let ids = 0;
const newId = () =>
  `${order.ids.slice(0, 8)}-${order.ids.slice(8)}-7000-8000-${(++ids).toString(16).padStart(12, '0')}`;

const raw = await openDatabase(order.db);
const session = createSession(
  {
    database: order.db,
    account: {
      slug: 'kill',
      defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
    },
    version: '0.0.0',
    now: () => new Date(now),
    newId,
    rowsPerBatch: 12,
    progress: (progress) => {
      stage = progress.stage;
    },
    signal: new AbortController().signal,
    standardInput: (async function* () {})(),
  },
  adapters,
  () => Promise.resolve(countedDatabase(raw, onEvent)),
);
if (order.log !== undefined) writeFileSync(order.log, '');
const useCases = useCasesOver(session);

async function carryOut(): Promise<{ found: string | null; document: RunDocument }> {
  if (order.command === 'rollback') {
    const { runs } = await useCases.runs({ limit: 100 });
    const undone = runs.find(
      ({ run, command }) => command === 'import' && run.startsWith(order.ids.slice(0, 8)),
    );
    const run = undone?.run ?? '';
    if (undone?.status !== 'rolled-back') {
      // Ids of its own, and others than those of an attempt before.
      ids = 0x10_0000 + runs.length;
      await useCases.rollback({ run, preview: false, limit: 10 });
    }
    return { found: null, document: await useCases.status({ run }) };
  }
  if (order.command === 'resume') {
    const [last] = (await useCases.runs({ limit: 1 })).runs;
    // What is found is of this scenario, or of the one before.
    if (last?.run.startsWith(order.ids.slice(0, 8)) === true) {
      // As many ids as the first process had drawn when it began to stage: one for the account, one for the run.
      ids = 2;
      return { found: last.status, document: await useCases.resume({ run: last.run }) };
    }
  }
  // As if this were the first attempt: nothing is known of another.
  now = order.began;
  return { found: null, document: await useCases.import({ inputs: [order.input] }) };
}

const done = await carryOut();
const answer: ChildAnswer = { ...done, content: await contentOf(raw) };
await useCases.close();
process.stdout.write(JSON.stringify(answer));
