import { Cron } from 'croner';
import type { FeedSchedule } from './contract.ts';

// More ticks than a day of minutes has, which is the longest that allowed hours can be closed, and a leap day's cron.
const ticksLookedAt = 1_500;

/** What is wrong with a schedule, in words; undefined where it can be kept. */
export function scheduleProblem(schedule: FeedSchedule, now: Date): string | undefined {
  try {
    clockAt(now, schedule.timezone);
  } catch {
    return `there is no time zone "${schedule.timezone}"`;
  }
  try {
    if (nextTick(schedule, now) === undefined)
      return `"${schedule.cron}" never comes within the allowed hours`;
  } catch (cause) {
    return `"${schedule.cron}" is no cron line: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  return undefined;
}

/** The first tick of a schedule after a time that lies within its allowed hours; undefined where there is none. */
export function nextTick(schedule: FeedSchedule, after: Date): Date | undefined {
  const cron = new Cron(schedule.cron, { timezone: schedule.timezone });
  let tick = cron.nextRun(after);
  for (let looked = 0; tick !== null && looked < ticksLookedAt; looked++) {
    if (isWithinHours(schedule, tick)) return tick;
    tick = cron.nextRun(tick);
  }
  return undefined;
}

/**
 * The tick for which a feed is to be synced now; undefined where it is not due. One that was never synced is due at
 * once (tick 0 of the epoch); ticks that were missed are made up for once, and all of it within the allowed hours alone.
 * `delayMs` after its tick a feed is due: feeds that share a cron line do not all start in the same second.
 */
export function dueTick(
  schedule: FeedSchedule,
  lastSyncAt: Date | undefined,
  now: Date,
  delayMs = 0,
): Date | undefined {
  if (!isWithinHours(schedule, now)) return undefined;
  if (lastSyncAt === undefined) return new Date(0);
  const tick = nextTick(schedule, lastSyncAt);
  return tick !== undefined && tick.getTime() + delayMs <= now.getTime() ? tick : undefined;
}

/** Whether the provider answers at a time, by the clock of the schedule's time zone. */
export function isWithinHours({ hours, timezone }: FeedSchedule, at: Date): boolean {
  if (hours === null) return true;
  const { from, to } = hours;
  if (from === to) return true;
  const clock = clockAt(at, timezone);
  return from < to ? clock >= from && clock < to : clock >= from || clock < to;
}

/** Hours and minutes, as `18:00`. Throws RangeError for a time zone that there is not. */
const clockAt = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
