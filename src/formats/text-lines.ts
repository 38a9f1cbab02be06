import { SourceError } from '../model/errors.ts';

/** A line of a text without its line feed. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** False for a last line that no line feed ends. */
  readonly ended: boolean;
}

const longestLine = 64 * 1024 * 1024;

/** Splits text into lines, whatever pieces it arrives in; those of one piece together. */
export async function* readLines(
  text: AsyncIterable<string>,
  file: string,
): AsyncGenerator<readonly TextLine[]> {
  let held = '';
  let line = 1;
  for await (const chunk of text) {
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      lines.push({ text: held + chunk.slice(start, end), line, ended: true });
      held = '';
      line++;
      start = end + 1;
    }
    held += chunk.slice(start);
    if (held.length > longestLine) {
      throw new SourceError(
        `${file}, line ${line}: the line is longer than 64 million characters.`,
      );
    }
    if (lines.length > 0) yield lines;
  }
  if (held !== '') yield [{ text: held, line, ended: false }];
}
