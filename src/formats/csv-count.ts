import { readLines } from './text-lines.ts';

/** Characters of one record, as in `readCsv`. */
const longestRecord = 16 * 1024 * 1024;

/** What is counted. */
export interface CountOptions {
  readonly file: string;
  readonly delimiter: string;
  readonly headerLine?: number | undefined;
}

/** Counts the records after the header; blank lines are none. */
export async function countCsvRecords(
  text: AsyncIterable<string>,
  options: CountOptions,
): Promise<number> {
  let count = 0;
  for await (const records of scanCsvRecords(text, options)) count += records.length;
  return Math.max(0, count - 1);
}

/**
 * The text of each record, the header first, by another path than `readCsv`: line by line, with no parser. A line
 * whose quotes are broken is a record, blank lines are none. Those of one piece of the text come together.
 */
export async function* scanCsvRecords(
  text: AsyncIterable<string>,
  options: CountOptions,
): AsyncGenerator<readonly string[]> {
  const firstLine = options.headerLine ?? 1;
  let found: string[] = [];
  /** The lines of a record whose quote is open. */
  let open: string[] = [];
  let length = 0;
  const close = (): void => {
    found.push(open.join('\n'));
    open = [];
    length = 0;
  };
  const add = (line: string): void => {
    if (open.length === 0 && line === '') return;
    const state = quotesAfter(line, open.length > 0, options.delimiter);
    open.push(line);
    length += line.length + 1;
    if (state === 'closed') close();
    else if (state === 'broken' || length > longestRecord) restart();
  };
  /** The first line is a record by itself; those after it are looked at afresh. */
  const restart = (): void => {
    const after = open.slice(1);
    open.length = 1;
    close();
    for (const line of after) add(line);
  };
  for await (const lines of readLines(plainLineEnds(text), options.file)) {
    for (const { text: line, line: number } of lines) if (number >= firstLine) add(line);
    if (found.length > 0) yield found;
    found = [];
  }
  while (open.length > 0) restart();
  if (found.length > 0) yield found;
}

/** The cells of a record's text, without a parser: good enough to look at one of them. */
export function scanCells(record: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; at <= record.length;) {
    let end = at;
    if (record.startsWith('"', at)) {
      end = record.indexOf('"', at + 1);
      while (end >= 0 && record[end + 1] === '"') end = record.indexOf('"', end + 2);
    }
    const next = end < 0 ? -1 : record.indexOf(delimiter, end);
    const cell = record.slice(at, next < 0 ? undefined : next);
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (next < 0) break;
    at = next + delimiter.length;
  }
  return cells;
}

/** Whether a quote is open at the end of a line, given whether one was at its beginning. */
function quotesAfter(
  line: string,
  openBefore: boolean,
  delimiter: string,
): 'open' | 'closed' | 'broken' {
  let index = 0;
  let open = openBefore;
  for (;;) {
    if (open || line.startsWith('"', index)) {
      let quote = line.indexOf('"', open ? index : index + 1);
      while (quote >= 0 && line[quote + 1] === '"') quote = line.indexOf('"', quote + 2);
      if (quote < 0) return 'open';
      open = false;
      index = quote + 1;
      if (index < line.length && line[index] !== delimiter) return 'broken';
    }
    const next = line.indexOf(delimiter, index);
    if (next < 0) return 'closed';
    index = next + 1;
  }
}

/** CR and CRLF as LF, whatever pieces the text arrives in. */
async function* plainLineEnds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let afterCr = false;
  for await (const chunk of text) {
    if (chunk === '') continue;
    const rest = afterCr && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    afterCr = chunk.endsWith('\r');
    yield rest.replace(/\r\n?/g, '\n');
  }
}
