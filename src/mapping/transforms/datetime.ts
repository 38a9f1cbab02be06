import * as z from 'zod';
import { clockSeconds, instantOf } from '../calendar.ts';
import { defineTransform, onText } from '../transform.ts';
import { zoneClock } from '../zone.ts';
import { dateFormat, leavesForm, timeIn } from './date.ts';

const options = z
  .strictObject({
    ...dateFormat,
    zone: z
      .string()
      .refine((name) => zoneClock(name) !== undefined, 'is no IANA time zone')
      .optional()
      .describe(
        'The zone of times without an offset, where the source always writes them in one. A date without a time of day is of the account all the same.',
      ),
  })
  .prefault({});

export const datetime = defineTransform<z.output<typeof options>>({
  name: 'datetime',
  about:
    'Reads a time and gives the instant in UTC. A time without an offset is local: in the zone that the source names, else in that of the account. A local time that the clock showed twice is the earlier instant; one that it skipped moves forward by the gap.',
  options,
  leavesForm,
  apply: onText((text, read, context) => {
    const time = timeIn(text, read, context);
    if (time === null) return null;
    const clock = clockSeconds(time);
    if (time.offset !== undefined) return instantOf(clock - time.offset * 60, time.fraction);
    const timezone =
      text.includes(':') && read.zone !== undefined ? read.zone : context.record.timezone;
    const zone =
      (timezone === undefined ? undefined : zoneClock(timezone)) ??
      zoneClock(context.account.timezone);
    // An account has a zone that exists; without one, UTC is the only reading that is left.
    if (zone === undefined) return instantOf(clock, time.fraction);
    const { seconds, oddity } = zone(time.year, clock);
    if (oddity !== undefined)
      context.issue(oddity === 'doubled' ? 'LOCAL_TIME_DOUBLED' : 'LOCAL_TIME_MISSING');
    return instantOf(seconds, time.fraction);
  }),
});
