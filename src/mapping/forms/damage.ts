import { repairMojibake } from '../mojibake.ts';
import type { Proof } from './finding.ts';

/** What spreadsheets do to cells that cannot be seen any more once the file is saved. */
export type Damage =
  'NUMBER_SHORTENED' | 'SPREADSHEET_ERROR' | 'LEADING_ZERO_LOST' | 'TEXT_REPAIRED';

/** `4.41E+11`: a long number in short form, whose last digits are lost. */
const shortened = /^\d(?:[.,]\d+)?E\+\d{1,2}$/i;
const errors = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/i;

/** Whether a text is a long number in the short form of spreadsheets. */
export const isShortened = (text: string): boolean => shortened.test(text);

/** Whether a text is what a spreadsheet shows in place of a result. */
export const isSpreadsheetError = (text: string): boolean =>
  text.startsWith('#') && errors.test(text);

/** How often, and where first. */
export interface DamageCount {
  readonly damage: Damage;
  readonly count: number;
  readonly first: Proof;
}

/** From so many codes of five digits on, those of four have lost one. */
const enoughCodes = 3;

/** Counts the damage in a column; its size does not grow with the column. */
export class DamageTally {
  readonly #found = new Map<Damage, { count: number; readonly first: Proof }>();
  #fiveDigits = 0;
  #fiveWithZero = 0;
  #fourDigits = 0;
  #four: Proof | undefined;
  #others = 0;

  add(text: string, line: number | undefined): void {
    if (isShortened(text)) this.#note('NUMBER_SHORTENED', text, line);
    else if (isSpreadsheetError(text)) this.#note('SPREADSHEET_ERROR', text, line);
    else if (/^\d{5}$/.test(text)) {
      this.#fiveDigits += 1;
      if (text.startsWith('0')) this.#fiveWithZero += 1;
    } else if (/^[1-9]\d{3}$/.test(text)) {
      this.#fourDigits += 1;
      this.#four ??= { value: text, line };
    } else {
      this.#others += 1;
      if (repairMojibake(text) !== undefined) this.#note('TEXT_REPAIRED', text, line);
    }
  }

  #note(damage: Damage, value: string, line: number | undefined): void {
    const known = this.#found.get(damage);
    if (known === undefined) this.#found.set(damage, { count: 1, first: { value, line } });
    else known.count += 1;
  }

  /** What was found; `isPostcode` says that the column holds postcodes. */
  counts(isPostcode: boolean): readonly DamageCount[] {
    const found = [...this.#found].map(([damage, { count, first }]) => ({ damage, count, first }));
    // Codes of five digits, none with a zero before it, beside some of four: no country has such codes.
    const lost =
      isPostcode &&
      this.#fiveDigits >= enoughCodes &&
      this.#fiveWithZero === 0 &&
      this.#others === 0;
    return lost && this.#four !== undefined
      ? [...found, { damage: 'LEADING_ZERO_LOST', count: this.#fourDigits, first: this.#four }]
      : found;
  }
}
