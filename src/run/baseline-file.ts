import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { unguardCell } from '../formats/csv-write.ts';
import { detectCsv, readCsv } from '../formats/csv.ts';
import { decodeText, detectEncoding } from '../formats/text.ts';
import { MigrationError, UsageError } from '../model/errors.ts';
import { baselineColumns } from '../report/baseline-csv.ts';
import type { Workbook, WorkbookCount, WorkbookEntity } from '../verify/workbook.ts';

const number = z.number().int().nonnegative();
const screen = number.nullable().default(null);
const countShape = {
  active: number,
  deleted: number,
  screens: z
    .strictObject({ active: screen, deleted: screen })
    .default({ active: null, deleted: null }),
  note: z.string().default(''),
};
const baselineSchema = z.object({
  entities: z.record(
    z.string(),
    z.strictObject({
      ...countShape,
      by: z.record(z.string(), z.record(z.string(), z.strictObject(countShape))).default({}),
    }),
  ),
});

/** The numbers of a file of `baseline`, as JSON or CSV, perhaps edited by a person. Throws UsageError when it is not one. */
export async function readBaseline(path: string): Promise<Workbook> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new UsageError(`The baseline ${path} cannot be read.`, {
      hint: 'Make it with "tesoro-migrate baseline INPUT -o FILE".',
      cause,
    });
  }
  return path.toLowerCase().endsWith('.csv')
    ? workbookOfCsv(bytes, path)
    : workbookOfJson(new TextDecoder().decode(bytes), path);
}

function workbookOfJson(text: string, path: string): Workbook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(
      `The baseline ${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`,
      {
        hint: 'Check the last edit, or make it again.',
        cause,
      },
    );
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data.entities;
  throw new UsageError(`The baseline ${path} is not a baseline: ${z.prettifyError(parsed.error)}`, {
    hint: 'Numbers are whole, one "active" and one "deleted" per line; "screens" holds what the old CRM shows, or null.',
  });
}

type Draft = { -readonly [Name in keyof WorkbookEntity]: WorkbookEntity[Name] } & {
  by: Record<string, Record<string, WorkbookCount>>;
};

/** A spreadsheet may have written it back with another delimiter, in another encoding, and with more columns. */
async function workbookOfCsv(bytes: Uint8Array, path: string): Promise<Workbook> {
  const workbook: Record<string, Draft> = {};
  try {
    const { encoding } = detectEncoding(bytes, path);
    let text = '';
    for await (const piece of decodeText(piecesOf(bytes), { file: path, encoding })) text += piece;
    const { delimiter } = detectCsv(text, { headerLine: 1 });
    let places: ReadonlyMap<string, number> | undefined;
    for await (const row of readCsv(piecesOf(text), { file: path, delimiter, strict: true })) {
      if (row.kind === 'malformed') continue;
      const cells = row.cells.map((cell) => unguardCell(cell));
      if (places === undefined) places = placesOf(cells, path);
      else if (cells.some((cell) => cell.trim() !== ''))
        addLine(workbook, cells, places, `${path}, line ${String(row.line)}`);
    }
    if (places === undefined) throw notBaseline(path);
  } catch (cause) {
    if (cause instanceof UsageError || !(cause instanceof MigrationError)) throw cause;
    throw new UsageError(`The baseline ${path} cannot be read as CSV: ${cause.message}`, { cause });
  }
  return workbook;
}

function placesOf(header: readonly string[], path: string): ReadonlyMap<string, number> {
  const places = new Map(header.map((title, place) => [title.trim().toLowerCase(), place]));
  if (baselineColumns.some((column) => !places.has(column))) throw notBaseline(path);
  return places;
}

const notBaseline = (path: string): UsageError =>
  new UsageError(`The baseline ${path} does not have the columns of a baseline.`, {
    hint: `They are ${baselineColumns.join(', ')}. Make it again with "tesoro-migrate baseline INPUT -o FILE.csv".`,
  });

function addLine(
  workbook: Record<string, Draft>,
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
  where: string,
): void {
  const cell = (column: (typeof baselineColumns)[number]): string =>
    cells[places.get(column) ?? -1] ?? '';
  const whole = (column: (typeof baselineColumns)[number]): number | null => {
    const text = cell(column).trim();
    if (text === '') return null;
    // A spreadsheet may set thousands apart.
    if (/^\d+$|^\d{1,3}([.,\s']\d{3})+$/.test(text)) return Number(text.replace(/\D/g, ''));
    throw new UsageError(`${where}: ${column} is "${text}", which is no whole number.`, {
      hint: 'Write digits alone, or leave the cell empty.',
    });
  };
  const count: WorkbookCount = {
    active: whole('source_active') ?? 0,
    deleted: whole('source_deleted') ?? 0,
    screens: { active: whole('screens_active'), deleted: whole('screens_deleted') },
    note: cell('note'),
  };
  const entity = cell('kind').trim();
  if (entity === '') throw new UsageError(`${where}: the kind of record is missing.`);
  const entry = own(workbook, entity, () => ({ ...nothing(), by: {} }));
  const dimension = cell('by').trim();
  if (dimension === '') Object.assign(entry, count);
  else
    define(
      own(entry.by, dimension, () => ({})),
      cell('value'),
      count,
    );
}

const nothing = (): WorkbookCount => ({
  active: 0,
  deleted: 0,
  screens: { active: null, deleted: null },
  note: '',
});

function own<Value>(values: Record<string, Value>, name: string, make: () => Value): Value {
  const found = Object.hasOwn(values, name) ? values[name] : undefined;
  if (found !== undefined) return found;
  const made = make();
  define(values, name, made);
  return made;
}

// A value may be called `__proto__`.
function define<Value>(values: Record<string, Value>, name: string, value: Value): void {
  Object.defineProperty(values, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

async function* piecesOf<Piece>(piece: Piece): AsyncGenerator<Piece> {
  yield await Promise.resolve(piece);
}
