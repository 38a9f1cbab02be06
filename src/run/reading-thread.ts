// A thread of its own that reads an input and hands its records over, many at a time.
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import * as z from 'zod';
import { adapters } from '../../adapters/index.ts';
import type { SourceEvent } from '../adapter/contract.ts';
import { MigrationError } from '../model/errors.ts';
import { openSource } from './source-of-run.ts';
import { runOptionsSchema } from './store.ts';

const orderSchema = z.object({
  paths: z.array(z.string()),
  source: z.string(),
  options: runOptionsSchema,
});

/** What the thread is to read. */
export type ReadingOrder = z.infer<typeof orderSchema>;

/** What the thread says. Each delivery of events is answered by a message once it has been used. */
export type ReadingMessage =
  | { kind: 'events'; events: SourceEvent[] }
  | { kind: 'done' }
  | { kind: 'failure'; name: string; message: string; hint: string | null; stack: string };

/** The messages come from our own code in the same process; only their kind is checked. */
export const readingMessageSchema = z.custom<ReadingMessage>(
  (value) => typeof value === 'object' && value !== null && 'kind' in value,
);

// A delivery is worth its overhead, and a few of them fit in memory. Deliveries that nobody has used yet are not
// outrun.
const eventsADelivery = 200;
const deliveriesAhead = 4;

if (!isMainThread && parentPort !== null) await work(parentPort, orderSchema.parse(workerData));

async function work(port: MessagePort, order: ReadingOrder): Promise<void> {
  const say = (message: ReadingMessage) => {
    port.postMessage(message);
  };
  try {
    for await (const events of deliveries(port, order)) say({ kind: 'events', events });
    say({ kind: 'done' });
  } catch (cause) {
    say({
      kind: 'failure',
      name: cause instanceof Error ? cause.name : 'Error',
      message: cause instanceof Error ? cause.message : String(cause),
      hint: cause instanceof MigrationError ? (cause.hint ?? null) : null,
      stack: cause instanceof Error ? (cause.stack ?? '') : '',
    });
  } finally {
    port.close();
  }
}

async function* deliveries(
  port: MessagePort,
  { paths, source, options }: ReadingOrder,
): AsyncGenerator<SourceEvent[], void, undefined> {
  let ahead = 0;
  let onUsed = () => {
    // Nobody waits yet.
  };
  port.on('message', () => {
    ahead--;
    onUsed();
  });
  // The thread is ended from outside, so nothing inside has to listen.
  const { signal } = new AbortController();
  const ready = await openSource(
    { adapters, signal, standardInput: nothing() },
    { ...options, inputs: paths, source },
  );
  try {
    let events: SourceEvent[] = [];
    for await (const event of ready.read()) {
      if (events.push(event) < eventsADelivery) continue;
      while (ahead >= deliveriesAhead) {
        await new Promise<void>((resolve) => {
          onUsed = resolve;
        });
      }
      ahead++;
      yield events;
      events = [];
    }
    yield events;
  } finally {
    await ready.opened.close();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // An input that a thread reads is never standard input.
}
