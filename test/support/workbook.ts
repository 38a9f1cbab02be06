import { zipOf } from './zip.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A cell as the XML of a sheet has it, or a text. */
export type TestCell = string | { readonly xml: string };

export interface TestWorkbook {
  /** Rows by the name of their sheet; a row of null is left out. */
  readonly sheets: Readonly<Record<string, readonly (readonly TestCell[] | null)[]>>;
  /** Parts beside or instead of those that are made. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly workbookXml?: string;
}

const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);

/** A workbook as Excel writes it: texts shared, cells with their places. */
export function workbookOf({ sheets, parts = {}, workbookXml = '' }: TestWorkbook): Buffer {
  const texts: string[] = [];
  const cellXml = (cell: TestCell, place: string): string => {
    if (typeof cell === 'object') return cell.xml.replace('<c', `<c r="${place}"`);
    if (cell === '') return '';
    texts.push(cell);
    return `<c r="${place}" t="s"><v>${String(texts.length - 1)}</v></c>`;
  };
  const sheetXml = (rows: readonly (readonly TestCell[] | null)[]): string =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
      .map((cells, row) =>
        cells === null
          ? ''
          : `<row r="${String(row + 1)}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${String(row + 1)}`)).join('')}</row>`,
      )
      .join('')}</sheetData></worksheet>`;
  const names = Object.keys(sheets);
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r">${workbookXml}<sheets>${names
      .map((name, place) => `<sheet name="${escaped(name)}" sheetId="1" r:id="r${String(place)}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map(
        (_, place) =>
          `<Relationship Id="r${String(place)}" Type="http://example.com/worksheet" Target="worksheets/sheet${String(place + 1)}.xml"/>`,
      )
      .join('')}</Relationships>`,
  };
  names.forEach((name, place) => {
    files[`xl/worksheets/sheet${String(place + 1)}.xml`] = sheetXml(sheets[name] ?? []);
  });
  files['xl/sharedStrings.xml'] = `<sst>${texts
    .map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
    .join('')}</sst>`;
  const all = { ...files, ...parts };
  return zipOf(
    Object.fromEntries(Object.entries(all).map(([name, text]) => [name, Buffer.from(text)])),
  );
}
