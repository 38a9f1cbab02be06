import { IANAZone } from 'luxon';
import { daysOf } from './calendar.ts';

/** From an instant on, how far the clocks of a zone are ahead of UTC; in seconds. */
interface Period {
  readonly from: number;
  readonly offset: number;
}

/** The instant of a local time, in seconds since 1970. */
export interface LocalInstant {
  readonly seconds: number;
  /** The clock showed the time twice: this is the earlier instant. Or it never did: moved forward by the gap. */
  readonly oddity: 'doubled' | 'missing' | undefined;
}

/** Turns the local times of one zone into instants. */
export type ZoneClock = (year: number, clock: number) => LocalInstant;

const day = 86_400;

/** Clocks by zone name; a source has one zone or a few. */
const clocks = new Map<string, ZoneClock | undefined>();

/** The clock of an IANA zone; nothing where there is no such zone. */
export function zoneClock(name: string): ZoneClock | undefined {
  const known = clocks.get(name);
  if (known !== undefined || clocks.has(name)) return known;
  const zone = IANAZone.isValidZone(name) ? IANAZone.create(name) : undefined;
  const clock = zone === undefined ? undefined : createClock(zone);
  clocks.set(name, clock);
  return clock;
}

function createClock(zone: IANAZone): ZoneClock {
  // Asking a zone for an offset goes through Intl and is slow, so each year's periods are found once (years 1 to 9999).
  const years = new Map<number, readonly Period[]>();
  return (year, clock) => {
    let periods = years.get(year);
    if (periods === undefined) {
      periods = periodsOf(zone, year);
      years.set(year, periods);
    }
    return resolve(clock, periods);
  };
}

function resolve(clock: number, periods: readonly Period[]): LocalInstant {
  let found: number | undefined;
  let before = periods[0]?.offset ?? 0;
  for (let index = 0; index < periods.length; index += 1) {
    const period = periods[index];
    if (period === undefined) break;
    const seconds = clock - period.offset;
    if (seconds < period.from) break;
    before = period.offset;
    if (seconds >= (periods[index + 1]?.from ?? Infinity)) continue;
    if (found !== undefined) return { seconds: found, oddity: 'doubled' };
    found = seconds;
  }
  return found === undefined
    ? { seconds: clock - before, oddity: 'missing' }
    : { seconds: found, oddity: undefined };
}

/** The periods that touch a year of the local calendar. */
function periodsOf(zone: IANAZone, year: number): readonly Period[] {
  const offsetAt = (seconds: number): number => Math.round(zone.offset(seconds * 1000) * 60);
  const start = (daysOf(year, 1, 1) - 2) * day;
  const end = (daysOf(year + 1, 1, 1) + 2) * day;
  const periods: Period[] = [{ from: start, offset: offsetAt(start) }];
  let known = start;
  let offset = offsetAt(start);
  // A week is shorter than any period between two changes of a clock.
  while (known < end) {
    const next = Math.min(known + 7 * day, end);
    const nextOffset = offsetAt(next);
    if (nextOffset !== offset) {
      periods.push({ from: changeBetween(known, next, offset, offsetAt), offset: nextOffset });
      offset = nextOffset;
    }
    known = next;
  }
  return periods;
}

/** The first second, between two instants, of another offset. */
function changeBetween(
  early: number,
  late: number,
  offset: number,
  offsetAt: (seconds: number) => number,
): number {
  let [low, high] = [early, late];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}
