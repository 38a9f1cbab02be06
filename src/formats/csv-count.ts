import { readLines } from './text-lines.ts';

/** Characters of one record, as in `readCsv`. */
const longestRecord = 16 * 1024 * 1024;

/**
 * Counts the records after the header by another path than `readCsv`: line by line, with no parser. A line
 * whose quotes are broken counts as a record, blank lines do not.
 */
export async function countCsvRecords(
  text: AsyncIterable<string>,
  options: {
    readonly file: string;
    readonly delimiter: string;
    readonly headerLine?: number | undefined;
  },
): Promise<number> {
  const firstLine = options.headerLine ?? 1;
  let count = 0;
  /** The lines of a record whose quote is open. */
  let open: string[] = [];
  let length = 0;
  const close = (): void => {
    count++;
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
    close();
    for (const line of after) add(line);
  };
  for await (const lines of readLines(plainLineEnds(text), options.file)) {
    for (const { text: line, line: number } of lines) if (number >= firstLine) add(line);
  }
  while (open.length > 0) restart();
  return Math.max(0, count - 1);
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
