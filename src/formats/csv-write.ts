export interface CsvWriteOptions {
  /** `,` by default. */
  readonly delimiter?: string | undefined;
  /** Make cells that a spreadsheet would run as a formula safe; `unguardCell` undoes it. */
  readonly guard?: boolean | undefined;
}

/** One line of CSV with its line end; null is an empty cell. */
export function csvLine(cells: readonly (string | null)[], options: CsvWriteOptions = {}): string {
  throw new Error(`not written yet: ${String(cells.length)} ${typeof options}`);
}

/** Rows as the text of a CSV file, a piece at a time. */
export function writeCsv(
  rows: AsyncIterable<readonly (string | null)[]>,
  options: CsvWriteOptions = {},
): AsyncIterable<string> {
  throw new Error(`not written yet: ${typeof rows} ${typeof options}`);
}

/** The cell, with a leading `'` where a spreadsheet would take it for a formula. Never a phone or a number. */
export function guardCell(cell: string): string {
  throw new Error(`not written yet: ${cell}`);
}

/** The cell as it was before `guardCell`. */
export function unguardCell(cell: string): string {
  throw new Error(`not written yet: ${cell}`);
}
