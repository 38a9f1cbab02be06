import { cellsOf } from './csv-cells.ts';
import { CsvFramer } from './csv-frame.ts';

const delimiters: readonly string[] = [',', ';', '\t', '|'];

/** How a CSV file is written. */
export interface CsvShape {
  /** One of those that are looked for, or the one that was given. */
  readonly delimiter: string;
  readonly quote: '"';
  /** The line of the header, from 1; what stands before it is a preamble. */
  readonly headerLine: number;
  /** False where several delimiters fit, or none. */
  readonly certain: boolean;
}

/** What a delimiter would make of the text. */
interface Trial {
  readonly delimiter: string;
  /** The most frequent number of cells, and the share of rows that have it. */
  readonly width: number;
  readonly share: number;
  /** The same share from the header on. */
  readonly shareBelow: number;
  readonly headerLine: number;
}

const longestHead = 64 * 1024;

/** What is known of a CSV file beforehand. */
export interface KnownShape {
  readonly delimiter?: string | undefined;
  readonly headerLine?: number | undefined;
}

/**
 * Finds the delimiter and the header of a CSV file from the beginning of its text; what is known is taken as it is,
 * and helps with the rest.
 */
export function detectCsv(head: string, known: KnownShape = {}): CsvShape {
  const { delimiter, headerLine } = known;
  const start = headerLine === undefined ? 0 : lineStart(head, headerLine);
  const found = detectAll(head.slice(start, start + longestHead), delimiter);
  return {
    ...found,
    certain: found.certain || delimiter !== undefined,
    delimiter: delimiter ?? found.delimiter,
    headerLine: headerLine ?? found.headerLine,
  };
}

/** The rows at the beginning of a text, the header first; the last one may be cut off and is left out, unless it is alone. */
export function headRows(
  head: string,
  { delimiter, headerLine }: { readonly delimiter: string; readonly headerLine: number },
): readonly (readonly string[])[] {
  const framer = new CsvFramer('', delimiter, headerLine);
  const whole = framer.push(head.slice(lineStart(head, headerLine)));
  const frames = whole.length > 0 ? whole : framer.end();
  return cellsOf(
    frames.filter((frame) => !frame.broken),
    delimiter,
  );
}

/** Where a line begins, from 1. */
function lineStart(text: string, line: number): number {
  const ends = /\r\n?|\n/g;
  for (let at = 1; at < line; at++) if (ends.exec(text) === null) return text.length;
  return ends.lastIndex;
}

function detectAll(text: string, given: string | undefined): CsvShape {
  // Excel's own way of saying it, on a line before the header
  const said = /^"?sep=([,;\t|])"?(\r\n?|\n)/i.exec(text);
  const named = delimiters.find((delimiter) => delimiter === said?.[1]);
  if (said && named) {
    const { headerLine } = tryDelimiter(named, text.slice(said[0].length), 2);
    return { delimiter: named, quote: '"', headerLine, certain: true };
  }
  const trials = (given === undefined ? delimiters : [given]).map((delimiter) =>
    tryDelimiter(delimiter, text, 1),
  );
  const best = trials.reduce((a, b) => (score(b) > score(a) ? b : a));
  const divides = ({ width, share }: Trial): boolean => width > 1 && share > 0.5;
  // Ragged rows are no reason to doubt where no other character would do better.
  const isRivalled = trials.some(
    (trial) => trial !== best && divides(trial) && trial.shareBelow > 0.8,
  );
  return {
    delimiter: best.delimiter,
    quote: '"',
    headerLine: best.headerLine,
    certain: divides(best) && !isRivalled,
  };
}

/** Rows of one width first, wide rows second; a delimiter that divides nothing says nothing. */
const score = ({ width, share }: Trial): number => (width > 1 ? share * (1 + width / 1000) : 0);

function tryDelimiter(delimiter: string, text: string, line: number): Trial {
  const framer = new CsvFramer('', delimiter, line);
  const whole = framer.push(text);
  // The last row may be cut off by the end of the head, so it only counts where it is alone.
  const frames = (whole.length > 0 ? whole : framer.end()).filter((frame) => !frame.broken);
  const rows = cellsOf(frames, delimiter);
  const width = usual(rows.map((cells) => cells.length));
  const filled = rows.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
  const cellsOfMost = usual(filled.filter((_, index) => rows[index]?.length === width));
  // A preamble that a spreadsheet wrote has the full width too, but few cells with something in them;
  // a header has at least as many as its rows, or titles above most of them.
  const header = rows.findIndex(
    (cells, index) =>
      cells.length === width &&
      ((filled[index] ?? 0) >= cellsOfMost ||
        ((filled[index] ?? 0) * 2 >= cellsOfMost && areTitles(cells))),
  );
  const shareOf = (some: readonly (readonly string[])[]): number =>
    some.length === 0 ? 0 : some.filter((cells) => cells.length === width).length / some.length;
  return {
    delimiter,
    width,
    share: shareOf(rows),
    shareBelow: shareOf(rows.slice(Math.max(0, header))),
    headerLine: frames[Math.max(0, header)]?.line ?? line,
  };
}

/** Whether the cells of a row look like titles: several words of letters, each another one. */
function areTitles(cells: readonly string[]): boolean {
  const titles = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    titles.length > 1 &&
    new Set(titles).size === titles.length &&
    titles.every((title) => /^[^@\d]*\p{L}[^@]{0,60}$/u.test(title))
  );
}

/** The number of cells that most rows have; of equals that of the first row, where it has several, else the greater. */
function usual(numbers: readonly number[]): number {
  const most = mostFrequent(numbers);
  const times = (number: number): number => numbers.filter((other) => other === number).length;
  const [first = 0] = numbers;
  return first > 1 && times(first) === times(most) ? first : most;
}

/** The number that occurs most often; of equals the greater. */
function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  let [best, most] = [0, 0];
  for (const [number, count] of counts) {
    if (count > most || (count === most && number > best)) [best, most] = [number, count];
  }
  return best;
}
