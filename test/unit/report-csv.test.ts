import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { issue } from '../../src/model/issue.ts';
import { csvColumns, renderCsv } from '../../src/report/csv.ts';
import type { Finding } from '../../src/run/contract.ts';
import { difficultReport, emptyReport } from '../support/report-examples.ts';

async function* these(findings: readonly Finding[]): AsyncGenerator<Finding> {
  for (const finding of findings) {
    await Promise.resolve();
    yield finding;
  }
}

async function rowsOf(
  report = difficultReport,
  findings: readonly Finding[] = [],
): Promise<Record<string, string>[]> {
  let text = '';
  for await (const piece of renderCsv(report, these(findings))) text += piece;
  return parse(text, { columns: true });
}

const verification = difficultReport.verification!;

const everyKind: readonly Finding[] = [
  {
    kind: 'issue',
    issue: issue('EMAIL_INVALID', { entity: 'contacto', sourceId: '12', value: '=1+1', line: 7 }),
  },
  { kind: 'change', change: difficultReport.run.changes[0]! },
  { kind: 'missing', row: verification.ids.missing[0]! },
  { kind: 'unexpected', row: verification.ids.unexpected[0]! },
  { kind: 'media-missing', row: verification.media.missing[0]! },
  { kind: 'different', difference: verification.fields.different[0]! },
  { kind: 'broken-link', difference: verification.links.broken[0]! },
  { kind: 'media-different', difference: verification.fields.different[0]! },
];

test('has one header and the outcome in its first line', async () => {
  const rows = await rowsOf();
  expect(Object.keys(rows[0]!)).toEqual([...csvColumns]);
  expect(rows[0]).toMatchObject({
    section: 'run',
    field: 'outcome',
    value: 'The verification found 7 differences',
  });
});

test('holds every kind of finding, each with its place', async () => {
  const rows = await rowsOf(difficultReport, everyKind);
  const found = rows.slice(-everyKind.length);
  expect(found.map(({ section }) => section)).toEqual([
    'finding',
    'change',
    'missing',
    'unexpected',
    'media-missing',
    'different',
    'broken-link',
    'media-different',
  ]);
  expect(found[0]).toMatchObject({
    entity: 'contacto',
    source_id: '12',
    code: 'EMAIL_INVALID',
    line: '7',
  });
  expect(found[1]).toMatchObject({ field: 'price', value: '325000.00', crm_value: '349000.00' });
});

test('no cell can run as a formula in a spreadsheet', async () => {
  const [found] = (await rowsOf(difficultReport, everyKind)).slice(-everyKind.length);
  expect(found?.['value']).toBe("'=1+1");
});

test('the fates of a table add up to what was read', async () => {
  const rows = (await rowsOf()).filter(
    ({ section, entity }) => section === 'rows' && entity === 'people',
  );
  const value = (field: string) => Number(rows.find((row) => row['field'] === field)?.['count']);
  expect(value('read')).toBe(
    ['created', 'updated', 'unchanged', 'duplicate', 'excluded', 'parked', 'rejected']
      .map(value)
      .reduce((sum, part) => sum + part),
  );
});

test('an empty run is still a table', async () => {
  expect(
    (await rowsOf(emptyReport)).every(({ section }) => section === 'run' || section === 'input'),
  ).toBe(true);
});
