import { UsageError } from '../model/errors.ts';

/** How much: a number, a share (0 to 1), or both. */
export interface Limit {
  readonly count: number | null;
  readonly share: number | null;
}

/** Reads `50`, `25%`, `50,25%` or `none`. Throws UsageError for anything else. */
export function limitOf(flag: string, text: string | undefined): Limit | undefined {
  if (text === undefined) return undefined;
  let limit: Limit = { count: null, share: null };
  if (text === 'none') return limit;
  for (const part of text.split(',')) {
    const [, digits, sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(part) ?? [];
    const amount = Number(digits);
    if (digits !== undefined && sign === '%' && amount <= 100)
      limit = { ...limit, share: amount / 100 };
    else if (digits !== undefined && sign === '' && Number.isInteger(amount))
      limit = { ...limit, count: amount };
    else {
      throw new UsageError(`--${flag} ${text}: "${part}" is neither a number nor a share.`, {
        hint: `Say for example --${flag} 50, --${flag} 25%, both divided by a comma, or none.`,
      });
    }
  }
  return limit;
}
