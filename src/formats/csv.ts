import { SourceError } from '../model/errors.ts';
import { cellsOf } from './csv-cells.ts';
import { CsvFramer, type CsvFrame } from './csv-frame.ts';

export { detectCsv, headRows, type CsvShape, type KnownShape } from './csv-detect.ts';

export interface CsvOptions {
  readonly file: string;
  readonly delimiter: string;
  /** The line of the header, from 1 (the default); lines before it are passed over. */
  readonly headerLine?: number | undefined;
  /** Count rows instead of lines, which are more where a cell holds several. */
  readonly lineIsRow?: boolean | undefined;
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

/**
 * Reads the rows of a CSV file, the header first. Cells are as written: nothing is trimmed or converted.
 * Blank lines are no rows, and rows may be shorter or longer than the header.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  options: CsvOptions,
): AsyncGenerator<CsvRow | CsvMalformed> {
  const headerLine = options.headerLine ?? 1;
  const framer = new CsvFramer(options.file, options.delimiter, headerLine, options.lineIsRow);
  for await (const chunk of skipLines(text, headerLine - 1)) {
    yield* eventsOf(framer.push(chunk), options, false);
  }
  yield* eventsOf(framer.end(), options, true);
}

function* eventsOf(
  frames: readonly CsvFrame[],
  options: CsvOptions,
  last: boolean,
): Generator<CsvRow | CsvMalformed> {
  const rows = frames.filter((frame) => !frame.broken);
  const cells = cellsOf(rows, options.delimiter);
  let row = 0;
  for (const [index, frame] of frames.entries()) {
    if (!frame.broken) {
      yield { kind: 'row', cells: cells[row] ?? [], line: frame.line };
      row++;
      continue;
    }
    const where = `${options.file}, line ${frame.line}`;
    // Only the end of the text can leave a quote open on the last line of all.
    if (frame.broken === 'unclosed' && last && index === frames.length - 1) {
      throw new SourceError(`${where}: the file ends inside a quoted cell.`, {
        hint: 'The file was probably cut off: export or download it again.',
      });
    }
    const reason =
      frame.broken === 'closing'
        ? 'something stands between a closing quote and the next delimiter'
        : 'a quote is opened and not closed';
    if (options.strict) throw new SourceError(`${where}: ${reason}.`);
    yield { kind: 'malformed', line: frame.line, text: frame.text, reason };
  }
}

/** Passes over lines at the beginning, whatever they hold. */
async function* skipLines(text: AsyncIterable<string>, count: number): AsyncGenerator<string> {
  let left = count;
  let afterCr = false;
  for await (const chunk of text) {
    let start = 0;
    // One step further than the last line, for the LF that may follow its CR.
    while ((left > 0 || afterCr) && start < chunk.length) {
      const character = chunk.charAt(start);
      if (left === 0 && character !== '\n') break;
      if (character === '\r' || (character === '\n' && !afterCr)) left--;
      afterCr = character === '\r';
      start++;
    }
    if (left === 0 && start < chunk.length) {
      afterCr = false;
      yield chunk.slice(start);
    }
  }
}
