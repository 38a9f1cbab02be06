import { stringify } from 'csv-stringify/sync';

export interface CsvWriteOptions {
  /** `,` by default. */
  readonly delimiter?: string | undefined;
  /** Make cells that a spreadsheet would run as a formula safe; `unguardCell` undoes it. */
  readonly guard?: boolean | undefined;
}

type Cells = readonly (string | null)[];

const rowsAtOnce = 500;

/** One line of CSV with its line end; null is an empty cell. */
export function csvLine(cells: Cells, options: CsvWriteOptions = {}): string {
  return csvText([cells], options);
}

/** Rows as the text of a CSV file, some hundred at a time. */
export async function* writeCsv(
  rows: AsyncIterable<Cells>,
  options: CsvWriteOptions = {},
): AsyncGenerator<string> {
  let batch: Cells[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < rowsAtOnce) continue;
    yield csvText(batch, options);
    batch = [];
  }
  if (batch.length > 0) yield csvText(batch, options);
}

function csvText(rows: readonly Cells[], options: CsvWriteOptions): string {
  const guarded = options.guard
    ? rows.map((cells) => cells.map((cell) => (cell === null ? null : guardCell(cell))))
    : rows.map((cells) => [...cells]);
  return stringify(guarded, {
    delimiter: options.delimiter ?? ',',
    // A lone empty cell would be a blank line, which is no row; CR alone is a line end to many readers.
    quoted_match: /\r/,
    quoted_empty: guarded.some((cells) => cells.length === 1),
  });
}

/** What a spreadsheet takes for the beginning of a formula, perhaps already guarded. */
const formula = /^'*[=+\-@\t\r]/;
/** A phone or a plain number. */
const harmless = /^[+-]\d[\d.,]*$/;

/** The cell, with a leading `'` where a spreadsheet would take it for a formula. Never a phone or a number. */
export function guardCell(cell: string): string {
  return formula.test(cell) && !harmless.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `guardCell`. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
