import type { XmlElement } from './xml-element.ts';

/** How a number is shown, as far as it changes what it says: money and thousands are shown as plain numbers. */
export type NumberLook =
  | 'number'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | { readonly percent: number }
  | { readonly digits: number };

/** The formats that have a number instead of a code (ECMA-376, 18.8.30). */
const builtIn: readonly (readonly [from: number, to: number, look: NumberLook])[] = [
  [9, 9, { percent: 0 }],
  [10, 10, { percent: 2 }],
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'datetime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'duration'],
  [47, 47, 'time'],
  [50, 58, 'date'],
];

/** The look of a built-in format. */
export function builtInLook(id: number): NumberLook {
  return builtIn.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number';
}

/** The look that a format code gives to positive numbers. */
export function lookOf(code: string): NumberLook {
  const [positive = ''] = code.split(';');
  if (/\[(h+|m+|s+)\]/i.test(positive)) return 'duration';
  // Words in quotes, escaped characters, colours and currencies say nothing about the number.
  const plain = positive.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  if (/general/i.test(plain)) return 'number';
  const hasDate = /[yd]/i.test(plain);
  const hasTime = /[hs]/i.test(plain);
  if (hasDate && hasTime) return 'datetime';
  if (hasDate) return 'date';
  if (hasTime) return 'time';
  if (/m/i.test(plain)) return 'date';
  if (plain.includes('%')) return { percent: /\.(0+)/.exec(plain)?.[1]?.length ?? 0 };
  return /^0{2,15}$/.test(plain) ? { digits: plain.length } : 'number';
}

/** What is known of a workbook beside its sheets. */
export interface CellContext {
  readonly sharedTexts: readonly string[];
  /** The look of each cell format, by its place. */
  readonly looks: readonly NumberLook[];
  /** Days are counted from 1904, as old Macintoshes did. */
  readonly from1904: boolean;
}

/** The text of a cell as a person sees it, but dates and times in ISO order and numbers without thousands. */
export function cellText(cell: XmlElement, context: CellContext): string {
  const { t = 'n', s } = cell.attributes;
  const named = (name: string): XmlElement | undefined =>
    cell.children.find((child) => localName(child.name) === name);
  if (t === 'inlineStr') return richText(named('is'));
  const value = named('v')?.text ?? '';
  switch (t) {
    case 's':
      return context.sharedTexts[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
    case 'n':
      return numberText(value, context.looks[Number(s ?? 0)] ?? 'number', context.from1904);
    // Texts of formulas, errors such as #N/A, and dates of strict workbooks.
    default:
      return unescaped(value);
  }
}

/** The name of an element without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The text of an element that may be divided into runs; how it is to be pronounced is left out. */
export function richText(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  const parts = element.children.map((child) => {
    const name = localName(child.name);
    if (name === 't') return unescaped(child.text);
    return name === 'r' ? richText(child) : '';
  });
  return parts.join('');
}

/** Characters that XML cannot hold are written `_x000D_`. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

const lastDay = 2_958_465;

function numberText(written: string, look: NumberLook, from1904: boolean): string {
  const number = Number(written);
  if (written.trim() === '' || !Number.isFinite(number)) return written;
  if (typeof look === 'object') {
    if ('percent' in look) return `${plainNumber(Number((number * 100).toFixed(look.percent)))}%`;
    return number >= 0 && Number.isInteger(number)
      ? plainNumber(number).padStart(look.digits, '0')
      : plainNumber(number);
  }
  if (look === 'number' || number < 0 || number > lastDay) return plainNumber(number);
  if (look === 'duration') return clock(Math.round(number * 86_400));
  return timeText(number, look, from1904);
}

/** Excel keeps fifteen digits; what comes after them is an error of the binary fraction. Never with an exponent. */
function plainNumber(number: number): string {
  const rounded = Number(number.toPrecision(15));
  const [mantissa = '', exponent] = String(rounded).split('e');
  if (exponent === undefined) return mantissa;
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d)\.?(\d*)$/.exec(mantissa) ?? [];
  const digits = whole + fraction;
  const zeros = Number(exponent);
  return zeros > 0
    ? `${sign}${digits.padEnd(zeros + 1, '0')}`
    : `${sign}0.${'0'.repeat(-zeros - 1)}${digits}`;
}

const two = (number: number): string => String(number).padStart(2, '0');
const clock = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;

function timeText(days: number, look: 'date' | 'time' | 'datetime', from1904: boolean): string {
  const seconds = Math.round(days * 86_400);
  const day = Math.floor(seconds / 86_400);
  const time = clock(seconds % 86_400);
  if (look === 'time' && day === 0) return time;
  // The first workbooks counted a 29 February 1900, which never was.
  const sinceEpoch = from1904 ? day - 24_107 : day < 60 ? day - 25_568 : day - 25_569;
  const date = new Date(sinceEpoch * 86_400_000).toISOString().slice(0, 10);
  return look === 'date' && time === '00:00:00' ? date : `${date} ${time}`;
}
