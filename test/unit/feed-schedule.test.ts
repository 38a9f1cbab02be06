import { describe, expect, it } from 'vitest';
import { dueTick, isWithinHours, nextTick, scheduleProblem } from '../../src/feeds/schedule.ts';
import type { FeedSchedule } from '../../src/feeds/contract.ts';

const madrid = (
  cron: string,
  hours: FeedSchedule['hours'] = null,
  timezone = 'Europe/Madrid',
): FeedSchedule => ({ cron, timezone, hours });
const at = (iso: string) => new Date(iso);
const tickAfter = (schedule: FeedSchedule, iso: string) =>
  nextTick(schedule, at(iso))?.toISOString();

const isDue = (...given: Parameters<typeof dueTick>) => dueTick(...given) !== undefined;

describe('the next tick', () => {
  it('is on the clock of the time zone, in summer and in winter', () => {
    expect(tickAfter(madrid('0 6 * * *'), '2026-07-01T00:00:00Z')).toBe('2026-07-01T04:00:00.000Z');
    expect(tickAfter(madrid('0 6 * * *'), '2026-12-01T00:00:00Z')).toBe('2026-12-01T05:00:00.000Z');
  });

  it('comes once in the night in which the clock goes back, and in the one in which it goes forward', () => {
    const nightly = madrid('30 2 * * *');
    const ticks = (from: string, to: string) => {
      const found: string[] = [];
      for (
        let tick = nextTick(nightly, at(from));
        tick && tick < at(to);
        tick = nextTick(nightly, tick)
      )
        found.push(tick.toISOString());
      return found;
    };
    expect(ticks('2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toHaveLength(1);
    expect(ticks('2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toHaveLength(1);
  });

  it('lies within the allowed hours, which may go over midnight', () => {
    const nights = madrid('0 * * * *', { from: '18:00', to: '09:00' });
    expect(tickAfter(nights, '2026-07-01T06:30:00Z')).toBe('2026-07-01T16:00:00.000Z');
    expect(isWithinHours(nights, at('2026-07-01T22:00:00Z'))).toBe(true);
    expect(isWithinHours(nights, at('2026-07-01T10:00:00Z'))).toBe(false);
  });
});

describe('a feed', () => {
  const hourly = madrid('0 * * * *');

  it('that was never synced is due at once', () => {
    expect(isDue(hourly, undefined, at('2026-07-01T10:20:00Z'))).toBe(true);
  });

  it('is due once for however many ticks were missed', () => {
    const now = at('2026-07-03T10:20:00Z');
    expect(isDue(hourly, at('2026-07-01T10:00:05Z'), now)).toBe(true);
    expect(isDue(hourly, now, at('2026-07-03T10:59:00Z'))).toBe(false);
    expect(isDue(hourly, now, at('2026-07-03T11:00:00Z'))).toBe(true);
  });

  it('is not due when the provider does not answer, whatever was missed', () => {
    const nights = madrid('0 * * * *', { from: '18:00', to: '09:00' });
    expect(isDue(nights, at('2026-07-01T04:00:00Z'), at('2026-07-01T10:00:00Z'))).toBe(false);
    expect(isDue(nights, at('2026-07-01T04:00:00Z'), at('2026-07-01T16:10:00Z'))).toBe(true);
  });
});

describe('a schedule', () => {
  it('that cannot be kept is told', () => {
    const now = at('2026-07-01T10:00:00Z');
    expect(scheduleProblem(madrid('0 6 * * *'), now)).toBeUndefined();
    expect(scheduleProblem(madrid('61 6 * * *'), now)).toMatch(/"61 6 \* \* \*" is no cron line/);
    expect(scheduleProblem(madrid('0 6 * * *', null, 'Europe/Madird'), now)).toMatch(
      /no time zone "Europe\/Madird"/,
    );
    expect(scheduleProblem(madrid('0 12 * * *', { from: '18:00', to: '09:00' }), now)).toMatch(
      /never comes within the allowed hours/,
    );
  });
});
