import type { Database } from '../database/contract.ts';

/** That a feed is to be synced for a tick of its schedule. */
export interface FeedJob {
  /** A UUID, the same for the same feed and tick wherever it is made: a job is queued once. */
  readonly id: string;
  /** Id of the feed. */
  readonly feed: string;
  readonly name: string;
  /** Slug. */
  readonly account: string;
  /** ISO 8601, UTC. */
  readonly tick: string;
  /** The higher, the sooner. */
  readonly priority: number;
}

/** What becomes of a job that was worked on: it is done, or is given back for a later attempt. */
export type Settled = { readonly done: true } | { readonly done: false; readonly reason: string };

/** Jobs by their state. `dead`: given up after all attempts; kept for hours, for somebody to look at. */
export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
}

/** How long a job waits before it is tried again: doubled with each attempt, a little by chance. */
export interface QueuePace {
  readonly retrySeconds: number;
  readonly attempts: number;
}

/** The jobs that workers share. */
export interface FeedQueue {
  /** Queues jobs that are not queued yet. */
  add(jobs: readonly FeedJob[]): Promise<void>;
  /**
   * Takes a job, if there is one, and settles it as `run` says; false where there was none. A job whose `run` throws is
   * given back before the error goes on.
   */
  work(run: (job: FeedJob) => Promise<Settled>): Promise<boolean>;
  /** Gives back jobs that a worker has taken whose account (slug) nobody is at: the worker has died. */
  takeOver(isWorkedOn: (account: string) => Promise<boolean>): Promise<void>;
  counts(): Promise<QueueCounts>;
  close(): Promise<void>;
}

/** The queue of a database: shared by all workers on a server, in this process where the database is embedded. */
export async function openQueue(
  database: Database,
  pace: QueuePace,
  now: () => Date,
): Promise<FeedQueue> {
  if (database.kind === 'embedded') {
    const { localQueue } = await import('./local-queue.ts');
    return localQueue(pace, now);
  }
  const { serverQueue } = await import('./server-queue.ts');
  return serverQueue(database, pace);
}
