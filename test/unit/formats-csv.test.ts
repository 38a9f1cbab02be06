import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countCsvRecords } from '../../src/formats/csv-count.ts';
import { csvLine, guardCell, unguardCell, writeCsv } from '../../src/formats/csv-write.ts';
import { detectCsv, readCsv } from '../../src/formats/csv.ts';
import { allOf, arriving, cut, widths } from './formats-pieces.ts';

const read = (
  pieces: Iterable<string>,
  options: { delimiter?: string; headerLine?: number; strict?: boolean } = {},
) => allOf(readCsv(arriving(pieces), { file: 'a.csv', delimiter: ',', ...options }));
const count = (pieces: Iterable<string>, headerLine?: number) =>
  countCsvRecords(arriving(pieces), { file: 'a.csv', delimiter: ',', headerLine });
const row = (line: number, ...cells: string[]) => ({ kind: 'row', cells, line });

describe('readCsv', () => {
  it('keeps cells as written and knows the line of each row', async () => {
    const text = 'id,note\r\n007," a\r\nb ""c"" "\r\n\r\n1.10, +34 \n,\n\nlast,5" pipe,more';
    expect(await read([text])).toEqual({
      items: [
        row(1, 'id', 'note'),
        row(2, '007', ' a\r\nb "c" '),
        row(5, '1.10', ' +34 '),
        row(6, '', ''),
        row(8, 'last', '5" pipe', 'more'),
      ],
      error: undefined,
    });
  });

  it('reads lines that end with CR alone', async () => {
    expect((await read(['a,b\r1,"2\r3"\r'])).items).toEqual([
      row(1, 'a', 'b'),
      row(2, '1', '2\r3'),
    ]);
  });

  it('passes over a preamble, whatever quotes it holds', async () => {
    const text = 'Report "x\r\n\r\na,b\r\n1,2';
    for (const width of [1, 2, 100]) {
      expect((await read(cut(text, [width]), { headerLine: 3 })).items).toEqual([
        row(3, 'a', 'b'),
        row(4, '1', '2'),
      ]);
    }
    expect(await count([text], 3)).toBe(1);
  });

  it('reports a line with a broken quote and goes on with the next', async () => {
    const text = 'a,b\n1,"x" y\n2,"open\n3,z\n4,"w"\n';
    expect(await read([text])).toEqual({
      items: [
        row(1, 'a', 'b'),
        {
          kind: 'malformed',
          line: 2,
          text: '1,"x" y',
          reason: 'something stands between a closing quote and the next delimiter',
        },
        {
          kind: 'malformed',
          line: 3,
          text: '2,"open',
          reason: 'something stands between a closing quote and the next delimiter',
        },
        row(4, '3', 'z'),
        row(5, '4', 'w'),
      ],
      error: undefined,
    });
    expect(await count([text])).toBe(4);
    expect((await read([text], { strict: true })).error).toContain(
      'a.csv, line 2: something stands',
    );
  });

  it('reports a quote that never closes', async () => {
    const text = 'a,b\n1,"x\n2,y\n3,z\n';
    expect((await read([text])).items).toMatchObject([
      row(1, 'a', 'b'),
      { kind: 'malformed', line: 2, text: '1,"x', reason: 'a quote is opened and not closed' },
      row(3, '2', 'y'),
      row(4, '3', 'z'),
    ]);
    expect(await count([text])).toBe(3);
  });

  it('refuses a file that ends inside a quoted cell', async () => {
    const { items, error } = await read(['a,b\n1,x\n2,"y']);
    expect(items).toHaveLength(2);
    expect(error).toBe('SourceError: a.csv, line 3: the file ends inside a quoted cell.');
  });

  it('reads back what csvLine writes, in any pieces, and the counter agrees', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'ñ', ',', ';', '"', '\n', '\r', ' ', "'", '=', '+', '\ufeff'),
    });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(',', ';', '\t'),
        fc.boolean(),
        widths,
        async (all, delimiter, guard, pieceWidths) => {
          const written = await allOf(writeCsv(arriving(all), { delimiter, guard }));
          const text = written.items.join('');
          const { items, error } = await read(cut(text, pieceWidths), { delimiter });
          expect(error).toBeUndefined();
          const cells = items.map((item) => (item.kind === 'row' ? item.cells : []));
          expect(guard ? cells.map((line) => line.map(unguardCell)) : cells).toEqual(all);
          expect(
            await countCsvRecords(arriving(cut(text, pieceWidths)), { file: 'a.csv', delimiter }),
          ).toBe(all.length - 1);
        },
      ),
    );
  });

  it('gives the same events for any text in any pieces, as many as the counter counts', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', '"\n', ',"') });
    await fc.assert(
      fc.asyncProperty(text, widths, async (value, pieceWidths) => {
        const whole = await read([value]);
        expect(await read(cut(value, pieceWidths))).toEqual(whole);
        if (!whole.error)
          expect(await count(cut(value, pieceWidths))).toBe(Math.max(0, whole.items.length - 1));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('detectCsv', () => {
  it.each([
    ['a,b\n1,2\n', { delimiter: ',', headerLine: 1, certain: true }],
    ['a;b\n1,5;2,5\n3,5;4\n', { delimiter: ';', headerLine: 1, certain: true }],
    ['a\tb\n1\t2, 3\n', { delimiter: '\t', headerLine: 1, certain: true }],
    ['a|b\n1|2', { delimiter: '|', headerLine: 1, certain: true }],
    ['sep=;\na,x;b\n1,y;2', { delimiter: ';', headerLine: 2, certain: true }],
    [
      'Contacts of 2024\n\nid,name,mail\n1,A,\n2,B,b@x',
      { delimiter: ',', headerLine: 3, certain: true },
    ],
    [
      'Contacts,,\n,,\nid,name,mail\n1,A,\n2,B,b@x',
      { delimiter: ',', headerLine: 3, certain: true },
    ],
    ['id,name,mail,phone\n1,A,,\n2,B,,\n3,,,', { delimiter: ',', headerLine: 1, certain: true }],
    ['Name,,Mail\nA,x,a@b\nB,y,c@d\n', { delimiter: ',', headerLine: 1, certain: true }],
    ['a,b,c\n1,2,3,4,5', { delimiter: ',', headerLine: 1, certain: true }],
    ['a;b;c;d\n1;2\n3;4;5\n6;7;8;9\n', { delimiter: ';', headerLine: 1, certain: false }],
    ['"a;b","c"\n"1;2","3"\n', { delimiter: ',', headerLine: 1, certain: true }],
    ['"x\ny";b\n1;2', { delimiter: ';', headerLine: 1, certain: true }],
    ['name\nA\nB', { delimiter: ',', headerLine: 1, certain: false }],
    ['', { delimiter: ',', headerLine: 1, certain: false }],
  ])('sees how %j is written', (head, expected) => {
    expect(detectCsv(head)).toEqual({ ...expected, quote: '"' });
  });

  it('reads the header line it finds', async () => {
    const text = 'Export "of"\nmore\nid;name\n1;A\n2;B\n';
    const { delimiter, headerLine } = detectCsv(text);
    expect((await read([text], { delimiter, headerLine })).items[0]).toEqual(row(3, 'id', 'name'));
  });
});

describe('guardCell', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['@cmd', "'@cmd"],
    ['-x', "'-x"],
    ['\tx', "'\tx"],
    ["'=x", "''=x"],
    ["'hello", "'hello"],
    ['+34600111222', '+34600111222'],
    ['+34 600', "'+34 600"],
    ['-12.50', '-12.50'],
    ['-1.250,75', '-1.250,75'],
    ['-1+1', "'-1+1"],
    ['plain', 'plain'],
  ])('makes %j into %j', (cell, guarded) => {
    expect(guardCell(cell)).toBe(guarded);
    expect(unguardCell(guarded)).toBe(cell);
  });

  it('is undone by unguardCell', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '1', '\t', 'x') }),
    );
    fc.assert(fc.property(cell, (value) => unguardCell(guardCell(value)) === value));
  });
});

describe('csvLine', () => {
  it('quotes only what needs it', () => {
    expect(csvLine(['a', null, 'b,c', 'd"e', 'f\ng', ''])).toBe('a,,"b,c","d""e","f\ng",\n');
    expect(csvLine(['a,b', '=c'], { delimiter: ';', guard: true })).toBe("a,b;'=c\n");
    expect(csvLine([null])).toBe('""\n');
  });
});
