export type CsvDelimiter = ',' | ';' | '\t' | '|';

/** How a CSV file is written. */
export interface CsvShape {
  readonly delimiter: CsvDelimiter;
  readonly quote: '"';
  /** The line of the header, from 1; what stands before it is a preamble. */
  readonly headerLine: number;
  /** False where several delimiters fit, or none. */
  readonly certain: boolean;
}

/** Finds the delimiter and the header of a CSV file from the beginning of its text. */
export function detectCsv(head: string): CsvShape {
  throw new Error(`not written yet: ${head}`);
}
