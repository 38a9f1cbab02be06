import { setTimeout as sleep } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import * as z from 'zod';
import type { Database } from '../database/contract.ts';
import type { FeedQueue, QueuePace } from './queue.ts';

const schema = 'tesoro_queue';
const queue = 'feed_sync';

// Long enough for the largest feed: that a worker died is seen by a lock, long before.
const expireSeconds = 12 * 60 * 60;

const dataSchema = z.object({
  feed: z.string(),
  name: z.string(),
  account: z.string(),
  tick: z.string(),
});

/** A queue on the server, kept by pg-boss in a schema of its own, over the connections that are there. */
export async function serverQueue(database: Database, pace: QueuePace): Promise<FeedQueue> {
  const boss = new PgBoss({
    schema,
    schedule: false,
    db: {
      executeSql: async (text, values: readonly unknown[]) => ({
        rows: [...((await database.query(text, values)).rows ?? [])],
      }),
    },
  });
  // Housekeeping that fails is tried again at the next turn; what a worker asks for rejects by itself.
  boss.on('error', () => undefined);
  // One at a time, for workers that start together would make the schema together.
  while ((await database.withLock(`tesoro-migrate ${schema}`, () => begin(boss, pace))) !== true)
    await sleep(100);
  return {
    add: async (jobs) => {
      if (jobs.length === 0) return;
      await boss.insert(
        jobs.map(({ id, priority, ...data }) => ({ id, priority, name: queue, data })),
      );
    },
    work: async (run) => {
      const [taken] = await boss.fetch(queue, { batchSize: 1, includeMetadata: true });
      if (taken === undefined) return false;
      const { id, priority } = taken;
      try {
        const settled = await run({ id, priority, ...dataSchema.parse(taken.data) });
        if (settled.done) await boss.complete(queue, id);
        else await boss.fail(queue, id, { reason: settled.reason });
      } catch (cause) {
        await boss.fail(queue, id, { reason: String(cause) });
        throw cause;
      }
      return true;
    },
    takeOver: async (isWorkedOn) => {
      const { rows } = await database.query(
        `SELECT id::text, data->>'account' AS account FROM ${schema}.job WHERE name = $1 AND state = 'active' AND started_on < now() - interval '3 seconds'`,
        [queue],
      );
      for (const row of rows) {
        const { id, account } = z.object({ id: z.string(), account: z.string() }).parse(row);
        if (!(await isWorkedOn(account)))
          await boss.fail(queue, id, { reason: 'The worker has died.' });
      }
    },
    counts: async () => {
      const { rows } = await database.query(
        `SELECT count(*) FILTER (WHERE state < 'active')::float8 AS waiting, count(*) FILTER (WHERE state = 'active')::float8 AS active,` +
          ` count(*) FILTER (WHERE state = 'failed')::float8 AS dead FROM ${schema}.job WHERE name = $1`,
        [queue],
      );
      return z.object({ waiting: z.number(), active: z.number(), dead: z.number() }).parse(rows[0]);
    },
    close: () => boss.stop({ graceful: false, close: false, wait: true }),
  };
}

async function begin(boss: PgBoss, { retrySeconds, attempts }: QueuePace): Promise<true> {
  await boss.start();
  await boss.createQueue(queue, {
    name: queue,
    policy: 'standard',
    retryLimit: attempts - 1,
    retryDelay: retrySeconds,
    retryBackoff: true,
    expireInSeconds: expireSeconds,
  });
  return true;
}
