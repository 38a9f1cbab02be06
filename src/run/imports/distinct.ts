import type { Fields } from '../../model/record.ts';

// Columns with more different texts than these are of no list; longer texts are none of its values.
const mostTexts = 500;
const longestText = 100;

/** The different texts of a column, each with how many rows have it. */
export interface DistinctTexts {
  readonly texts: ReadonlyMap<string, number>;
  /** Rows with further texts, which are not told apart. */
  readonly more: number;
}

/** Counts the different texts of each column of a table, as far as they may be those of a list. */
export class DistinctTally {
  readonly #columns = new Map<string, { texts: Map<string, number>; more: number }>();

  add(fields: Fields): void {
    for (const name in fields) {
      const value = fields[name];
      if (typeof value !== 'string') continue;
      let column = this.#columns.get(name);
      if (column === undefined)
        this.#columns.set(name, (column = { texts: new Map<string, number>(), more: 0 }));
      const text = value.trim();
      const known = column.texts.get(text);
      if (known !== undefined) column.texts.set(text, known + 1);
      else if (column.texts.size < mostTexts && text.length <= longestText)
        column.texts.set(text, 1);
      else column.more += 1;
    }
  }

  of(column: string): DistinctTexts {
    return this.#columns.get(column) ?? { texts: new Map(), more: 0 };
  }
}
