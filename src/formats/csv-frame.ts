import { SourceError } from '../model/errors.ts';

/** The text of one row, without its line end; the cells are still together. */
export interface CsvFrame {
  readonly text: string;
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** Whether a quote occurs in it. */
  readonly quoted: boolean;
  /** Why its quotes are wrong; the frame is then the first line only, and the next begins after it. */
  readonly broken?: 'closing' | 'unclosed';
}

/** Characters of one row. A quote that is not closed within them counts as broken. */
const longestRow = 16 * 1024 * 1024;

/**
 * Divides CSV into rows. Quotes count at the beginning of a cell and are doubled inside it (RFC 4180);
 * elsewhere they are text. This is apart from the parser because a quote that never closes must not
 * swallow the rows after it: such a row ends with its first line, and the next line is read as a row.
 */
export class CsvFramer {
  readonly #file: string;
  readonly #delimiter: string;
  readonly #lineIsRow: boolean;
  #text = '';
  #line = 1;
  /** How far the row that is begun has been seen, and what stands there. */
  #seen = 0;
  #state: 'cell' | 'plain' | 'quoted' = 'cell';

  constructor(file: string, delimiter: string, line = 1, lineIsRow = false) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#line = line;
    this.#lineIsRow = lineIsRow;
  }

  /** The rows that end in what has come so far; blank lines are none. */
  push(chunk: string): CsvFrame[] {
    this.#text += chunk;
    return this.#frames(false);
  }

  /** The rows that are left. */
  end(): CsvFrame[] {
    return this.#frames(true);
  }

  #frames(ended: boolean): CsvFrame[] {
    const frames: CsvFrame[] = [];
    const text = this.#text;
    let start = 0;
    for (;;) {
      const end = this.#rowEnd(text, start, ended);
      if (end === undefined) break;
      if (end.broken) {
        const next = this.#takeFirstLine(text, start, end.broken, ended, frames);
        if (next === undefined) {
          this.#seen = start;
          this.#state = 'cell';
          break;
        }
        start = next;
      } else {
        const row = text.slice(start, end.at);
        if (row !== '') frames.push({ text: row, line: this.#line, quoted: row.includes('"') });
        start = end.at + lineEnd(text, end.at);
        this.#line += this.#lineIsRow ? 1 : linesIn(row) + 1;
      }
      this.#seen = start;
      this.#state = 'cell';
      if (start >= text.length) break;
    }
    this.#text = text.slice(start);
    this.#seen -= start;
    if (this.#text.length > longestRow) {
      throw new SourceError(
        `${this.#file}, line ${this.#line}: a row of more than 16 million characters begins here.`,
      );
    }
    return frames;
  }

  /** Where the row ends, or that its quotes are broken; undefined where more of the text is needed. */
  #rowEnd(
    text: string,
    start: number,
    ended: boolean,
  ): { at: number; broken?: 'closing' | 'unclosed' } | undefined {
    let index = this.#seen;
    for (;;) {
      if (this.#state === 'quoted') {
        const quote = text.indexOf('"', index);
        // Whether a quote closes shows only in what follows it, and whether CR is a line end of its own too.
        if (quote < 0 || quote + 1 >= text.length) {
          const last = quote >= 0;
          if (ended && last) return { at: text.length };
          if (ended || text.length - start > longestRow) return { at: start, broken: 'unclosed' };
          this.#seen = last ? quote : text.length;
          return undefined;
        }
        index = quote + 1;
        const next = text.charAt(index);
        if (next === '"') {
          index++;
          continue;
        }
        if (next !== this.#delimiter && next !== '\n' && next !== '\r') {
          return { at: start, broken: 'closing' };
        }
        this.#state = 'plain';
      }
      if (this.#state === 'cell') {
        if (index < text.length) {
          this.#state = text.charAt(index) === '"' ? 'quoted' : 'plain';
          if (this.#state === 'quoted') {
            index++;
            continue;
          }
        }
      }
      for (; index < text.length; index++) {
        const character = text.charAt(index);
        if (character === this.#delimiter) break;
        if (character === '\n') return { at: index };
        if (character === '\r' && (ended || index + 1 < text.length)) return { at: index };
        if (character === '\r') break;
      }
      if (index >= text.length || text.charAt(index) === '\r') {
        if (ended) return start < text.length ? { at: text.length } : undefined;
        this.#seen = index;
        return undefined;
      }
      index++;
      this.#state = 'cell';
    }
  }

  /** Gives up on a row: its first line is all of it. Undefined where the end of that line has not come. */
  #takeFirstLine(
    text: string,
    start: number,
    broken: 'closing' | 'unclosed',
    ended: boolean,
    frames: CsvFrame[],
  ): number | undefined {
    const found = /\r\n?|\n/g;
    found.lastIndex = start;
    const end = found.exec(text)?.index ?? text.length;
    const known = end < text.length && (text.charAt(end) === '\n' || end + 1 < text.length);
    if (!known && !ended) return undefined;
    frames.push({ text: text.slice(start, end), line: this.#line, quoted: true, broken });
    this.#line++;
    return end + lineEnd(text, end);
  }
}

/** The length of the line end at an index. */
function lineEnd(text: string, index: number): number {
  if (text.charAt(index) === '\r') return text.charAt(index + 1) === '\n' ? 2 : 1;
  return index < text.length ? 1 : 0;
}

/** How many line ends a row holds within its quotes. */
function linesIn(row: string): number {
  return row.includes('\n') || row.includes('\r') ? (row.match(/\r\n?|\n/g)?.length ?? 0) : 0;
}
