import { withCents } from '../number-text.ts';
import type { DecimalMark } from './contract.ts';
import { Examples } from './examples.ts';
import type { ColumnFinding, Proof } from './finding.ts';

const token =
  /^(?:€|\$|£|eur|usd|gbp)?\s*[+-]?\s*(\d[\d.,'’\s]*?)\s*(?:€|\$|£|%|eur(?:os?)?|usd|gbp|m2|m²|mts2|sqm|m)?$/i;
const groupsOfThree = /^\d{1,3}(?:[.,]\d{3})+$/;

/** Which sign before the decimals a number shows: one, either (`1.250`), or none. */
export function markIn(text: string): DecimalMark | 'either' | undefined {
  const found = token.exec(withCents(text));
  if (found === null) return undefined;
  const digits = (found[1] ?? '').replace(/[\s'’]/g, '');
  const signs = digits.replace(/\d/g, '');
  if (signs === '') return undefined;
  const markOf = (sign: string | undefined): DecimalMark => (sign === '.' ? 'point' : 'comma');
  const other = (sign: string | undefined): DecimalMark => (sign === '.' ? 'comma' : 'point');
  const last = signs.at(-1);
  if (signs.includes('.') && signs.includes(',')) return markOf(last);
  // Several of one sign stand between groups, so that the other one is before the decimals.
  if (signs.length > 1) return groupsOfThree.test(digits) ? other(last) : undefined;
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? 'either' : markOf(last);
}

/** What the numbers of a column leave open, counted; its size does not grow with the column. */
export class NumberTally {
  readonly #marks = new Map<string, { count: number; readonly first: Proof }>();
  readonly #shown = new Examples();

  #filled = 0;
  #numbers = 0;

  add(text: string, line: number | undefined): void {
    this.#filled += 1;
    if (token.test(withCents(text))) this.#numbers += 1;
    const mark = markIn(text);
    if (mark === undefined) return;
    this.#shown.add(mark, text, line);
    const known = this.#marks.get(mark);
    if (known === undefined) this.#marks.set(mark, { count: 1, first: { value: text, line } });
    else known.count += 1;
  }

  /** Share of the filled cells that are numbers. */
  get share(): number {
    return this.#filled === 0 ? 0 : this.#numbers / this.#filled;
  }

  /** A few numbers that show which form the column has, or that it may have both. */
  get examples(): readonly Proof[] {
    const decided = this.#marks.has('point') || this.#marks.has('comma');
    return this.#shown.of((mark) => !decided || mark !== 'either');
  }

  /** What the column says of itself. */
  finding(): ColumnFinding<DecimalMark> {
    const [point, comma, either] = ['point', 'comma', 'either'].map((mark) =>
      this.#marks.get(mark),
    );
    if (point !== undefined && comma !== undefined)
      return {
        verdict: 'contradictory',
        sides: [
          { form: 'point', count: point.count, proof: point.first },
          { form: 'comma', count: comma.count, proof: comma.first },
        ],
      };
    if (point !== undefined) return { verdict: 'proven', form: 'point', proof: point.first };
    if (comma !== undefined) return { verdict: 'proven', form: 'comma', proof: comma.first };
    if (either === undefined) return { verdict: 'silent' };
    return { verdict: 'ambiguous', forms: ['point', 'comma'], example: either.first };
  }
}
