// Dates and instants as integers, without Date or a library: these run for every value of every record.

/** Days of a civil date since 1970-01-01 (proleptic Gregorian; months count from 1). */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** How many days are remembered: the dates of a source are of few years. */
const rememberedDays = 20_000;

const dates = new Map<number, string>();

/** The civil date of a day since 1970-01-01, `YYYY-MM-DD`. */
export function dateOf(days: number): string {
  let date = dates.get(days);
  if (date === undefined) {
    date = civilDate(days);
    if (dates.size >= rememberedDays) dates.clear();
    dates.set(days, date);
  }
  return date;
}

function civilDate(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** A number of two digits. */
export function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a date is one of the years 1 to 9999. */
export function dateExists(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (monthLengths[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** The canonical form of an instant, `YYYY-MM-DDTHH:MM:SSZ`, with its fraction of a second where it has one. */
export function instantOf(seconds: number, fraction = ''): string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const hours = Math.floor(rest / 3600);
  const minutes = Math.floor((rest % 3600) / 60);
  const parts = `${dateOf(days)}T${two(hours)}:${two(minutes)}:${two(rest % 60)}`;
  return fraction === '' ? `${parts}Z` : `${parts}.${fraction}Z`;
}

/** A date with a time of day as written, before it is known where. */
export interface WrittenTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 to 24; 24 is 0 of the next day. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits of the fraction of a second, at most six and without zeros at the end. */
  readonly fraction: string;
  /** Minutes east of UTC where the text says so. */
  readonly offset: number | undefined;
}

/** Whether a written time exists in the calendar and on the clock. */
export function timeExists(time: WrittenTime): boolean {
  return (
    dateExists(time.year, time.month, time.day) &&
    time.minute < 60 &&
    time.second < 60 &&
    (time.hour < 24 || (time.hour === 24 && time.minute === 0 && time.second === 0))
  );
}

/** Seconds since 1970 on the clock that the time was written by. */
export function clockSeconds(time: WrittenTime): number {
  return (
    daysOf(time.year, time.month, time.day) * 86_400 +
    time.hour * 3600 +
    time.minute * 60 +
    time.second
  );
}

const isoForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(?:(Z|z)|([+-])(\d{2}):?(\d{2})?)?)?$/;

/** The number that some digits of a text say; not a number where there is something else. */
function digitsAt(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** `YYYY-MM-DD HH:MM:SS`, with `T` and `Z` or without: the form that nearly every value has. */
function readCommonForm(text: string): WrittenTime | undefined {
  const zulu = text.length === 20 && text.endsWith('Z');
  if (text.length !== 19 && !zulu) return undefined;
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined;
  if (text[10] !== ' ' && text[10] !== 'T') return undefined;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 7);
  const day = digitsAt(text, 8, 10);
  const hour = digitsAt(text, 11, 13);
  const minute = digitsAt(text, 14, 16);
  const second = digitsAt(text, 17, 19);
  if (Number.isNaN(year + month + day + hour + minute + second)) return undefined;
  return { year, month, day, hour, minute, second, fraction: '', offset: zulu ? 0 : undefined };
}

/** Reads `YYYY-MM-DD`, with a time and an offset where they are written. Nothing for another form. */
export function readIso(text: string): WrittenTime | undefined {
  return readCommonForm(text) ?? readAnyForm(text);
}

function readAnyForm(text: string): WrittenTime | undefined {
  const found = isoForm.exec(text);
  if (found === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction,
    zulu,
    sign,
    offsetHours,
    offsetMinutes,
  ] = found;
  const offset =
    zulu === undefined && sign === undefined
      ? undefined
      : (sign === '-' ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    fraction: fraction === undefined ? '' : fraction.slice(0, 6).replace(/0+$/, ''),
    offset,
  };
}
