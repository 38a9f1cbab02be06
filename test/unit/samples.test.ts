import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inmowebSamples } from '../../bench/samples/inmoweb.ts';
import { soopremaFiles } from '../../bench/samples/files.ts';
import { kyeroSamples } from '../../bench/samples/kyero.ts';
import { soopremaSamples } from '../../bench/samples/sooprema.ts';
import { inmoweb } from '../../adapters/inmoweb/index.ts';
import { savedTables, tesoroSamples } from '../../bench/samples/tesoro.ts';
import { kyero } from '../../adapters/kyero/index.ts';
import { sooprema } from '../../adapters/sooprema/index.ts';
import { tesoro } from '../../adapters/tesoro/index.ts';
import { memoryFile } from '../../src/adapter/contract-suite.ts';
import { readTexts } from '../support/read-text.ts';

const sample = (name: string): string =>
  readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8');

describe('the samples', () => {
  it.each(
    Object.entries({
      ...soopremaSamples(),
      ...inmowebSamples(),
      ...kyeroSamples(),
      ...tesoroSamples(),
    }),
  )('%s is what the generator writes', (name, text) => {
    expect(sample(name)).toBe(text);
  });

  it.each(Object.entries(soopremaFiles()))('%s is what the generator writes', (name, bytes) => {
    expect(readFileSync(new URL(`../../samples/${name}`, import.meta.url))).toEqual(bytes);
  });

  it.each(Object.entries(savedTables()))('%s is what the generator writes', (name, bytes) => {
    const found = readFileSync(new URL(`../../samples/${name}`, import.meta.url));
    expect(found.equals(Buffer.from(bytes))).toBe(true);
  });

  it.each(['leads.csv', 'owners.csv', 'contacts.csv', 'relations.csv'])(
    '%s is clean',
    async (name) => {
      expect((await readTexts(tesoro, sample(`tesoro/${name}`))).issues).toEqual([]);
    },
  );

  it('dirty.csv is as dirty as its README says', async () => {
    const { issues, records } = await readTexts(tesoro, sample('csv/dirty.csv'));
    expect(records).toHaveLength(11);
    expect(issues.map(({ code, line, args }) => [code, line ?? args?.['rows']])).toEqual([
      ['HEADER_REPEATED', 4],
      ['ROW_TOO_SHORT', 12],
      ['ROW_TOO_LONG', 13],
      ['RECORD_MALFORMED', 14],
      ['ROWS_EMPTY', '2'],
    ]);
  });

  it('of both ways to save a table hold the same rows', async () => {
    const read = async (file: string, bytes: Uint8Array) => {
      const found = [];
      const files = [memoryFile(file, bytes)];
      for await (const event of tesoro.read({ files }, {}, new AbortController().signal))
        if (event.kind === 'record') found.push({ ...event.record, line: undefined });
      return found;
    };
    const saved = savedTables();
    const as = (name: string) => new TextEncoder().encode(sample(name));
    const [excel, unicode] = ['csv/owners-excel.csv', 'csv/contacts-unicode.txt'] as const;
    expect(await read(excel, saved[excel] ?? as(''))).toEqual(
      await read(excel, as('tesoro/owners.csv')),
    );
    expect(await read(unicode, saved[unicode] ?? as(''))).toEqual(
      await read(unicode, as('tesoro/contacts.csv')),
    );
  });

  it.each(['agency.json', 'agency-next.json', 'properties.json'])('%s is clean', async (name) => {
    const { issues } = await readTexts(sooprema, sample(`sooprema/${name}`));
    expect(issues).toEqual([]);
  });

  it.each(['feed.xml', 'feed-v2_1.xml'])('%s is clean', async (name) => {
    expect((await readTexts(kyero, sample(`kyero/${name}`))).issues).toEqual([]);
  });

  it.each(['agency.xml', 'feed.xml', 'sections/contactos.xml'])('%s is clean', async (name) => {
    expect((await readTexts(inmoweb, sample(`inmoweb/${name}`))).issues).toEqual([]);
  });

  it('oddities.xml is as odd as its README says', async () => {
    const { issues } = await readTexts(inmoweb, sample('inmoweb/oddities.xml'));
    expect(issues.map(({ code, entity }) => [code, entity])).toEqual([
      ['RECORD_WITHOUT_ID', 'contactos'],
      ['UNKNOWN_COLLECTION', 'contactos/proveedor'],
      ['RECORD_WITHOUT_ID', 'properties'],
      ['UNKNOWN_COLLECTION', 'valoraciones'],
      ['DECLARED_COUNT_DIFFERS', 'propietarios'],
    ]);
  });

  it('oddities.json is as odd as its README says', async () => {
    const { issues } = await readTexts(sooprema, sample('sooprema/oddities.json'));
    expect(issues.map(({ code, entity, field }) => [code, entity, field])).toEqual([
      ['DUPLICATE_KEY', 'contacts', 'email'],
      ['PHONE_WRITTEN_AS_NUMBER', 'contacts', 'mobile'],
      ['PHONE_WRITTEN_AS_NUMBER', 'contacts', 'phone'],
      ['RECORD_WITHOUT_ID', 'contacts', undefined],
      ['RECORD_UNREADABLE', 'contacts', undefined],
      ['RECORD_WITHOUT_ID', 'properties', undefined],
      ['DUPLICATE_KEY', 'properties', 'images.title'],
      ['RECORD_UNREADABLE', 'properties', undefined],
      ['UNKNOWN_COLLECTION', 'valuations', undefined],
      ['DECLARED_COUNT_DIFFERS', 'contacts', undefined],
    ]);
  });

  it('quirks.xml holds one property without identity and one unknown element', async () => {
    const { issues } = await readTexts(kyero, sample('kyero/quirks.xml'));
    expect(issues.map(({ code }) => code)).toEqual(['RECORD_WITHOUT_ID', 'UNKNOWN_COLLECTION']);
  });

  it('of both formats are the same agency', async () => {
    const fromExport = await readTexts(sooprema, sample('sooprema/agency.json'));
    const fromFeed = await readTexts(kyero, sample('kyero/feed.xml'));
    const references = new Map(
      fromExport.records
        .filter(({ entity }) => entity === 'properties')
        .map(({ sourceId, fields }) => [sourceId, fields['salesReference']]),
    );
    for (const { entity, sourceId, fields } of fromFeed.records) {
      if (entity === 'property') expect(references.get(sourceId)).toBe(fields['ref']);
    }
  });
});
