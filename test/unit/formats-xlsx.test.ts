import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openZip } from '../../src/formats/archive.ts';
import { isOfficeDocument, isWorkbook, readWorkbook } from '../../src/formats/xlsx.ts';
import { lookOf } from '../../src/formats/xlsx-cell.ts';
import { SourceError } from '../../src/model/errors.ts';
import { workbookOf, type TestWorkbook } from '../support/workbook.ts';
import { zipOf } from '../support/zip.ts';
import { allOf } from './formats-pieces.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tesoro-xlsx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
async function partsOf(workbook: Uint8Array) {
  const path = join(folder, `book-${String(++count)}.xlsx`);
  await writeFile(path, workbook);
  return openZip(path);
}

/** The text of each sheet, by name. */
async function sheetsOf(workbook: TestWorkbook): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const { name, open } of await readWorkbook(
    await partsOf(workbookOf(workbook)),
    'book.xlsx',
  )) {
    const { items, error } = await allOf(open());
    found[name] = error ?? Buffer.concat(items).toString('utf8');
  }
  return found;
}

const xml = (text: string) => ({ xml: text });
const styles = {
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/>' +
    '<numFmt numFmtId="166" formatCode="#,##0.00\\ [$€-C0A]"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/><xf numFmtId="166"/>' +
    '<xf numFmtId="20"/><xf numFmtId="46"/></cellXfs></styleSheet>',
};
const number = (value: string, style = 0) => xml(`<c s="${String(style)}"><v>${value}</v></c>`);

describe('readWorkbook', () => {
  it('gives each sheet as CSV, with a line for every row', async () => {
    expect(
      await sheetsOf({
        sheets: {
          People: [['name', 'note'], null, ['Ana', 'a,"b"\nc'], ['', ''], ['Bob']],
          'Empty one': [],
        },
      }),
    ).toEqual({
      People: 'name,note\n\nAna,"a,""b""\nc"\n\nBob,\n',
      'Empty one': '',
    });
  });

  it('gives cells as a person sees them', async () => {
    const { Sheet: text } = await sheetsOf({
      sheets: {
        Sheet: [
          [
            number('34600111222'),
            number('3.46E+10'),
            number('0.30000000000000004'),
            number('1E-7'),
          ],
          [number('45000', 1), number('45000.395833333', 3), number('0.5', 6), number('1.5', 7)],
          [number('3001', 2), number('0.125', 4), number('1250.5', 5), number('-2.5')],
          [
            xml('<c t="b"><v>1</v></c>'),
            xml('<c t="e"><v>#N/A</v></c>'),
            xml('<c t="str"><f>A1</f><v>a_x000D_b</v></c>'),
            xml(
              '<c t="inlineStr"><is><r><t>bo</t></r><r><t>ld</t></r><rPh><t>x</t></rPh></is></c>',
            ),
          ],
          [number('1', 1), number('61', 1), number('1E+21'), number('123456789012345678')],
        ],
      },
      parts: styles,
    });
    expect(text?.split('\n')).toEqual([
      '34600111222,34600000000,0.3,0.0000001',
      '2023-03-15,2023-03-15 09:30:00,12:00:00,36:00:00',
      '03001,12.5%,1250.5,-2.5',
      'TRUE,#N/A,"a\rb",bold',
      '1900-01-01,1900-03-01,1000000000000000000000,123456789012346000',
      '',
    ]);
  });

  it('counts days from 1904 where the workbook says so', async () => {
    const sheets = { Sheet: [[number('0', 1), number('43538', 1)]] };
    const workbookXml = '<workbookPr date1904="1"/>';
    expect(await sheetsOf({ sheets, parts: styles, workbookXml })).toEqual({
      Sheet: '1904-01-01,2023-03-15\n',
    });
  });

  it('reads a workbook whose elements have a prefix, and cells and rows without a place', async () => {
    const parts = {
      'xl/worksheets/sheet1.xml':
        '<x:worksheet><x:dimension ref="A1:C2"/><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row>' +
        '<x:row><x:c r="C2"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    };
    expect(await sheetsOf({ sheets: { Sheet: [] }, parts })).toEqual({ Sheet: 'a,1,\n,,2\n' });
  });

  it('does not believe a sheet that says it is as wide as a sheet can be', async () => {
    const parts = {
      'xl/worksheets/sheet1.xml':
        '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>',
    };
    expect(await sheetsOf({ sheets: { Sheet: [] }, parts })).toEqual({ Sheet: '1\n' });
  });

  it.each([
    ['rows out of order', '<row r="2"/><row r="1"/>', /row 3: the rows are not in order/],
    ['a row beyond the last', '<row r="1048577"/>', /row 1: the rows are not in order/],
    ['a cell beyond the last', '<row><c r="XFE1"><v>1</v></c></row>', /beyond the last column/],
    ['an entity bomb', '<row><c t="str"><v>&a;</v></c></row>', /not well-formed XML/],
  ])('refuses %s', async (_, rows, expected) => {
    const parts = {
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    };
    expect((await sheetsOf({ sheets: { Sheet: [] }, parts }))['Sheet']).toMatch(expected);
  });

  it('refuses a sheet that unpacks to far more than its size', async () => {
    const rows = ' '.repeat(12 * 1024 ** 2);
    const parts = {
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    };
    const path = join(folder, 'bomb.xlsx');
    await writeFile(path, workbookOf({ sheets: { Sheet: [] }, parts }));
    const [sheet] = await readWorkbook(await openZip(path, { maxRatio: 100 }), 'bomb.xlsx');
    if (sheet === undefined) throw new Error('There is no sheet.');
    const { error } = await allOf(sheet.open());
    expect(error).toContain('unpacks to more than 100 times its size');
  });

  it('says which sheet is missing in a damaged workbook', async () => {
    const parts = await partsOf(workbookOf({ sheets: { Sheet: [['a']] } }));
    const damaged = parts.filter(({ name }) => !name.includes('sheet1'));
    const [sheet] = await readWorkbook(damaged, 'book.xlsx');
    await expect(sheet?.open()[Symbol.asyncIterator]().next()).rejects.toThrow(SourceError);
  });
});

describe('what an archive is', () => {
  it('shows in its parts', async () => {
    const workbook = await partsOf(workbookOf({ sheets: { a: [] } }));
    const letter = await partsOf(
      zipOf({ '[Content_Types].xml': Buffer.from('x'), 'word/document.xml': Buffer.from('x') }),
    );
    const archive = await partsOf(zipOf({ 'leads.csv': Buffer.from('x') }));
    expect([workbook, letter, archive].map(isWorkbook)).toEqual([true, false, false]);
    expect([letter, archive].map(isOfficeDocument)).toEqual([true, false]);
  });
});

describe('the format of a number', () => {
  it.each([
    ['General', 'number'],
    ['dd/mm/yyyy', 'date'],
    ['[$-409]d-mmm-yy;@', 'date'],
    ['mmm', 'date'],
    ['hh:mm:ss', 'time'],
    ['m/d/yy h:mm', 'datetime'],
    ['[h]:mm', 'duration'],
    ['0.0%', { percent: 1 }],
    ['00000', { digits: 5 }],
    ['#,##0.00 "días"', 'number'],
    ['0.00E+00', 'number'],
    ['_-* #,##0 €_-', 'number'],
    ['@', 'number'],
  ])('%s', (code, look) => {
    expect(lookOf(code)).toEqual(look);
  });
});
