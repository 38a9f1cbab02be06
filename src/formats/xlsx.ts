import type { SourceFile } from '../adapter/contract.ts';
import { SourceError } from '../model/errors.ts';
import { writeCsv } from './csv-write.ts';
import { decodeText } from './text.ts';
import {
  builtInLook,
  cellText,
  localName,
  lookOf,
  richText,
  type CellContext,
  type NumberLook,
} from './xlsx-cell.ts';
import type { XmlElement } from './xml-element.ts';
import { readXml, type XmlItem } from './xml.ts';

/** One sheet of a workbook, read as if it were a CSV file: UTF-8, commas, a line for each row, cells as a person sees them. */
export interface Sheet {
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Texts of a workbook that may be held in memory, in characters: the sheets refer to them by number. */
const mostSharedText = 128 * 1024 * 1024;
/** What a text takes beside its characters. */
const ofEachText = 16;
/** A row of a sheet has no more (ECMA-376 has 16,384). */
const mostColumns = 16_384;
/** A sheet that says it is wider was formatted to the end. */
const mostDeclared = 512;
const mostRows = 1_048_576;

/** Whether the files of a zip archive are an Excel workbook (`.xlsx`, `.xlsm`). */
export const isWorkbook = (files: readonly SourceFile[]): boolean =>
  files.some(({ name }) => name === workbookPart);

/** Whether they are any other document of an office program, which is no archive of the user's files. */
export const isOfficeDocument = (files: readonly SourceFile[]): boolean =>
  files.some(({ name }) => name === '[Content_Types].xml' || name === 'META-INF/manifest.xml');

const workbookPart = 'xl/workbook.xml';

/** The sheets of a workbook, given the files in its archive; hidden ones too, for they may hold data. */
export async function readWorkbook(
  files: readonly SourceFile[],
  workbook: string,
): Promise<readonly Sheet[]> {
  const parts = new Map(files.map((file) => [file.name, file]));
  const targets = new Map<string, string>();
  for await (const { element } of elementsOf(parts, 'xl/_rels/workbook.xml.rels', workbook, [
    ['Relationships', 'Relationship'],
  ])) {
    const { Id = '', Target = '', Type = '' } = element.attributes;
    if (Type.endsWith('/worksheet')) targets.set(Id, partName(Target));
  }
  const sheets: Sheet[] = [];
  let from1904 = false;
  let context: Promise<CellContext> | undefined;
  for await (const { element } of elementsOf(parts, workbookPart, workbook, [
    ['workbook', 'workbookPr'],
    ['workbook', 'sheets', 'sheet'],
  ])) {
    const { attributes } = element;
    if (localName(element.name) === 'workbookPr') {
      from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      continue;
    }
    const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
    const part = targets.get(id);
    // A sheet that is a chart holds no rows.
    if (part === undefined) continue;
    const name = attributes['name'] ?? part;
    sheets.push({
      name,
      open: async function* () {
        // Once for all sheets and all readings.
        context ??= readContext(parts, workbook, from1904);
        yield* sheetBytes(parts, part, `${workbook}/${name}`, await context);
      },
    });
  }
  return sheets;
}

/** A target is named from the folder of the workbook, or from the top. */
const partName = (target: string): string =>
  target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;

/** The elements at some paths of a part, prefixes left out; none where the part is not there. */
function elementsOf(
  parts: ReadonlyMap<string, SourceFile>,
  part: string,
  file: string,
  paths: readonly (readonly string[])[],
): AsyncIterable<XmlItem> {
  const found = parts.get(part);
  if (found === undefined) return none();
  const name = `${file}/${part}`;
  const wanted = new Set(paths.map((path) => path.join('/')));
  return readXml(decodeText(found.open(), { file: name }), {
    file: name,
    take: (path) => wanted.has(path.map(localName).join('/')),
  });
}

async function* none(): AsyncGenerator<XmlItem, void, undefined> {
  // A workbook without texts has no part for them.
}

async function readContext(
  parts: ReadonlyMap<string, SourceFile>,
  workbook: string,
  from1904: boolean,
): Promise<CellContext> {
  const sharedTexts: string[] = [];
  let length = 0;
  for await (const { element } of elementsOf(parts, 'xl/sharedStrings.xml', workbook, [
    ['sst', 'si'],
  ])) {
    const text = richText(element);
    sharedTexts.push(text);
    length += text.length + ofEachText;
    if (length > mostSharedText) {
      throw new SourceError(
        `${workbook}: its texts have more than ${String(mostSharedText)} characters.`,
        { hint: 'Save its sheets as CSV files and read these.' },
      );
    }
  }
  return { sharedTexts, looks: await readLooks(parts, workbook), from1904 };
}

async function readLooks(
  parts: ReadonlyMap<string, SourceFile>,
  workbook: string,
): Promise<readonly NumberLook[]> {
  const codes = new Map<number, NumberLook>();
  const looks: NumberLook[] = [];
  for await (const { element } of elementsOf(parts, 'xl/styles.xml', workbook, [
    ['styleSheet', 'numFmts', 'numFmt'],
    ['styleSheet', 'cellXfs', 'xf'],
  ])) {
    const { numFmtId = '0', formatCode = '' } = element.attributes;
    const id = Number(numFmtId);
    if (localName(element.name) === 'numFmt') codes.set(id, lookOf(formatCode));
    else looks.push(codes.get(id) ?? builtInLook(id));
  }
  return looks;
}

async function* sheetBytes(
  parts: ReadonlyMap<string, SourceFile>,
  part: string,
  name: string,
  context: CellContext,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!parts.has(part)) {
    throw new SourceError(`${name}: the sheet is missing in the workbook.`, {
      hint: 'Open the workbook and save it again.',
    });
  }
  const rows = rowsOf(
    elementsOf(parts, part, name, [
      ['worksheet', 'dimension'],
      ['worksheet', 'sheetData', 'row'],
    ]),
    name,
    context,
  );
  const encoder = new TextEncoder();
  for await (const text of writeCsv(rows)) yield encoder.encode(text);
}

/** The rows by their number: those that the sheet leaves out are empty lines, and short ones are as wide as the widest before. */
async function* rowsOf(
  items: AsyncIterable<XmlItem>,
  name: string,
  context: CellContext,
): AsyncGenerator<readonly string[], void, undefined> {
  let written = 0;
  let width = 0;
  for await (const { element } of items) {
    if (localName(element.name) === 'dimension') {
      width = declaredWidth(element.attributes['ref']);
      continue;
    }
    const number = Number(element.attributes['r'] ?? written + 1);
    if (!Number.isInteger(number) || number <= written || number > mostRows) {
      throw new SourceError(`${name}, row ${String(written + 1)}: the rows are not in order.`, {
        hint: 'Open the workbook and save it again.',
      });
    }
    while (written + 1 < number) {
      yield [];
      written++;
    }
    const cells = cellsOf(element, name, number, context);
    width = Math.max(width, cells.length);
    while (cells.length > 0 && cells.length < width) cells.push('');
    yield cells;
    written = number;
  }
}

/** The last column that a sheet says it has, which may be far too many. */
function declaredWidth(range: string | undefined): number {
  const width = columnOf(range?.split(':')[1]) ?? 0;
  return width <= mostDeclared ? width : 0;
}

/** The cells of a row up to the last that holds something. */
function cellsOf(row: XmlElement, name: string, number: number, context: CellContext): string[] {
  const cells: string[] = [];
  let filled = 0;
  let place = 0;
  for (const cell of row.children) {
    if (localName(cell.name) !== 'c') continue;
    place = columnOf(cell.attributes['r']) ?? place + 1;
    if (place > mostColumns) {
      throw new SourceError(`${name}, row ${String(number)}: a cell is beyond the last column.`);
    }
    const text = cellText(cell, context);
    if (text === '') continue;
    while (cells.length < place - 1) cells.push('');
    cells[place - 1] = text;
    filled = Math.max(filled, place);
  }
  return cells.slice(0, filled);
}

/** The number of a column, from 1: `AB12` stands in the 28th. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference ?? '')?.[1];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
