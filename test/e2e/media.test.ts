// Documents and photos beside an export: kept, described in their rows, and compared again by the verification.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds } from '../support/databases.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';
import { zipOf } from '../support/zip.ts';

const sample = new URL('../../samples/sooprema/with-files/', import.meta.url).pathname;

describe.each(databaseKinds)('files beside an export (%s)', (kind) => {
  let crm: TestCrm;
  let place: string;
  let tests = 0;
  beforeAll(async () => {
    crm = await openCrm(kind);
  });
  afterAll(async () => {
    await crm.close();
  });
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'tesoro-media-'));
    cpSync(sample, join(place, 'in'), { recursive: true });
    tests += 1;
  });
  afterEach(() => {
    rmSync(place, { recursive: true, force: true });
  });

  const account = () => `files-${String(tests)}`;
  const cases = () => crm.as(account(), { media: join(place, 'media') });
  const input = () => ({ inputs: [join(place, 'in')] });
  const stored = () =>
    readdirSync(join(place, 'media'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const codes = (run: string) =>
    crm.rows(
      `SELECT i.code, i.source_id AS id, i.value, i.args FROM migration.issues i JOIN migration.runs r ON r.no = i.run_no
        WHERE r.id = $1 AND (i.code LIKE 'MEDIA%' OR i.code = 'FILES_BESIDE') ORDER BY 1, 2`,
      [run],
    );
  const rowsOf = (table: string, columns: string, order: string) =>
    crm.rows(
      `SELECT ${columns} FROM crm.${table} c JOIN crm.accounts a ON a.id = c.account_id WHERE a.slug = $1 ORDER BY ${order}`,
      [account()],
    );

  it('are stored once each, and their rows say what they are', async () => {
    const run = await cases().import(input());
    expect(run.media).toEqual({ named: 8, stored: 6 });
    expect(await codes(run.run)).toEqual([
      {
        code: 'FILES_BESIDE',
        id: null,
        value: null,
        args: { files: '2', first: expect.stringContaining('docs/nobody.txt') as string },
      },
      expect.objectContaining({ code: 'MEDIA_AMBIGUOUS', id: '5', value: '1.png' }),
      expect.objectContaining({ code: 'MEDIA_DIFFERS', id: '3' }),
      expect.objectContaining({ code: 'MEDIA_MISSING', id: '4', value: 'docs/4.pdf' }),
    ]);
    const documents = await rowsOf(
      'attachments',
      `c.file_name, c.media_type, c.size_bytes::int AS size, c.sha256 IS NOT NULL AS kept`,
      'c.id',
    );
    const pdf = (name: string) => readFileSync(join(sample, name)).length;
    expect(documents).toEqual([
      { file_name: '1.pdf', media_type: 'application/pdf', size: pdf('docs/1.pdf'), kept: true },
      {
        file_name: 'certificado energetico.PDF',
        media_type: 'application/pdf',
        size: pdf('docs/nested/Certificado energético.pdf'),
        kept: true,
      },
      { file_name: 'whatever.bin', media_type: 'application/pdf', size: 14_336, kept: true },
      { file_name: '4.pdf', media_type: null, size: 1000, kept: false },
      { file_name: '1.png', media_type: null, size: null, kept: false },
      { file_name: '1.pdf', media_type: 'application/pdf', size: pdf('docs/1.pdf'), kept: true },
    ]);
    expect(
      await rowsOf(
        'property_images',
        `c.url, c.is_main, c.sha256 IS NOT NULL AS kept`,
        'c.position',
      ),
    ).toEqual([
      { url: 'fotos/1.png', is_main: true, kept: true },
      { url: 'fotos/2.png', is_main: false, kept: true },
      { url: 'https://example.com/3.jpg', is_main: false, kept: false },
    ]);
    expect(stored()).toHaveLength(5);
  });

  it('change nothing the second time, whether they come again or not', async () => {
    await cases().import(input());
    const before = await crm.versions(account());
    expect((await cases().import(input())).entities['attachments']?.fates.unchanged).toBe(6);
    rmSync(join(place, 'in', 'docs'), { recursive: true });
    const third = await cases().import(input());
    expect(third.entities['attachments']?.fates.unchanged).toBe(6);
    expect(await crm.versions(account())).toEqual(before);
    expect((await cases().verify({ ...input(), limit: 10 })).media).toEqual({
      compared: 6,
      missing: [],
      different: [],
    });
  });

  it('are verified: a lost, a damaged and an exchanged file are found', async () => {
    const { run } = await cases().import(input());
    const first = await cases().verify({ ...input(), run, limit: 10 });
    expect(first).toMatchObject({
      verdict: 'pass',
      media: { compared: 6, missing: [], different: [] },
    });
    const [lost = '', damaged = ''] = stored().filter((path) => readFileSync(path).length < 100);
    rmSync(lost);
    writeFileSync(damaged, 'no picture any more');
    writeFileSync(join(place, 'in', 'docs', 'whatever.bin'), 'another contract');
    const second = await cases().verify({ ...input(), limit: 10 });
    expect(second.verdict).toBe('fail');
    expect(second.media).toMatchObject({
      compared: 6,
      missing: [{ entity: 'property_images', sourceId: '10' }],
    });
    expect(second.media.different.map(({ entity, sourceId }) => [entity, sourceId])).toEqual([
      ['property_images', '10'],
      ['attachments', '3'],
    ]);
  });

  it('come in an archive as well, and later than their records', async () => {
    const [json, files] = [join(place, 'export.json'), join(place, 'files.zip')];
    cpSync(join(place, 'in', 'export.json'), json);
    const alone = await cases().import({ inputs: [json] });
    expect(alone.media).toEqual({ named: 8, stored: 0 });
    expect(await codes(alone.run)).toEqual([]);
    const names = ['docs/1.pdf', 'fotos/1.png', 'fotos/2.png'];
    writeFileSync(
      files,
      zipOf(Object.fromEntries(names.map((name) => [name, readFileSync(join(sample, name))]))),
    );
    const later = await cases().import({ inputs: [json, files] });
    // The bare name 1.png is that of one file here.
    expect(later.media).toEqual({ named: 8, stored: 5 });
    expect(later.entities['property_images']?.fates).toMatchObject({ unchanged: 3, updated: 0 });
    expect((await cases().verify({ inputs: [json, files], limit: 10 })).verdict).toBe('pass');
  });
});
