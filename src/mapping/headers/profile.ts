import type { Fields, Value } from '../../model/record.ts';
import { isFilled } from '../shape.ts';

/** A column of a table as it was met: its header, how full it is, and a bounded sample of what it holds. */
export interface ColumnProfile {
  readonly name: string;
  /** Rows that were read. */
  readonly rows: number;
  /** Of these, rows with something in the column. */
  readonly filled: number;
  /** Texts of the sample, in the order of the rows, cut off where they are long. */
  readonly sample: readonly string[];
}

// Bounds of the sample. Rows of very wide tables are sampled less often, so that its cells stay bounded too.
const firstRows = 1_000;
const laterRows = 1_000;
const mostCells = 400_000;
const mostColumns = 2_000;
const longestText = 200;

interface Column {
  filled: number;
  readonly first: string[];
  /** Texts of later rows, with the number of the row. */
  later: { readonly row: number; readonly text: string }[];
}

/**
 * Takes the profile of a table in one reading: all of the first rows, then rows at even distances, which grow as the
 * table does. The same rows give the same profile.
 */
export class TableProfiler {
  readonly #columns = new Map<string, Column>();
  #rows = 0;
  #stride = 1;
  #taken = 0;

  /** Adds a row. Lists and groups, which no cell of a table is, are passed over. */
  add(fields: Fields): void {
    const row = this.#rows++;
    const isFirst = row < this.#limit(firstRows);
    const isTaken = !isFirst && row % this.#stride === 0;
    for (const [name, value] of Object.entries(fields)) {
      if (!isFilledText(value)) continue;
      const column = this.#column(name);
      if (column === undefined) continue;
      column.filled += 1;
      if (isFirst) column.first.push(value.trim().slice(0, longestText));
      else if (isTaken) column.later.push({ row, text: value.trim().slice(0, longestText) });
    }
    if (isTaken && ++this.#taken >= this.#limit(laterRows)) this.#thin();
  }

  /** The profiles so far, in the order in which the columns were met. */
  profiles(): readonly ColumnProfile[] {
    return [...this.#columns].map(([name, { filled, first, later }]) => ({
      name,
      rows: this.#rows,
      filled,
      sample: [...first, ...later.map(({ text }) => text)],
    }));
  }

  /** Declares the columns of the header, so that empty ones are known too and the order is that of the file. */
  declare(names: readonly string[]): void {
    for (const name of names) this.#column(name);
  }

  #column(name: string): Column | undefined {
    let column = this.#columns.get(name);
    if (column === undefined && this.#columns.size < mostColumns)
      this.#columns.set(name, (column = { filled: 0, first: [], later: [] }));
    return column;
  }

  #limit(rows: number): number {
    return Math.max(
      50,
      Math.min(rows, Math.floor(mostCells / 2 / Math.max(1, this.#columns.size))),
    );
  }

  /** Half of the later rows are let go, and from now on half as many are taken. */
  #thin(): void {
    this.#stride *= 2;
    this.#taken = 0;
    const rows = new Set<number>();
    for (const column of this.#columns.values()) {
      column.later = column.later.filter(({ row }) => row % this.#stride === 0);
      for (const { row } of column.later) rows.add(row);
    }
    this.#taken = rows.size;
  }
}

const isFilledText = (value: Value): value is string =>
  typeof value === 'string' && isFilled(value);
