// The file of a baseline comes back as it was written, and as a spreadsheet writes it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderBaselineCsv } from '../../src/report/baseline-csv.ts';
import { renderJson } from '../../src/report/json.ts';
import { readBaseline } from '../../src/run/baseline-file.ts';
import { workbookOf } from '../../src/run/baseline.ts';
import type { Workbook } from '../../src/verify/workbook.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-baseline-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const written = (name: string, text: string | Uint8Array): Promise<Workbook> => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return readBaseline(path);
};
const documentOf = (entities: Workbook) => ({
  baseline: 1 as const,
  source: 'x',
  takenAt: '2026-01-01T00:00:00Z',
  tool: '0',
  inputs: [],
  entities,
});
const screen = fc.option(fc.nat(2_000_000), { nil: null });
const count = { active: fc.nat(2_000_000), deleted: fc.nat(2_000_000) };
const line = fc.record({
  ...count,
  screens: fc.record({ active: screen, deleted: screen }),
  note: fc.oneof(fc.constantFrom('', '=1+1', "'quoted'", 'a;b\r\n"c"'), fc.string()),
});
const word = fc.oneof(
  fc.constantFrom('=cmd()', '+34', "'=x", '__proto__', ' new ', 'a;b', '"', '\n', '-1', '@a'),
  fc.string({ unit: 'grapheme' }),
);
const name = fc.constantFrom('contacts', 'Deal - Status', 'año', '__proto__');
const dictionary = <Value>(key: fc.Arbitrary<string>, value: fc.Arbitrary<Value>) =>
  fc
    .array(fc.tuple(key, value), { maxLength: 4 })
    .map((entries): Record<string, Value> => Object.fromEntries(entries));
const values = fc
  .array(fc.tuple(word, line), { minLength: 1, maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));
const workbook: fc.Arbitrary<Workbook> = dictionary(
  name,
  fc.tuple(line, dictionary(name, values)).map(([own, by]) => ({ ...own, by })),
);

describe('a baseline', () => {
  it('comes back from CSV and JSON as it was', async () => {
    await fc.assert(
      fc.asyncProperty(workbook, async (entities) => {
        const document = documentOf(entities);
        expect(await written('b.csv', renderBaselineCsv(document))).toEqual(entities);
        if (Object.hasOwn(entities, '__proto__')) return;
        const text = renderJson(document);
        if (!text.includes('__proto__')) expect(await written('b.json', text)).toEqual(entities);
      }),
      { numRuns: 60 },
    );
  });

  it('holds no cell that a spreadsheet runs', () => {
    const entities = workbookOf({
      contacts: { active: 1, deleted: 0, by: { status: { '=1+1': { active: 1, deleted: 0 } } } },
    });
    expect(renderBaselineCsv(documentOf(entities))).toContain("contacts,status,'=1+1,1,0");
  });

  it('may come back with semicolons, in another encoding, with more columns and blank lines', async () => {
    const text = [
      'kind;by;value;source_active;source_deleted;screens_active;screens_deleted;note;mine',
      'contacts;;;19;2;1.020;;añadido después;x',
      ';;;;;;;;',
      '',
    ].join('\r\n');
    expect(await written('b.CSV', Buffer.from(text, 'latin1'))).toEqual({
      contacts: {
        active: 19,
        deleted: 2,
        screens: { active: 1020, deleted: null },
        note: 'añadido después',
        by: {},
      },
    });
  });

  it.each([
    ['b.csv', 'kind,by\n', /does not have the columns/],
    ['b.csv', '', /does not have the columns/],
    ['b.csv', `${csvHeader()}contacts,,,1,0,many,,\n`, /line 2: screens_active is "many"/],
    ['b.csv', `${csvHeader()},,,1,0,,,\n`, /line 2: the kind of record is missing/],
    ['b.json', '{', /is not JSON/],
    ['b.json', '{"entities":{"a":{"active":-1,"deleted":0}}}', /is not a baseline/],
    ['b.json', '{"entities":{"a":{"active":1,"deleted":0,"screens":{"activ":1}}}}', /activ/],
  ])('is refused where it is none: %s %j', async (file, text, message) => {
    await expect(written(file, text)).rejects.toThrow(message);
  });
});

function csvHeader(): string {
  return renderBaselineCsv(documentOf({}));
}
