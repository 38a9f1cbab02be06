import { createHash } from 'node:crypto';
import type { FeedSchedule } from './contract.ts';
import type { FeedJob } from './queue.ts';
import { dueTick } from './schedule.ts';

/** A feed with its schedule, and when its last sync began that came to an end. */
export interface ScheduledFeed {
  /** Id. */
  readonly feed: string;
  readonly name: string;
  /** Slug. */
  readonly account: string;
  readonly schedule: FeedSchedule | null;
  readonly lastSyncAt: string | null;
}

// A cron line has no finer ticks than minutes, so none is delayed beyond the next.
const spreadMs = 60_000;

/** How long after its tick a feed is due: always the same for one feed, spread evenly over feeds. */
export const delayOf = (feed: string): number => digest(feed).readUInt32BE() % spreadMs;

/**
 * The jobs for what is due, fair over accounts: the first feed of every account comes before the second of any.
 * Within an account the longest due comes first.
 */
export function dueJobs(feeds: readonly ScheduledFeed[], now: Date): readonly FeedJob[] {
  const due = feeds.flatMap(({ feed, name, account, schedule, lastSyncAt }) => {
    const last = lastSyncAt === null ? undefined : new Date(lastSyncAt);
    const at = schedule === null ? undefined : dueTick(schedule, last, now, delayOf(feed));
    if (at === undefined) return [];
    const tick = at.toISOString();
    return [{ id: idOf(feed, tick), feed, name, account, tick }];
  });
  due.sort((a, b) => (a.tick < b.tick ? -1 : a.tick > b.tick ? 1 : 0));
  const ranks = new Map<string, number>();
  return due.map((job) => {
    const rank = (ranks.get(job.account) ?? 0) + 1;
    ranks.set(job.account, rank);
    return { ...job, priority: -rank };
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A UUID (version 8) of a feed and a tick. */
function idOf(feed: string, tick: string): string {
  const hex = digest(`${feed} ${tick}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
