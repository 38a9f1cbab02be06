import { type WrittenTime, dateExists, readIso, timeExists } from './calendar.ts';

/** Which part of a date stands first, then second, then third. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export const dateOrders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

/** How a source writes dates: `2024-05-31 17:05:00` alone, or also with slashes, points or dashes in an order. */
export type DateForm = 'iso' | DateOrder;

/** What a text says as a date or time. */
export type DateReading =
  | { readonly kind: 'time'; readonly time: WrittenTime }
  | { readonly kind: 'absent' | 'ambiguous' | 'not-a-date' };

/** `0000-00-00 00:00:00`, `0/0/00`, `-`: no date. */
const absent = /^(?:[0\s/:.T-]*|n\/a)$/i;

const parts =
  /^(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?:(?:T|,?\s+)(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?)?$/i;

/** A date of three numbers, before it is known which is which. */
export interface DateParts {
  readonly numbers: readonly [number, number, number];
  readonly separator: string;
  /** Which of them is a year by its length: the first, the last, or neither. */
  readonly year: 'first' | 'last' | 'short';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The numbers of a date such as `31/12/2024 5:30 pm`; nothing for another text. */
export function datePartsOf(text: string): DateParts | undefined {
  const found = parts.exec(text);
  if (found === null) return undefined;
  const [, a = '', separator = '', b = '', c = '', hour = '0', minute = '0', second = '0', half] =
    found;
  const year = yearAt(a, c);
  if (year === undefined) return undefined;
  return {
    numbers: [Number(a), Number(b), Number(c)],
    separator,
    year,
    hour: half === undefined ? Number(hour) : onTheClock(Number(hour), half.toLowerCase()),
    minute: Number(minute),
    second: Number(second),
  };
}

function yearAt(first: string, last: string): DateParts['year'] | undefined {
  if (first.length === 4) return last.length <= 2 ? 'first' : undefined;
  if (first.length === 3) return undefined;
  return last.length === 4 ? 'last' : last.length === 2 ? 'short' : undefined;
}

/** 12 in the morning is 0; not a time where the clock has no such hour. */
const onTheClock = (hour: number, half: string): number =>
  hour < 1 || hour > 12 ? Number.NaN : (hour % 12) + (half === 'p' ? 12 : 0);

/** A year of two digits is one of 1930 to 2029, as spreadsheets have it. */
const fullYear = (short: number): number => (short < 30 ? 2000 : 1900) + short;

/** The orders in which a date can be read, that is, in which it exists. */
export function ordersOf(date: DateParts): readonly DateOrder[] {
  return dateOrders.filter((order) => timeIn(date, order) !== undefined);
}

/** The time that a date says in an order; nothing where there is no such date. */
function timeIn(date: DateParts, order: DateOrder): WrittenTime | undefined {
  const [a, b, c] = date.numbers;
  if ((date.year === 'first') !== (order === 'ymd') && date.year !== 'short') return undefined;
  const [day, month, written] =
    order === 'dmy' ? [a, b, c] : order === 'mdy' ? [b, a, c] : [c, b, a];
  const year = date.year === 'short' ? fullYear(written) : written;
  if (!dateExists(year, month, day)) return undefined;
  const { hour, minute, second } = date;
  return { year, month, day, hour, minute, second, fraction: '', offset: undefined };
}

/**
 * Reads a date, with a time of day where it has one. What begins with a year of four digits has one reading and is read
 * in every form. A year of two digits is read where `shortYears` says that the order is known of these, too.
 */
export function readDate(written: string, form: DateForm, shortYears = false): DateReading {
  const text = written.trim();
  const iso = readIso(text);
  if (iso !== undefined && timeExists(iso)) return { kind: 'time', time: iso };
  if (absent.test(text)) return { kind: 'absent' };
  const date = datePartsOf(text);
  if (date === undefined) return { kind: 'not-a-date' };
  if (date.year === 'short' && !(shortYears && form !== 'iso')) return { kind: 'ambiguous' };
  const order =
    date.year === 'first' ? 'ymd' : form === 'ymd' && date.year === 'last' ? 'iso' : form;
  const time = order === 'iso' ? undefined : timeIn(date, order);
  return time !== undefined && timeExists(time) ? { kind: 'time', time } : { kind: 'not-a-date' };
}
