import { setTimeout as sleep } from 'node:timers/promises';
import { isDue } from '../../feeds/schedule.ts';
import { MigrationError } from '../../model/errors.ts';
import type { FeedUseCases, FeedWorkRequest } from '../contract.ts';
import type { FeedScheduleDocument, FeedWorkDocument } from '../documents.ts';
import type { Session } from '../session.ts';

type ScheduledFeed = FeedScheduleDocument['feeds'][number];

// How often a worker looks for what is due. A cron line has no finer ticks than minutes.
const glanceMs = 15_000;

/** Name of the lock that a worker holds while it is at the feeds of an account, one after the other. */
const workerLock = (account: string): string => `tesoro-migrate worker ${account}`;

/**
 * `worker`: syncs the feeds of all accounts when their schedules say so, until it is told to stop; `once` does what is
 * due and ends. Any number of workers share one server, account by account: where one is at work, the others pass by.
 */
export async function workFeeds(
  session: Session,
  useCases: Pick<FeedUseCases, 'feedSchedules' | 'feedSync'>,
  { once, onSync }: FeedWorkRequest,
): Promise<FeedWorkDocument> {
  const { now, signal } = session.environment;
  const database = await session.database();
  const done = { synced: 0, failed: 0 };
  const dueFeeds = async () =>
    (await useCases.feedSchedules()).feeds.filter(
      ({ schedule, lastSyncAt }) =>
        schedule !== null &&
        isDue(schedule, lastSyncAt === null ? undefined : new Date(lastSyncAt), now()),
    );
  const sync = async ({ feed, name, account }: ScheduledFeed): Promise<void> => {
    try {
      const { outcome } = await useCases.feedSync({ feed, account, reason: 'schedule' });
      done.synced++;
      onSync({ name, account, outcome });
    } catch (cause) {
      // Stopped in the middle of it: the next tick starts over.
      if (signal.aborted) return;
      // The feed's history has it; the other feeds go on.
      if (!(cause instanceof MigrationError)) throw cause;
      done.failed++;
      onSync({ name, account, outcome: 'failed', reason: cause.message });
    }
  };
  do {
    const accounts = new Set((await dueFeeds()).map(({ account }) => account));
    for (const account of accounts) {
      await database.withLock(workerLock(account), async () => {
        // Looked at anew: another worker may have been here since.
        for (const feed of await dueFeeds()) {
          if (signal.aborted) return;
          if (feed.account === account) await sync(feed);
        }
      });
      if (signal.aborted) break;
    }
    if (!once && !signal.aborted) await pause(signal);
  } while (!once && !signal.aborted);
  return { command: 'worker', ...done, exitCode: once && done.failed > 0 ? 1 : 0 };
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await sleep(glanceMs, undefined, { signal });
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}
