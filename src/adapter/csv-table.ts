import { detectCsv, headRows } from '../formats/csv.ts';
import { decodeHead, detectEncoding, type DetectedEncoding } from '../formats/text.ts';
import { SourceError } from '../model/errors.ts';
import type { SourceFile } from './contract.ts';
import { headersOf, plainTitle, recognise, type TableHead } from './csv-header.ts';
import type { CsvSystem } from './csv-system.ts';
import { headLength, readHead } from './head.ts';
import { openFile } from './open-file.ts';

/** How a table is written, where it is not to be found out. */
export interface CsvOptions {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  /** The line of the header, from 1. */
  readonly headerLine?: number | undefined;
  /** The entity of every row. */
  readonly entity?: string | undefined;
}

/** A table as it looks from its first bytes. */
export interface TableLook extends TableHead {
  readonly encoding: DetectedEncoding;
  readonly delimiter: string;
  /** False where another delimiter would fit too. */
  readonly delimiterCertain: boolean;
  readonly headerLine: number;
}

/** Columns that a file of rejects has beside those of its rows; the name of the record's kind is `<system>/<entity>`. */
export const rejectColumns = {
  kind: 'reject.kind',
  id: 'reject.id',
  line: 'reject.line',
  fate: 'reject.fate',
  reason: 'reject.reason',
} as const;

const rowsLookedAt = 50;

/** What was seen of a head already: every system that exports CSV looks at the same ones. */
const seen = new WeakMap<Uint8Array, TableLook>();

/** Looks at the first bytes of a file as if it were a table. Throws SourceError for text in UTF-32. */
export function lookAtTable(
  head: Uint8Array,
  fileName: string,
  options: CsvOptions = {},
): TableLook {
  if (Object.values(options).some((option) => option !== undefined))
    return look(head, fileName, options);
  const known = seen.get(head);
  if (known?.fileName === fileName) return known;
  const found = look(head, fileName, options);
  seen.set(head, found);
  return found;
}

function look(head: Uint8Array, fileName: string, options: CsvOptions): TableLook {
  const encoding: DetectedEncoding =
    options.encoding === undefined
      ? detectEncoding(head, fileName)
      : { encoding: options.encoding, certain: true, bom: false };
  const text = decodeHead(head, encoding.encoding).replace(/^\ufeff/, '');
  const shape = detectCsv(text, options);
  const [header = [], ...rows] = headRows(text, shape);
  // One column divides nothing, so that there is nothing to doubt.
  const otherDelimiters = [',', ';', '\t', '|'].filter((one) => one !== shape.delimiter);
  const doubtful =
    !shape.certain &&
    (header.length > 1 || header.some((cell) => otherDelimiters.some((one) => cell.includes(one))));
  return {
    encoding,
    delimiter: shape.delimiter,
    delimiterCertain: !doubtful,
    headerLine: shape.headerLine,
    header: header.map(plainTitle),
    rows: rows.slice(0, rowsLookedAt),
    fileName,
  };
}

/** Whether this can be a table of text at all: no other format, no binary file, and a header. */
export function isTable({ header }: TableLook, head: Uint8Array): boolean {
  const first = decodeHead(head.subarray(0, 4096), 'utf-8').trimStart();
  if (/^[<{[]/.test(first)) return false;
  const cells = header.filter((title) => title !== '');
  return cells.length > 0 && cells.every((title) => title.length < 500 && !isBinary(title));
}

/** Control characters and what could not be decoded stand in no title. */
const isBinary = (title: string): boolean => /[\p{Cc}\ufffd]/u.test(title);

/** A table whose entity is known; only a file of rejects says it row by row. */
export type OpenTable = TableLook & {
  readonly entity: string | undefined;
  /** Words that show how the encoding was read, where it was guessed. */
  readonly words: readonly string[];
};

/** Looks at a file and finds the entity of its rows. Throws SourceError for what is no table of this system. */
export async function openTable(
  system: CsvSystem,
  file: SourceFile,
  options: CsvOptions,
  signal: AbortSignal,
): Promise<OpenTable> {
  const head = await readHead(file, signal);
  const known = file.sheet === undefined ? options : { ...options, ...asSheet };
  const look = lookAtTable(head, file.name, known);
  if (head.length === 0 || !isTable(look, head)) {
    throw new SourceError(`${file.name}, line 1: this is no table of text.`, {
      hint: 'Export it again as CSV.',
    });
  }
  // A head that is plain ASCII says nothing about the letters that come later.
  const later =
    known.encoding === undefined && head.length === headLength && isAscii(head)
      ? await firstLetters(file, signal)
      : head;
  const encoding = later === head ? look.encoding : detectEncoding(later, file.name);
  const words = encoding.certain ? [] : foreignWords(decodeHead(later, encoding.encoding));
  return { ...look, encoding, words, entity: entityOf(system, look, options) };
}

/** How the bytes of a sheet are written. */
const asSheet = { encoding: 'utf-8', delimiter: ',' } as const;

function entityOf(system: CsvSystem, look: TableLook, options: CsvOptions): string | undefined {
  if (isRejects(look.header)) return undefined;
  const { fileName, header, headerLine } = look;
  const entity = options.entity ?? recognise(system, look)?.entity ?? system.anyTable?.(fileName);
  if (entity !== undefined) return entity;
  const wanted = Object.entries(system.entities).map(
    ([name, entity]) =>
      `${name} has ${headersOf(entity)
        .map(({ all }) => all.join(', '))
        .join(' or ')}`,
  );
  throw new SourceError(
    `${fileName}, line ${String(headerLine)}: the columns ${header.slice(0, 8).join(', ')} are of no kind of row that ${system.title} has.`,
    {
      hint: `Of its kinds, ${wanted.join('; ')}. Say what the rows are with --as, or where the header is with --header-line.`,
    },
  );
}

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** The bytes from the first one on that is not ASCII, as many as a head; nothing where all are. */
async function firstLetters(file: SourceFile, signal: AbortSignal): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of openFile(file, signal)) {
    const start = length > 0 ? 0 : bytes.findIndex((byte) => byte >= 0x80);
    if (start < 0) continue;
    found.push(bytes.subarray(start));
    length += bytes.length - start;
    if (length >= headLength) break;
  }
  return Buffer.concat(found).subarray(0, headLength);
}

const wordsShown = 4;

/** The first words with letters that are not ASCII. */
function foreignWords(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(
    /[A-Za-z\u0080-\uffff]*[\u0080-\uffff][A-Za-z\u0080-\uffff]*/g,
  )) {
    found.add(word.slice(0, 30));
    if (found.size === wordsShown) break;
  }
  return [...found];
}

/** The entity that a file of this system's rejects names in a row; nothing for any other file. */
export function rejectedEntity(
  header: readonly string[],
  row: readonly string[],
  system: string,
): string | undefined {
  const place = header.indexOf(rejectColumns.kind);
  const [name, entity] = (row[place] ?? '').split('/');
  return place >= 0 && name === system ? entity : undefined;
}

/** Whether a table is a file of rejects. */
export const isRejects = (header: readonly string[]): boolean =>
  header.includes(rejectColumns.kind) && header.includes(rejectColumns.id);
