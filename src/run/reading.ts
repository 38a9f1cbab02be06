import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SourceEvent } from '../adapter/contract.ts';
import { InternalError, SourceError } from '../model/errors.ts';
import type { Environment } from './contract.ts';
import { readingMessageSchema, type ReadingMessage, type ReadingOrder } from './reading-thread.ts';
import type { ReadySource } from './source-of-run.ts';
import type { RunOptions } from './store.ts';

// Starting a thread takes longer than reading what is smaller than this.
const worthThread = 8 * 1024 * 1024;

const threadFile = fileURLToPath(new URL('./reading-thread.js', import.meta.url));

/**
 * The events of an input: read here, or, where the input is large and there is a processor for it, by a thread of its
 * own while their predecessors are mapped. Standard input is read here, and so is everything where the code runs from
 * its sources.
 */
export function readInput(
  { processors = 1, signal }: Pick<Environment, 'processors' | 'signal'>,
  ready: ReadySource,
  options: RunOptions,
): AsyncIterable<SourceEvent> {
  const { paths, documents } = ready.opened;
  const bytes = documents.reduce((sum, document) => sum + document.bytes, 0);
  const inThread =
    processors > 1 && bytes >= worthThread && !paths.includes('-') && existsSync(threadFile);
  return inThread
    ? readInThread({ paths: [...paths], source: ready.source.adapter.name, options }, signal)
    : ready.read();
}

async function* readInThread(
  order: ReadingOrder,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  const worker = new Worker(threadFile, { workerData: order });
  const said: ReadingMessage[] = [];
  let failure: Error | undefined;
  let onNews = () => {
    // Nobody waits yet.
  };
  const fail = (cause: Error) => {
    failure ??= cause;
    onNews();
  };
  const onAbort = () => {
    fail(signal.reason instanceof Error ? signal.reason : new Error('The reading was stopped.'));
  };
  worker.on('message', (message: unknown) => {
    said.push(readingMessageSchema.parse(message));
    onNews();
  });
  worker.on('error', fail);
  worker.on('exit', (code) => {
    fail(new InternalError(`The thread that reads ended early, with code ${String(code)}.`));
  });
  signal.addEventListener('abort', onAbort);
  try {
    signal.throwIfAborted();
    for (;;) {
      const message = said.shift();
      if (message === undefined) {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => {
          onNews = resolve;
        });
        continue;
      }
      if (message.kind === 'done') return;
      if (message.kind === 'failure') throw failureOf(message);
      yield* message.events;
      worker.postMessage('used');
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

/** The error of another thread, as the error that it was. */
function failureOf({
  name,
  message,
  hint,
  stack,
}: Extract<ReadingMessage, { kind: 'failure' }>): Error {
  if (name === 'SourceError') return new SourceError(message, hint === null ? {} : { hint });
  return new InternalError(message, { cause: stack });
}
