export { detectCsv, type CsvDelimiter, type CsvShape } from './csv-detect.ts';

export interface CsvOptions {
  readonly file: string;
  readonly delimiter: string;
  /** The line of the header, from 1 (the default); lines before it are passed over. */
  readonly headerLine?: number | undefined;
  /** A broken quote ends the reading with a SourceError. */
  readonly strict?: boolean | undefined;
}

/** A row, the header included; `line` is the one on which it begins, from 1. */
export interface CsvRow {
  readonly kind: 'row';
  readonly cells: readonly string[];
  readonly line: number;
}

/** A line whose quotes are broken; the reading went on at the next line. */
export interface CsvMalformed {
  readonly kind: 'malformed';
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** Reads the rows of a CSV file, the header first. Blank lines are no rows. */
export function readCsv(
  text: AsyncIterable<string>,
  options: CsvOptions,
): AsyncIterable<CsvRow | CsvMalformed> {
  throw new Error(`not written yet: ${options.file} ${typeof text}`);
}
