const plainInteger = /^(?:0|[1-9]\d*)$/;
const literal = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** As many digits as a number of the CRM may have. */
const mostDigits = 30;

/** `250.000,-`: a dash where the cents would be, as the Dutch and the Swiss write whole amounts. */
const dashedCents = /(\d[.,])\s*[-–—]{1,2}(?=\s*(?:€|eur|chf)?$)/i;

/** An amount with two zeros for the dash where its cents would be. */
export const withCents = (text: string): string => text.replace(dashedCents, '$100');

/**
 * The one text of a number: no exponent, no zeros that say nothing. Nothing where the text is not a number as programs
 * write them, or has more digits than the CRM holds.
 */
export function canonicalNumber(text: string): string | undefined {
  if (text.length <= mostDigits && plainInteger.test(text)) return text;
  const found = literal.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent] = found;
  const point = whole.length + Number(exponent ?? 0);
  const digits = whole + fraction;
  if (digits.length > 4 * mostDigits || Math.abs(point) > 4 * mostDigits) return undefined;
  const before = digits.slice(0, Math.max(point, 0)).padEnd(point, '0').replace(/^0+/, '');
  const after = '0'
    .repeat(Math.max(-point, 0))
    .concat(digits.slice(Math.max(point, 0)))
    .replace(/0+$/, '');
  if (before.length + after.length > mostDigits) return undefined;
  if (before === '' && after === '') return '0';
  return `${sign === '-' ? '-' : ''}${before === '' ? '0' : before}${after === '' ? '' : `.${after}`}`;
}

/** Whether a canonical number is whole and fits four bytes. */
export function isInt4(canonical: string): boolean {
  if (canonical.length > 11 || canonical.includes('.')) return false;
  const number = Number(canonical);
  return number >= -2_147_483_648 && number <= 2_147_483_647;
}
