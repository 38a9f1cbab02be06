import * as z from 'zod';
import { dateOf, daysOf, type WrittenTime } from '../calendar.ts';
import { readDate } from '../date-reading.ts';
import { defineTransform, onText, type TransformContext } from '../transform.ts';

/** How the source writes its dates. */
export const dateOptions = z
  .strictObject({
    format: z
      .enum(['iso', 'dmy'])
      .default('iso')
      .describe('`iso`: `2024-05-31 17:05:00`. `dmy`: `31/05/2024 17:05`.'),
  })
  .prefault({});

export type DateOptions = z.output<typeof dateOptions>;

/** A date or time that exists; null where the text says that there is none, or, with an issue, is none. */
export function timeIn(
  text: string,
  { format }: DateOptions,
  context: TransformContext,
): WrittenTime | null {
  const reading = readDate(text, format);
  if (reading.kind === 'time') return reading.time;
  if (reading.kind !== 'absent')
    context.issue(reading.kind === 'ambiguous' ? 'VALUE_AMBIGUOUS_DATE' : 'VALUE_NOT_A_DATE');
  return null;
}

export const date = defineTransform({
  name: 'date',
  about:
    'Reads a date, as the source writes it; a time of day is left out. `0000-00-00` and the like are no date.',
  options: dateOptions,
  apply: onText((text, options, context) => {
    const time = timeIn(text, options, context);
    return time === null ? null : dateOf(daysOf(time.year, time.month, time.day));
  }),
});
