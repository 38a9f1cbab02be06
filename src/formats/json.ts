import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { jsonVerifier } from 'stream-json/core/utils/verifier.js';
import { SourceError } from '../model/errors.ts';
import type { Value } from '../model/record.ts';
import { JsonCutter, type JsonSlice } from './json-cut.ts';
import { openJsonText } from './json-lines.ts';
import { JsonWalker } from './json-walk.ts';
import { readLines, type TextLine } from './text-lines.ts';

/**
 * What to do with the value at a path: assemble and yield it, look inside it, or pass over it.
 * The root is `[]`, the items of an array are `'[]'`; in a file of one JSON value a line, each line is
 * `['[]']`. A text, number or null is yielded at `enter` too.
 */
export type JsonSelect = (path: readonly string[]) => 'take' | 'enter' | 'skip';

export interface JsonOptions {
  readonly file: string;
  readonly select: JsonSelect;
  /** Names of the fields of an item of which it matters whether they were written as numbers. */
  readonly numbers?: ReadonlySet<string> | undefined;
}

/** A value that was taken. Numbers and booleans are the text of their literals. */
export interface JsonItem {
  readonly kind: 'item';
  readonly path: readonly string[];
  readonly value: Value;
  /** The line on which the value begins, from 1. */
  readonly line: number;
  /** Keys that stand twice in one object, dots between levels; the last value is the one in `value`. */
  readonly duplicateKeys: readonly string[];
  /** Those of the fields asked for that were written as numbers, where there are any. */
  readonly numbers?: readonly string[];
}

/** A line of a file of one value a line that is not JSON; the reading went on after it. */
export interface JsonMalformed {
  readonly kind: 'malformed';
  readonly line: number;
  /** The first 2,000 characters. */
  readonly text: string;
  readonly reason: string;
}

/** Walks a JSON document, or a file of one JSON value a line, and yields the values that `select` takes. */
export async function* readJson(
  text: AsyncIterable<string>,
  options: JsonOptions,
): AsyncGenerator<JsonItem | JsonMalformed> {
  const opened = await openJsonText(text);
  if (!opened.lines) {
    yield* readDocument(opened.text, options);
    return;
  }
  for await (const lines of readLines(opened.text, options.file)) {
    for (const line of lines) {
      if (line.text.trim() !== '') yield* readLine(line, options);
    }
  }
}

/** Called directly: as node streams the same tokenizer is six times slower. */
function openTokenizer(): (text: string) => readonly Token[] {
  const parse = jsonParser({ packValues: true, streamValues: false });
  return (text) => {
    const tokens = parse(text);
    return typeof tokens === 'symbol' ? [] : tokens.values;
  };
}

/** Ends a number or a literal that stands last; longer than any literal, so that a torn one gives nothing. */
const ending = ' '.repeat(32);

const cutOff = 'The file was probably cut off: export or download it again.';

async function* readDocument(
  text: AsyncIterable<string>,
  options: JsonOptions,
): AsyncGenerator<JsonItem> {
  const { file } = options;
  const cutter = new JsonCutter(file);
  const walker = new JsonWalker(file, options);
  const tokenize = openTokenizer();
  let before = '';
  for await (const chunk of text) {
    const slice = cutter.push(chunk);
    if (!slice) continue;
    const tokens = attempt(tokenize, slice.text);
    if (!tokens || tokens.length < slice.tokens) {
      yield* failIn(slice, before, walker, file);
      return;
    }
    before = slice.text.slice(-1);
    yield* walker.take(tokens, slice.line, slice.breaks);
  }
  const rest = cutter.end();
  const tokens = attempt(tokenize, rest.text);
  if (!tokens) {
    yield* failIn(rest, before, walker, file);
    return;
  }
  yield* walker.take(tokens, rest.line, rest.breaks);
  yield* walker.take(attempt(tokenize, ending) ?? [], rest.line, []);
  if (!walker.finished) {
    const { line, column } = positionIn(rest, rest.text.length);
    throw new SourceError(
      `${file}, line ${line}, column ${column}: the document ends before it is complete.`,
      { hint: cutOff },
    );
  }
}

/** The tokens of a text, or undefined where it is not JSON. */
function attempt(
  tokenize: (text: string) => readonly Token[],
  text: string,
): readonly Token[] | undefined {
  try {
    return tokenize(text);
  } catch {
    return undefined;
  }
}

/**
 * Yields what is complete before the error in a slice, then throws it with its position. The tokenizer
 * loses the tokens before an error and does not say where it is, so the slice is read a second time.
 */
function* failIn(
  slice: JsonSlice,
  before: string,
  walker: JsonWalker,
  file: string,
): Generator<JsonItem> {
  const context = contextOf(walker.open, before);
  const error = firstError(context + slice.text + ending);
  const offset = Math.max(0, error.offset - context.length);
  const tokenize = openTokenizer();
  tokenize(context);
  yield* walker.take(
    attempt(tokenize, slice.text.slice(0, offset)) ?? [],
    slice.line,
    slice.breaks,
  );
  const { line, column } = positionIn(slice, offset);
  throw new SourceError(`${file}, line ${line}, column ${column}: not JSON: ${error.reason}.`, {
    hint: walker.finished
      ? 'Something follows the end of the document.'
      : 'The file is damaged or of another format.',
  });
}

/** The shortest text that brings a fresh tokenizer into the `open` containers, after the character `before`. */
function contextOf(open: readonly boolean[], before: string): string {
  const inner = open.length - 1;
  const opened: string[] = open.map((object, depth) =>
    object ? (depth < inner ? '{"":' : '{') : '[',
  );
  if (before === ',' && open.length > 0) opened.push(open[inner] ? '"":0,' : '0,');
  return opened.join('');
}

/** Where the verifier of the same package finds the first error, and what it expected there. */
function firstError(text: string): { offset: number; reason: string } {
  try {
    jsonVerifier()(text);
  } catch (error) {
    if (error instanceof Error && 'offset' in error && typeof error.offset === 'number') {
      return { offset: error.offset, reason: reasonOf(error) };
    }
  }
  return { offset: text.length, reason: 'unreadable' };
}

function positionIn(slice: JsonSlice, offset: number): { line: number; column: number } {
  const before = slice.text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  if (lineStart === 0) return { line: slice.line, column: slice.column + offset };
  return { line: slice.line + before.split('\n').length - 1, column: offset - lineStart + 1 };
}

/** The items of one line, or the line as malformed. */
function readLine(line: TextLine, options: JsonOptions): readonly (JsonItem | JsonMalformed)[] {
  const walker = new JsonWalker(options.file, options, ['[]']);
  const tokenize = openTokenizer();
  const malformed = (reason: string): readonly JsonMalformed[] => [
    { kind: 'malformed', line: line.line, text: line.text.slice(0, 2000), reason },
  ];
  let tokens: readonly Token[];
  try {
    tokens = tokenize(line.text);
  } catch (error) {
    return malformed(reasonOf(error));
  }
  const items = [
    ...walker.take(tokens, line.line, []),
    ...walker.take(attempt(tokenize, ending) ?? [], line.line, []),
  ];
  if (walker.finished) return items;
  if (line.ended) return malformed('the line ends before its value does');
  throw new SourceError(
    `${options.file}, line ${line.line}: the last line ends before its value does.`,
    { hint: cutOff },
  );
}

/** The words of the tokenizer without its own name: "expected a value". */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^(ERROR at .*?: )?(Parser|Verifier) (cannot parse input: |has )/, '');
}
