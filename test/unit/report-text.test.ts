import { expect, test } from 'vitest';
import {
  renderInspectText,
  renderRunText,
  renderRunsText,
  renderVerifyText,
} from '../../src/report/text.ts';
import type { ReportDocument } from '../../src/run/documents.ts';
import {
  counts,
  difficultReport,
  emptyReport,
  goodReport,
  previewReport,
} from '../support/report-examples.ts';

const plain = { color: false };
const run = (report: ReportDocument) => renderRunText(report.run, plain);

test.each(Object.entries({ goodReport, difficultReport, previewReport, emptyReport }))(
  'the text of %s fits a terminal and has no colour where none is wanted',
  (_, report) => {
    const text =
      run(report) +
      (report.verification === null ? '' : renderVerifyText(report.verification, plain));
    expect(text.split('\n').filter((line) => Array.from(line).length > 100)).toEqual([]);
    expect(text).not.toContain('\u001b');
    expect(text).not.toMatch(/undefined|NaN/);
  },
);

test('the outcome comes first, the next commands last', () => {
  const lines = run(difficultReport).trimEnd().split('\n');
  expect(lines[0]).toBe('! All 1,483 records are accounted for, not yet verified');
  expect(lines.slice(-4).map((line) => line.trim().split(/ +/).slice(0, 3).join(' '))).toEqual([
    'rejects tesoro-migrate rejects',
    'retry tesoro-migrate retry',
    'verify tesoro-migrate verify',
    'report tesoro-migrate report',
  ]);
});

test('a preview says what would happen and how to import exactly that', () => {
  const text = run(previewReport);
  expect(text).toContain('nothing has been written');
  expect(text).toContain(`import --run ${previewReport.run.run}`);
  expect(text).not.toContain('verify --run');
});

test('the numbers of a table stand under their titles', () => {
  const lines = run(difficultReport).split('\n');
  const title = lines.find((line) => line.includes('source records'));
  const row = lines.find((line) => line.includes('propiedad '));
  const end = (line: string | undefined, word: string) => (line?.indexOf(word) ?? 0) + word.length;
  expect(end(row, '555')).toBe(end(title, 'read'));
  expect(end(row, '402')).toBe(end(title, 'unchanged'));
});

test('numbers that do not add up are said in the first line', () => {
  const text = renderRunText({ ...goodReport.run, balanced: false }, plain);
  expect(text.split('\n')[0]).toContain('do not add up');
  expect(text).toContain('NOT BALANCED');
});

test('brief is the outcome alone', () => {
  expect(renderRunText(goodReport.run, { color: false, brief: true }).trimEnd()).not.toContain(
    '\n',
  );
});

test('colour marks the outcome', () => {
  expect(renderRunText(goodReport.run, { color: true })).toContain('\u001b[');
});

test('control characters of a customer never reach the terminal', () => {
  const group = goodReport.run.groups[0]!;
  const hostile = {
    ...group,
    field: 'a\u001b[31m',
    examples: [{ sourceId: '\u001b]0;title\u0007', value: '\u001b[2J' }],
  };
  const change = {
    entity: 'people',
    sourceId: '\u001b[1m',
    field: 'x',
    old: '\u001b',
    new: '\u009b',
  };
  const text = renderRunText({ ...goodReport.run, groups: [hostile], changes: [change] }, plain);
  expect(text).not.toMatch(/[\u001b\u0007\u009b]/);
});

test('a failed verification names each difference', () => {
  const text = renderVerifyText(difficultReport.verification!, plain);
  expect(text.split('\n')[0]).toBe('✗ Not verified: 7 differences');
  expect(text).toContain('properties AL-777');
  expect(text).toContain('properties AL-204 price: source “325000.00”, CRM “32500.00”');
  expect(text).toContain('DIFFER');
});

test('lists of a verification are cut with the number that is left', () => {
  const verification = difficultReport.verification!;
  const one = verification.fields.different[0]!;
  const text = renderVerifyText(
    {
      ...verification,
      fields: { ...verification.fields, different: Array(50).fill(one), total: 4321 },
    },
    plain,
  );
  expect(text).toContain('and 4,311 more');
});

test('the history is a table, newest first, and an empty one says how to begin', () => {
  const { run: id, command, status, source, account, startedAt, finishedAt } = goodReport.run;
  const listed = {
    run: id,
    command,
    status,
    source,
    account,
    startedAt,
    finishedAt,
    balanced: true,
  };
  const text = renderRunsText({ runs: [listed], total: 30 }, plain);
  expect(text).toContain('2026-07-29 13:58');
  expect(text).toContain('and 29 older');
  expect(renderRunsText({ runs: [], total: 0 }, plain)).toContain('tesoro-migrate preview');
});

test('an inspection shows how sure it is and what the fields hold', () => {
  const text = renderInspectText(
    {
      adapter: 'kyero',
      confidence: 0.98,
      reason: 'root element <kyero>',
      encoding: 'utf-8',
      delimiter: null,
      files: [
        {
          name: 'feed.xml',
          entity: null,
          encoding: 'utf-8',
          encodingCertain: true,
          delimiter: null,
          delimiterCertain: true,
          headerLine: null,
        },
        {
          name: 'leads.csv',
          entity: 'leads',
          encoding: 'windows-1252',
          encodingCertain: false,
          delimiter: '\t',
          delimiterCertain: true,
          headerLine: 3,
        },
      ],
      beside: [],
      entities: {
        property: {
          records: 133,
          active: 133,
          deleted: 0,
          fields: [{ name: 'price', filled: 120, examples: ['250000', '99,000'] }],
        },
      },
      warnings: ['The file has no version.'],
    },
    plain,
  );
  expect(text).toContain('kyero  98 % sure: root element <kyero>');
  expect(text).toContain('feed.xml  encoding utf-8\n');
  expect(text).toContain(
    'leads.csv  leads, encoding windows-1252 (guessed), delimiter tab, header on line 3',
  );
  expect(text).toContain('133 records: 133 active, 0 deleted');
  expect(text).toContain('90.2 %');
  expect(text).toContain('Warning: The file has no version.');
});

test('a table without records shows zeros, not gaps', () => {
  const text = renderRunText({ ...goodReport.run, entities: { people: counts({}) } }, plain);
  expect(text).toMatch(/people +0 +0 +0 +0 +0/);
});
