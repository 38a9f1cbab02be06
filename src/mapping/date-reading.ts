import { type WrittenTime, readIso, timeExists } from './calendar.ts';

/** How a source writes dates: `2024-05-31 17:05:00`, or `31/05/2024 17:05`. */
export type DateForm = 'iso' | 'dmy';

/** What a text says as a date or time. */
export type DateReading =
  | { readonly kind: 'time'; readonly time: WrittenTime }
  | { readonly kind: 'absent' | 'ambiguous' | 'not-a-date' };

/** `0000-00-00 00:00:00`, `0/0/00`, `-`: no date. */
const absent = /^(?:[0\s/:.T-]*|n\/a)$/i;

const dayFirst =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/;
const shortYear = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?:\D.*)?$/;

/** Reads a date, with a time of day where it has one. ISO forms are read everywhere, for they have one reading only. */
export function readDate(written: string, form: DateForm): DateReading {
  const text = written.trim();
  const time = readIso(text) ?? (form === 'dmy' ? readDayFirst(text) : undefined);
  if (time !== undefined && timeExists(time)) return { kind: 'time', time };
  if (absent.test(text)) return { kind: 'absent' };
  return { kind: shortYear.test(text) ? 'ambiguous' : 'not-a-date' };
}

function readDayFirst(text: string): WrittenTime | undefined {
  const found = dayFirst.exec(text);
  if (found === null) return undefined;
  const [, day, month, year, hour = '0', minute = '0', second = '0'] = found;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    fraction: '',
    offset: undefined,
  };
}
