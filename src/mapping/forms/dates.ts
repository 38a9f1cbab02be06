import { type DateOrder, datePartsOf, dateOrders, ordersOf } from '../date-reading.ts';
import { readIso } from '../calendar.ts';
import type { ColumnFinding, Proof } from './finding.ts';
import { Examples } from './examples.ts';
import { isSerialDate } from './serial-date.ts';

/** What the dates of a column leave open, counted; its size does not grow with the column. */
export class DateTally {
  /** By the orders in which texts can be read, such as `dmy mdy`: how many there are, and the first. */
  readonly #readings = new Map<string, { count: number; readonly first: Proof }>();
  readonly #shown = new Examples();
  #iso = 0;
  #short: Proof | undefined;
  #serials = 0;
  #serial: Proof | undefined;
  #filled = 0;

  add(text: string, line: number | undefined): void {
    this.#filled += 1;
    const date = datePartsOf(text);
    if (date === undefined) {
      if (isSerialDate(text)) {
        this.#serials += 1;
        this.#serial ??= { value: text, line };
      } else if (readIso(text) !== undefined) this.#iso += 1;
      return;
    }
    if (date.year === 'first') {
      this.#iso += 1;
      return;
    }
    if (date.year === 'short') this.#short ??= { value: text, line };
    const [a, b] = date.numbers;
    let orders = ordersOf(date);
    // Points are written between the parts only where the day stands first.
    if (date.separator === '.' && orders.includes('dmy')) orders = without(orders, 'mdy');
    // 5 May is 5 May with either in front.
    const isSame = date.year === 'last' && a === b && orders.length > 0;
    const key = isSame ? same : orders.join(' ');
    this.#shown.add(key, text, line);
    const known = this.#readings.get(key);
    if (known === undefined) this.#readings.set(key, { count: 1, first: { value: text, line } });
    else known.count += 1;
  }

  /** Share of the filled cells that are dates in some form. */
  get share(): number {
    const written = [...this.#readings].reduce((sum, [, { count }]) => sum + count, 0);
    return this.#filled === 0 ? 0 : (written + this.#iso) / this.#filled;
  }

  /** Days of spreadsheets in the place of dates; nothing where there are none or nothing else. */
  get serials(): { readonly count: number; readonly first: Proof } | undefined {
    return this.#serial === undefined ? undefined : { count: this.#serials, first: this.#serial };
  }

  /** A few dates that show which form the column has, or that it may have several. */
  get examples(): readonly Proof[] {
    const { verdict, ...found } = this.finding();
    const only = verdict === 'proven' && 'form' in found ? found.form : undefined;
    return this.#shown.of((key) => (only === undefined ? key !== same : key === only));
  }

  get shortYear(): Proof | undefined {
    return this.#short;
  }

  /** What the column says of itself. */
  finding(): ColumnFinding<DateOrder> {
    const counted = [...this.#readings].filter(([key]) => key !== same && key !== '');
    const left = dateOrders.filter((order) =>
      counted.every(([key]) => key.split(' ').includes(order)),
    );
    const [only] = left;
    if (counted.length === 0)
      // Only dates that read the same in every order, if any.
      return this.#readings.has(same)
        ? { verdict: 'consistent', form: 'dmy' }
        : { verdict: 'silent' };
    const first = counted[0]?.[1].first;
    if (left.length === 1 && only !== undefined) {
      const alone = counted.find(([key]) => key === only)?.[1].first;
      return { verdict: 'proven', form: only, proof: alone ?? first };
    }
    if (left.length > 1) return { verdict: 'ambiguous', forms: left, example: first };
    return {
      verdict: 'contradictory',
      sides: counted
        .filter(([key]) => key.split(' ').length < dateOrders.length)
        .map(([key, { count, first: proof }]) => ({ form: key, count, proof })),
    };
  }
}

const same = 'same';

const without = (orders: readonly DateOrder[], order: DateOrder): readonly DateOrder[] =>
  orders.filter((one) => one !== order);
