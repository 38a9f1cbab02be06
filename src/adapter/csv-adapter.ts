import * as z from 'zod';
import { readCsv } from '../formats/csv.ts';
import { decodeText } from '../formats/text.ts';
import { SourceError } from '../model/errors.ts';
import { issue } from '../model/issue.ts';
import type { ReadRecord } from '../model/record.ts';
import type {
  Detection,
  SourceAdapter,
  SourceEntity,
  SourceEvent,
  SourceFile,
  SourceInput,
  TableFacts,
} from './contract.ts';
import { countTables } from './csv-count.ts';
import { fieldNames, foldName, recognise } from './csv-header.ts';
import { CsvIdentities } from './csv-identity.ts';
import { csvRejects } from './csv-rejects.ts';
import {
  entityNamed,
  malformedRow,
  rejectReader,
  rowReader,
  unreadable,
  widthOf,
  type MakeRecord,
} from './csv-rows.ts';
import type { CsvSystem } from './csv-system.ts';
import {
  isRejects,
  isTable,
  lookAtTable,
  openTable,
  rejectedEntity,
  type CsvOptions,
  type OpenTable,
  type TableLook,
} from './csv-table.ts';
import { openFile } from './open-file.ts';
import { yearIn } from './tally.ts';
import { textAt } from './value.ts';

/** Makes the adapter of a system that exports CSV from its declaration (docs/decisions/0012-csv-systems.md). */
export function csvAdapter(system: CsvSystem): SourceAdapter<CsvOptions> {
  return {
    name: system.name,
    title: system.title,
    options: optionsOf(system),
    entities: system.entities satisfies Readonly<Record<string, SourceEntity>>,
    ...(system.anyTable === undefined ? {} : { open: true }),
    detect: (head, fileName) => detect(system, head, fileName),
    describe: (file, options, signal) => describe(system, file, options, signal),
    read: (input, options, signal) => read(system, input, options, signal),
    count: (input, options, signal) => countTables(system, input, options, signal),
    splits: (record) => splitsOf(system, record),
    rejects: csvRejects(system),
  };
}

function optionsOf({ entities, anyTable }: CsvSystem): z.ZodType<CsvOptions> {
  const names = Object.keys(entities);
  return z.strictObject({
    encoding: z.string().optional(),
    delimiter: z.string().length(1).optional(),
    headerLine: z.number().int().positive().optional(),
    entity: (anyTable === undefined ? z.enum(names) : z.string().min(1)).optional(),
  });
}

function detect(system: CsvSystem, head: Uint8Array, fileName: string): Detection | undefined {
  if (head.length === 0) return undefined;
  let look: TableLook;
  try {
    look = lookAtTable(head, fileName);
  } catch (cause) {
    if (cause instanceof SourceError) return undefined;
    throw cause;
  }
  if (!isTable(look, head)) return undefined;
  if (isRejects(look.header)) {
    const entity = rejectedEntity(look.header, look.rows[0] ?? [], system.name);
    return entity === undefined
      ? undefined
      : { confidence: 0.99, reason: `a file of rejected ${entity}` };
  }
  const fit = recognise(system, look);
  if (fit !== undefined) {
    const { entity, confidence, columns } = fit;
    return { confidence, reason: `a table of ${entity}: it has ${columns.join(', ')}` };
  }
  if (system.anyTable === undefined || !mayBeTable.test(fileName)) return undefined;
  const columns = look.header.filter((title) => title !== '').length;
  const isNamed = /\.(csv|tsv)$/i.test(fileName);
  if (columns > 1 && look.rows.length > 0 && (isNamed || look.delimiterCertain))
    return { confidence: isNamed ? 0.2 : 0.1, reason: `a table of ${String(columns)} columns` };
  return isNamed ? { confidence: 0.05, reason: 'the ending of its name' } : undefined;
}

/** The endings of tables, and names without an ending: of sheets, and of what comes through a pipe. */
const mayBeTable = /(^|[\\/])[^\\/]*(\.(csv|tsv|tab|txt|dat)|(?<!\.[a-z]{1,8}))$/i;

/** The values by which a row is counted, from its record. */
function splitsOf(
  system: CsvSystem,
  { entity: name, fields }: ReadRecord,
): Readonly<Record<string, string>> {
  const { countBy = [], countYearOf, shape } = entityNamed(system, name) ?? {};
  if (countBy.length === 0 && countYearOf === undefined) return {};
  // A row whose cells are not known.
  if (Object.hasOwn(fields, unreadable)) return {};
  const cells = shape?.write(fields) ?? fields;
  const cellOf = (column: string): string => textAt(cells, column)?.trim() ?? '';
  return {
    ...Object.fromEntries(countBy.map((column) => [column, cellOf(column)])),
    ...(countYearOf === undefined ? {} : { year: yearIn(cellOf(countYearOf)) }),
  };
}

async function describe(
  system: CsvSystem,
  file: SourceFile,
  options: CsvOptions,
  signal: AbortSignal,
): Promise<TableFacts> {
  const look = await openTable(system, file, options, signal);
  const { entity, encoding, delimiter, delimiterCertain, headerLine } = look;
  return {
    entity,
    encoding: encoding.encoding,
    encodingCertain: encoding.certain,
    delimiter,
    delimiterCertain,
    headerLine,
    columns:
      entity === undefined
        ? []
        : fieldNames(look.header, entityNamed(system, entity)).filter(
            (_, place) => look.header[place] !== '',
          ),
  };
}

async function* read(
  system: CsvSystem,
  input: SourceInput,
  options: CsvOptions,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  const identities = new CsvIdentities();
  for (const file of input.files) yield* readTable({ system, file, options, identities }, signal);
}

/** What reading one file takes. */
interface Reading {
  readonly system: CsvSystem;
  readonly file: SourceFile;
  readonly options: CsvOptions;
  readonly identities: CsvIdentities;
}

async function* readTable(
  { system, file, options, identities }: Reading,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent, void, undefined> {
  const look = await openTable(system, file, options, signal);
  yield* doubtsAbout(look, file.name, options);
  const rejects = isRejects(look.header);
  const end = new EndOfText();
  const text = end.watch(
    decodeText(openFile(file, signal), { file: file.name, encoding: look.encoding.encoding }),
  );
  const reader = { system, file: file.name, entity: look.entity, identities };
  let makeRecord: MakeRecord | undefined;
  let empty = 0;
  const isSheet = file.sheet !== undefined;
  for await (const row of readCsv(text, { file: file.name, ...look, lineIsRow: isSheet })) {
    if (row.kind === 'malformed') yield malformedRow(row, reader);
    else if (makeRecord === undefined)
      makeRecord = rejects ? rejectReader(row.cells, reader) : rowReader(row.cells, reader);
    else if (row.cells.every((cell) => cell.trim() === '')) empty++;
    else {
      end.row(row.cells.length < widthOf(look.header), row.line);
      yield makeRecord(row.cells, row.line);
    }
  }
  end.assertWhole(file.name);
  if (empty > 0) {
    yield {
      kind: 'issue',
      issue: issue('ROWS_EMPTY', { file: file.name, args: { rows: String(empty) } }),
    };
  }
}

/**
 * Sees whether a table ends in the middle of a row: its last one alone is too short, and no line end follows. A file
 * that was cut off between two rows, or within the last cell, looks whole.
 */
class EndOfText {
  #last = '';
  #rows = 0;
  #shortRows = 0;
  #lastIsShort = false;
  #line = 0;

  async *watch(text: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    for await (const piece of text) {
      this.#last = piece.at(-1) ?? this.#last;
      yield piece;
    }
  }

  row(isShort: boolean, line: number): void {
    this.#rows++;
    if (isShort) this.#shortRows++;
    this.#lastIsShort = isShort;
    this.#line = line;
  }

  assertWhole(file: string): void {
    const isEnded = this.#last === '\n' || this.#last === '\r';
    if (isEnded || !this.#lastIsShort || this.#shortRows > 1 || this.#rows === 1) return;
    throw new SourceError(
      `${file}, line ${String(this.#line)}: the file ends in the middle of a row.`,
      {
        hint: 'It was probably cut off: export or download it again. If it is whole, end its last line with a line break.',
      },
    );
  }
}

/** What could not be found out for sure. */
function* doubtsAbout(
  look: OpenTable,
  file: string,
  options: CsvOptions,
): Generator<SourceEvent, void, undefined> {
  if (!look.encoding.certain) {
    const args = { encoding: look.encoding.encoding, words: look.words.join(', ') };
    yield { kind: 'issue', issue: issue('ENCODING_UNCERTAIN', { file, args }) };
  }
  const about = { file, line: look.headerLine };
  if (!look.delimiterCertain && options.delimiter === undefined) {
    yield {
      kind: 'issue',
      issue: issue('DELIMITER_UNCERTAIN', { ...about, value: look.delimiter }),
    };
  }
  for (const title of repeated(look.header))
    yield { kind: 'issue', issue: issue('HEADER_REPEATED', { ...about, value: title }) };
}

/** Titles that stand above several columns. */
function repeated(header: readonly string[]): readonly string[] {
  const folded = header.map(foldName);
  return header.filter((title, place) => title !== '' && folded.indexOf(foldName(title)) < place);
}
