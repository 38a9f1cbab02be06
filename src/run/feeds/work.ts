import { setTimeout as sleep } from 'node:timers/promises';
import { dueJobs } from '../../feeds/due.ts';
import { type FeedJob, openQueue, type Settled } from '../../feeds/queue.ts';
import { AbortedError, BusyError, MigrationError } from '../../model/errors.ts';
import type { FeedUseCases, FeedWorkRequest } from '../contract.ts';
import type { FeedWorkDocument } from '../documents.ts';
import type { Session } from '../session.ts';
import { scheduledFeeds } from './schedules.ts';

// How often a worker looks for what is due. A cron line has no finer ticks than minutes.
const glanceMs = 15_000;
const accountPauseMs = 200;

/** Attempts at one tick of a feed, and how long after a failure the second comes. */
const attempts = 6;
const retrySeconds = 10;

/** Name of the lock that a worker holds while it is at a feed of an account: an account takes one writer at a time. */
const workerLock = (account: string): string => `tesoro-migrate worker ${account}`;

/**
 * `worker`: syncs the feeds of all accounts when their schedules say so, until it is told to stop; `once` does what is
 * due and ends. Any number of workers share the jobs of one server.
 */
export async function workFeeds(
  session: Session,
  useCases: Pick<FeedUseCases, 'feedSync'>,
  { once, onSync, pace }: FeedWorkRequest,
): Promise<FeedWorkDocument> {
  const { now, signal } = session.environment;
  const database = await session.database();
  const every = pace?.glanceMs ?? glanceMs;
  const queue = await openQueue(
    database,
    { attempts, retrySeconds: pace?.retrySeconds ?? retrySeconds },
    now,
  );
  const done = { synced: 0, failed: 0 };

  const sync = async ({ feed, name, account }: FeedJob): Promise<Settled> => {
    const began = now().getTime();
    const seconds = () => (now().getTime() - began) / 1000;
    try {
      const { outcome } = await useCases.feedSync({ feed, account, reason: 'schedule' });
      done.synced++;
      onSync({ name, account, outcome, seconds: seconds() });
      return { done: true };
    } catch (cause) {
      if (cause instanceof AbortedError || signal.aborted)
        return { done: false, reason: 'The worker was stopped.' };
      // The feed's history has it; the other feeds go on.
      if (!(cause instanceof MigrationError)) throw cause;
      done.failed++;
      onSync({ name, account, outcome: 'failed', reason: cause.message, seconds: seconds() });
      const mayPass = cause.retriable || cause instanceof BusyError;
      return mayPass ? { done: false, reason: cause.message } : { done: true };
    }
  };
  /** Looks anew, now that nobody else is at the account: the feed may be gone, or synced by hand since. */
  const syncIfDue = async (job: FeedJob): Promise<Settled> => {
    const [feed] = await scheduledFeeds(database, job.feed);
    if (feed === undefined || feed.schedule === null) return { done: true };
    const isDone =
      feed.lastSyncAt !== null &&
      Date.parse(feed.lastSyncAt) >= Date.parse(job.tick) &&
      feed.lastOutcome !== 'failed';
    return isDone ? { done: true } : sync(job);
  };
  const run = async (job: FeedJob): Promise<Settled> => {
    while (!signal.aborted) {
      const settled = await database.withLock(workerLock(job.account), () => syncIfDue(job));
      if (settled !== undefined) return settled;
      await pause(accountPauseMs, signal);
    }
    return { done: false, reason: 'The worker was stopped.' };
  };

  try {
    let lookedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      if (isTimeToLook(lookedAt, now(), every)) {
        lookedAt = now().getTime();
        await queue.takeOver((account) => database.isLocked(workerLock(account)));
        await queue.add(dueJobs(await scheduledFeeds(database), now()));
      }
      if (await queue.work(run)) continue;
      if (once) break;
      await pause(every, signal);
    }
  } finally {
    await queue.close();
  }
  return { command: 'worker', ...done, exitCode: once && done.failed > 0 ? 1 : 0 };
}

const isTimeToLook = (lookedAt: number, now: Date, every: number): boolean =>
  now.getTime() - lookedAt >= every;

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
