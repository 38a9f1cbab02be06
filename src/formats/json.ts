import type { Value } from '../model/record.ts';

/**
 * What to do with the value at a path: assemble and yield it, look inside it, or pass over it.
 * The root is `[]`, the items of an array are `'[]'`; in a file of one JSON value a line, each line is `['[]']`.
 */
export type JsonSelect = (path: readonly string[]) => 'take' | 'enter' | 'skip';

export interface JsonOptions {
  readonly file: string;
  readonly select: JsonSelect;
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
export function readJson(
  text: AsyncIterable<string>,
  options: JsonOptions,
): AsyncIterable<JsonItem | JsonMalformed> {
  throw new Error(`not written yet: ${options.file} ${typeof text}`);
}
