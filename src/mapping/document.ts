import { type Document, LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type * as z from 'zod';
import { MappingError } from '../model/errors.ts';
import { didYouMean } from './closest.ts';

/** The text of one file of the mapping language; `name` is what messages call it. */
export interface MappingFile {
  readonly name: string;
  readonly text: string;
}

/** Everything found wrong with a set of files, so that one error can name it all. */
export class Findings {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
  }

  /** Throws a MappingError with every finding, if there is one. */
  settle(): void {
    if (this.#lines.length > 0) throw new MappingError(this.#lines.join('\n'));
  }
}

type Step = string | number;

/** A place in a file, which findings are reported at. */
export interface Place {
  at(...steps: Step[]): Place;
  /** Adds the finding `file:line path: sentence`. */
  report(sentence: string): void;
}

/** A parsed file: plain data in which every scalar is text, and its place. */
export interface ParsedFile {
  readonly value: unknown;
  readonly place: Place;
}

/** Where in the text a path begins; the nearest place above for what is not there. */
function offsetOf(document: Document.Parsed, path: readonly Step[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(step));
      if (pair === undefined || !isScalar(pair.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/**
 * Parses a file; nothing in it becomes a number or a truth value by itself. With `nulls` a plain `null` or nothing is
 * null instead of text. Gives nothing where the YAML itself is broken, which is then among the findings.
 */
export function parseFile(
  file: MappingFile,
  findings: Findings,
  { nulls = false } = {},
): ParsedFile | undefined {
  const lines = new LineCounter();
  const document = parseDocument(file.text, {
    schema: 'failsafe',
    customTags: nulls ? ['null'] : [],
    lineCounter: lines,
    prettyErrors: false,
  });
  const broken = [...document.errors, ...document.warnings];
  for (const { message, pos } of broken)
    findings.add(`${file.name}:${lines.linePos(pos[0]).line}: ${message}`);
  if (broken.length > 0) return undefined;

  const placeOf = (path: readonly Step[]): Place => ({
    at: (...steps) => placeOf([...path, ...steps]),
    report: (sentence) => {
      const { line } = lines.linePos(offsetOf(document, path));
      const where = path.length === 0 ? '' : ` ${path.join('.')}`;
      findings.add(`${file.name}:${Math.max(line, 1)}${where}: ${sentence}`);
    },
  });
  try {
    return { value: document.toJS(), place: placeOf([]) };
  } catch {
    findings.add(`${file.name}:1: refers to too many aliases`);
    return undefined;
  }
}

/** Data checked against a schema; nothing where it does not fit, which is then reported at its places. */
export function checkShape<Shape>(
  schema: z.ZodType<Shape>,
  { value, place }: ParsedFile,
  words: readonly string[] = [],
): Shape | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const problem of result.error.issues) reportProblem(problem, place, words);
  return undefined;
}

type Problem = z.core.$ZodIssue;

function reportProblem(problem: Problem, place: Place, words: readonly string[]): void {
  const here = place.at(
    ...problem.path.map((step) => (typeof step === 'number' ? step : String(step))),
  );
  if (problem.code === 'unrecognized_keys') {
    for (const key of problem.keys)
      here.at(key).report(`there is no "${key}" here.${didYouMean(key, words)}`);
  } else if (problem.code === 'invalid_union' && problem.message === 'Invalid input') {
    for (const inner of likeliest(problem.errors)) reportProblem(inner, here, words);
  } else here.report(sentenceOf(problem));
}

/** Of the alternatives of a union, the one that the author most likely meant: the one with the least wrong at its top. */
function likeliest(alternatives: readonly (readonly Problem[])[]): readonly Problem[] {
  const [first = [], ...others] = alternatives;
  return others.reduce(
    (best, other) => (wrongAtTop(other) < wrongAtTop(best) ? other : best),
    first,
  );
}

function wrongAtTop(problems: readonly Problem[]): number {
  return problems.reduce((sum, problem) => {
    if (problem.path.length > 1) return sum;
    if (problem.code === 'unrecognized_keys') return sum + problem.keys.length;
    if (problem.code === 'invalid_union' && problem.path.length === 0)
      return sum + wrongAtTop(likeliest(problem.errors));
    return sum + (problem.code === 'invalid_type' && problem.path.length === 0 ? Infinity : 1);
  }, 0);
}

const shapes: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a group',
  record: 'a group',
};

function sentenceOf(problem: Problem): string {
  if (problem.code !== 'invalid_type') return problem.message;
  const expected = shapes[problem.expected] ?? problem.expected;
  return problem.message.endsWith('received undefined')
    ? `is missing; expected ${expected}`
    : `expected ${expected}`;
}
