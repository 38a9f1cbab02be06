import { parse } from 'csv-parse/sync';
import type { CsvFrame } from './csv-frame.ts';

/** The cells of each row. Only rows with quotes need the parser; the others are what stands between delimiters. */
export function cellsOf(
  frames: readonly CsvFrame[],
  delimiter: string,
): readonly (readonly string[])[] {
  const quoted = frames.filter((frame) => frame.quoted);
  const parsed = parse(quoted.map((frame) => frame.text).join('\n'), {
    delimiter,
    record_delimiter: '\n',
    // Rows of any width, and quotes inside a cell that does not begin with one, are the adapter's to judge.
    relax_column_count: true,
    relax_quotes: true,
  })[Symbol.iterator]();
  return frames.map((frame) => {
    if (!frame.quoted) return frame.text.split(delimiter);
    const cells = parsed.next();
    return cells.done ? [] : cells.value;
  });
}
