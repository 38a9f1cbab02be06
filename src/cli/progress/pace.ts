import { duration, number, percent, size } from '../../report/figures.ts';
import type { Progress } from '../../run/contract.ts';

// Before that the rate is a guess.
const warmUp = 1;

/** How fast a stage goes: measured from its first sign of life. */
export class Pace {
  readonly #startedAt: number;
  readonly #startedWith: number;

  constructor(first: Progress, milliseconds: number) {
    this.#startedAt = milliseconds;
    this.#startedWith = first.done;
  }

  /** The progress in words: `12,000 of 20,000 records (60 %), 8,200/s, 1 s left`. */
  words({ done, total, unit = 'records' }: Progress, milliseconds: number): string {
    if (total === undefined && done === 0) return '…';
    const amount = unit === 'bytes' ? size : number;
    const seconds = (milliseconds - this.#startedAt) / 1000;
    const rate = seconds < warmUp ? 0 : (done - this.#startedWith) / seconds;
    const what = unit === 'bytes' ? '' : ` ${unit}`;
    return [
      total === undefined
        ? `${amount(done)}${what}`
        : `${amount(done)} of ${amount(total)}${what} (${percent(done, total)})`,
      ...(rate >= 1 && unit !== 'tables' ? [`${amount(rate)}/s`] : []),
      ...(rate > 0 && total !== undefined && done < total
        ? [`${duration(Math.ceil((total - done) / rate))} left`]
        : []),
    ].join(', ');
  }
}

/** The stage and the table it is at. */
export function stageTitle({ stage, table }: Progress): string {
  const title = stage.charAt(0).toUpperCase() + stage.slice(1);
  return table === undefined ? title : `${title} ${table}`;
}
