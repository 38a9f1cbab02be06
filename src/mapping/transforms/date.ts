import * as z from 'zod';
import { dateOf, daysOf, type WrittenTime } from '../calendar.ts';
import { type DateReading, datePartsOf, readDate } from '../date-reading.ts';
import { isSerialDate } from '../forms/serial-date.ts';
import { defineTransform, onText, type TransformContext } from '../transform.ts';

/** How the source writes its dates, as a member of options. */
export const dateFormat = {
  format: z
    .enum(['auto', 'iso', 'dmy', 'mdy'])
    .default('auto')
    .describe(
      '`iso`: `2024-05-31 17:05:00`. `dmy`: `31/05/2024 17:05`. `mdy`: `05/31/2024 5:05 pm`. `auto`: as the whole column of a table shows, elsewhere `iso`.',
    ),
};

export const dateOptions = z.strictObject(dateFormat).prefault({});

export type DateOptions = z.output<typeof dateOptions>;

/** A date or time that exists; null where the text says that there is none, or, with an issue, is none. */
export function timeIn(
  text: string,
  { format }: DateOptions,
  context: TransformContext,
): WrittenTime | null {
  const reading = format === 'auto' ? readAsColumn(text, context) : readDate(text, format);
  if (reading.kind === 'time') return reading.time;
  if (reading.kind === 'not-a-date' && isSerialDate(text)) {
    context.issue('DATE_AS_NUMBER');
    return null;
  }
  if (reading.kind !== 'absent')
    context.issue(reading.kind === 'ambiguous' ? 'VALUE_AMBIGUOUS_DATE' : 'VALUE_NOT_A_DATE');
  return null;
}

/** Reads a date in the order of its column; where that is undecided, only what has one reading. */
function readAsColumn(text: string, context: TransformContext): DateReading {
  const { dates } = context.form();
  if (dates === undefined) return readDate(text, 'iso');
  if (dates !== 'undecided') return readDate(text, dates, true);
  const plain = readDate(text, 'iso');
  if (plain.kind !== 'not-a-date' || datePartsOf(text) === undefined) return plain;
  const [day, month] = [readDate(text, 'dmy'), readDate(text, 'mdy')];
  // 5 May is 5 May with either in front; everything else is decided for the column, never for a cell.
  const isSame = day.kind === 'time' && month.kind === 'time' && day.time.day === month.time.day;
  return isSame ? day : { kind: 'ambiguous' };
}

/** What transforms of dates leave to the column. */
export const leavesForm = ({ format }: DateOptions): 'dates' | undefined =>
  format === 'auto' ? 'dates' : undefined;

export const date = defineTransform({
  name: 'date',
  about:
    'Reads a date, as the source writes it; a time of day is left out. `0000-00-00` and the like are no date.',
  options: dateOptions,
  leavesForm,
  apply: onText((text, options, context) => {
    const time = timeIn(text, options, context);
    return time === null ? null : dateOf(daysOf(time.year, time.month, time.day));
  }),
});
