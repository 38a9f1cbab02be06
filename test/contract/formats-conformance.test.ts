import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countCsvRecords } from '../../src/formats/csv-count.ts';
import { readCsv } from '../../src/formats/csv.ts';
import { scanJson } from '../../src/formats/json-count.ts';
import { readJson } from '../../src/formats/json.ts';
import { decodeText } from '../../src/formats/text.ts';
import { readXml } from '../../src/formats/xml.ts';
import { allOf, arriving, cut } from '../unit/formats-pieces.ts';

// Suites of others, kept beside the repository and never inside it
const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const folder = (name: string): string => `${data}${name}`;
const filesIn = (name: string): string[] =>
  existsSync(folder(name)) ? readdirSync(folder(name)) : [];
const textOf = (path: string, width: number): AsyncIterable<string> =>
  decodeText(arriving(cut(readFileSync(path), [width])), { file: 'f', encoding: 'utf-8' });
const skipping = (name: string): string => `(skipped: ${folder(name)} is not there)`;

describe('JSONTestSuite', () => {
  const files = filesIn('json-parsing').filter((name) => name.endsWith('.json'));
  if (files.length === 0) it.skip(skipping('json-parsing'), () => undefined);

  it.each(files)('%s', async (name) => {
    const path = `${folder('json-parsing')}/${name}`;
    const size = readFileSync(path).length;
    for (const width of size > 10_000 ? [65_536, 1000] : [65_536, 1]) {
      const options = { file: 'f', select: () => 'take' as const };
      const { items, error } = await allOf(readJson(textOf(path, width), options));
      if (error !== undefined) expect(error).toMatch(/^SourceError: f, (line|byte) \d+/);
      const malformed = items.some((item) => item.kind === 'malformed');
      if (name.startsWith('n_')) expect(malformed || error !== undefined).toBe(true);
      if (name.startsWith('y_')) {
        expect(error).toBeUndefined();
        const expected: unknown = JSON.parse(readFileSync(path, 'utf8'));
        expect(items).toMatchObject([{ kind: 'item', path: [] }]);
        const [item] = items;
        if (item?.kind === 'item') expect(retyped(item.value, expected)).toEqual(expected);
        const scanned = await allOf(scanJson(textOf(path, width), options));
        expect(scanned).toEqual({ items: [{ path: [], value: expected }], error: undefined });
      }
    }
  });
});

/** A value read as text, with the scalars that JSON.parse makes numbers or booleans parsed likewise. */
function retyped(value: unknown, model: unknown): unknown {
  if (typeof model === 'number' || typeof model === 'boolean') return JSON.parse(String(value));
  if (Array.isArray(model) && Array.isArray(value)) {
    return value.map((item, index) => retyped(item, model[index]));
  }
  if (isObject(model) && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, retyped(inner, model[key])]),
    );
  }
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('csv-spectrum', () => {
  const files = filesIn('csv-spectrum/csvs');
  if (files.length === 0) it.skip(skipping('csv-spectrum'), () => undefined);

  it.each(files)('%s', async (name) => {
    const path = `${folder('csv-spectrum')}/csvs/${name}`;
    const expected: unknown = JSON.parse(
      readFileSync(`${folder('csv-spectrum')}/json/${name.replace('.csv', '.json')}`, 'utf8'),
    );
    for (const width of [1, 65_536]) {
      const { items, error } = await allOf(
        readCsv(textOf(path, width), { file: 'f', delimiter: ',' }),
      );
      expect(error).toBeUndefined();
      const [header = [], ...rows] = items.map((item) => (item.kind === 'row' ? item.cells : []));
      const records = rows.map((cells) =>
        Object.fromEntries(header.map((key, column) => [key, cells[column]])),
      );
      expect(records).toEqual(expected);
      expect(await countCsvRecords(textOf(path, width), { file: 'f', delimiter: ',' })).toBe(
        rows.length,
      );
    }
  });
});

describe('defusedxml', () => {
  const files = filesIn('xml-attacks').filter((name) => name.endsWith('.xml'));
  if (files.length === 0) it.skip(skipping('xml-attacks'), () => undefined);

  it.each(files)('%s', { timeout: 1000 }, async (name) => {
    const text = textOf(`${folder('xml-attacks')}/${name}`, 65_536);
    const { error } = await allOf(readXml(text, { file: 'f', take: () => true }));
    if (name.startsWith('simple')) expect(error).toBeUndefined();
    else expect(error).toContain('SourceError: f: the document has a document type');
  });
});
