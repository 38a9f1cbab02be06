import { canonicalNumber, withCents } from './number-text.ts';

/** Which sign stands before the decimals: declared, or found out where a text allows one reading only. */
export type DecimalSign = 'auto' | 'point' | 'comma';

/** What a text says as a number. `partly`: it goes on after the number. */
export type NumberReading =
  | { readonly kind: 'number'; readonly number: string; readonly partly: boolean }
  | { readonly kind: 'absent' | 'ambiguous' | 'out-of-range' | 'not-a-number' };

/** Texts by which sources say that there is no value. */
const absent = /^(?:-+|x|n\/a)$/i;

const before = /^(?:€|\$|£|eur|usd|gbp)\s*/i;
const number = /^([+-]?)\s*(\d[\d.,'’\s]*)/;
const after = /^(?:€|\$|£|%|eur(?:os?)?|usd|gbp|m2|m²|mts2|sqm|m)(?![\p{L}\p{N}])/iu;

/** As programs write very large and very small numbers. */
const withExponent = /^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i;

/** `1.250` and `1,250`: a quarter more than one to some, over a thousand to others. */
const oneGroup = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Reads a number as people write it: `1.250,00`, `1,250.00`, `€ 1 250`, `120 m²`. A text with two readings is ambiguous
 * unless the decimal sign is declared; of a text that goes on (`50 + 75 terrace`) the first number counts.
 */
export function readNumber(written: string, sign: DecimalSign): NumberReading {
  const text = withCents(written.trim());
  const literal = oneGroup.test(text) ? undefined : canonicalNumber(text);
  if (literal !== undefined) return { kind: 'number', number: literal, partly: false };
  if (text === '' || absent.test(text)) return { kind: 'absent' };
  // Of `1e400` the 1 is not the number.
  if (withExponent.test(text)) return { kind: 'out-of-range' };
  const body = text.replace(before, '');
  const found = number.exec(body);
  if (found === null) return { kind: 'not-a-number' };
  const [whole, minus = '', token = ''] = found;
  const rest = body.slice(whole.length).replace(after, '').trim();
  const { digits, partly } = spacesRemoved(token);
  if (sign === 'auto' && oneGroup.test(digits)) return { kind: 'ambiguous' };
  const plain = withoutGroups(digits, sign);
  if (plain === undefined) return { kind: 'not-a-number' };
  const canonical = canonicalNumber(`${minus}${plain}`);
  return canonical === undefined
    ? { kind: 'out-of-range' }
    : { kind: 'number', number: canonical, partly: partly || rest !== '' };
}

const spacedGroups = /^\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d+)?$/;

/** Spaces and apostrophes between groups of three digits mean nothing; before anything else the number ends. */
function spacesRemoved(token: string): { readonly digits: string; readonly partly: boolean } {
  const text = token.replace(/[\s.,'’]+$/, '');
  if (spacedGroups.test(text)) return { digits: text.replace(/[\s'’]/g, ''), partly: false };
  const [digits = ''] = text.split(/[\s'’]/);
  return { digits: digits.replace(/[.,]+$/, ''), partly: digits !== text };
}

/** Digits with a point before the decimals, out of digits with points and commas. */
function withoutGroups(text: string, sign: DecimalSign): string | undefined {
  const separators = text.replace(/\d/g, '');
  if (separators === '') return text;
  const last = separators.at(-1) ?? '';
  const single = separators.length === 1;
  const mixed = separators.includes('.') && separators.includes(',');
  if (single && oneGroup.test(text)) {
    const isDecimal = (sign === 'point') === (last === '.');
    return isDecimal ? text.replace(',', '.') : text.replace(last, '');
  }
  if (single) return text.replace(',', '.');
  const group = mixed ? (last === '.' ? ',' : '.') : last;
  const [whole = '', decimals] = mixed ? text.split(last) : [text, undefined];
  // One decimal sign at most, and full groups before it.
  if (mixed && text.split(last).length > 2) return undefined;
  const parts = whole.split(group);
  const grouped = parts.every((part, index) =>
    index === 0 ? part.length >= 1 && part.length <= 3 : part.length === 3,
  );
  if (!grouped) return undefined;
  return decimals === undefined ? parts.join('') : `${parts.join('')}.${decimals}`;
}
