// Photos and documents that rows name by an address of the web: asked for, checked, stored, and compared again.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Environment } from '../../src/run/contract.ts';
import { TargetError, UsageError } from '../../src/model/errors.ts';
import { databaseKinds } from '../support/databases.ts';
import * as partners from '../support/partner.ts';
import { photo } from '../support/pictures.ts';
import { startS3, type S3Server } from '../support/s3-server.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

const pdf = '%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n';

describe.each(databaseKinds)('photos and documents on the web (%s)', (kind) => {
  let crm: TestCrm;
  let partner: partners.Partner;
  let place: string;
  let now: Date;
  let tests = 0;
  beforeAll(async () => {
    crm = await openCrm(kind);
  });
  afterAll(async () => {
    await crm.close();
  });
  beforeEach(async () => {
    partner = await partners.startPartner();
    place = mkdtempSync(join(tmpdir(), 'tesoro-web-media-'));
    now = new Date('2026-07-29T12:00:00Z');
    tests += 1;
  });
  afterEach(async () => {
    await partner.close();
    rmSync(place, { recursive: true, force: true });
  });

  const account = () => `web-${String(tests)}`;
  const cases = (environment: Partial<Environment> = {}) =>
    crm.as(account(), {
      media: join(place, 'media'),
      network: { allow: ['127.0.0.1'], random: () => 0.5 },
      mediaLimits: { attempts: 1, idleMs: 200, totalMs: 1500, connectMs: 500 },
      now: () => now,
      ...environment,
    });
  const fetch = (request = {}, environment: Partial<Environment> = {}) =>
    cases(environment).mediaFetch({ limit: 10, ...request });
  const storedFiles = () =>
    readdirSync(join(place, 'media'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
  const rowsOf = (table: string, columns: string) =>
    crm.rows(
      `SELECT ${columns} FROM crm.${table} c JOIN crm.accounts a ON a.id = c.account_id WHERE a.slug = $1 ORDER BY c.url, c.id`,
      [account()],
    );

  /** An export of listings with photos, and of documents. */
  const exportOf = (photos: readonly (readonly string[])[], documents: readonly string[] = []) => {
    const list = (items: readonly unknown[]) => ({ info: { count: items.length }, items });
    const results = {
      info: { count: 1, format: 'agency-export', version: 1, timezone: 'Europe/Madrid' },
      contacts: list([
        { id: 1, isDeleted: 0, firstName: 'Ana', lastName: 'Ejemplo', email: 'ana@example.com' },
      ]),
      properties: list(
        photos.map((urls, index) => ({
          id: 10 + index,
          isDeleted: 0,
          salesReference: `W-${String(index)}`,
          salesPrice: 250000,
          images: urls.map((url, order) => ({ source: { url }, order: order + 1 })),
        })),
      ),
      documents: list(
        documents.map((url, index) => ({
          id: index + 1,
          isDeleted: 0,
          entityType: 'contact',
          entityId: 1,
          name: `Documento ${String(index)}`,
          filename: '',
          size: '',
          url,
        })),
      ),
    };
    const file = join(place, 'export.json');
    const request = { endpoint: '/export', agency: 'web', language: 'es' };
    writeFileSync(
      file,
      JSON.stringify({ request, response: { status: 'ok', reason: '', results } }),
    );
    return { inputs: [file] };
  };

  it('are stored once each, described in their rows, and not asked for again', async () => {
    partner.on('/1.png', partners.versioned(photo(40, 30)));
    partner.on('/same.png', partners.whole(photo(40, 30)));
    partner.on('/2.png', partners.versioned(photo(20, 20, 7)));
    partner.on('/d.pdf', partners.versioned(pdf));
    const url = partner.url;
    const input = exportOf(
      [
        [url('/1.png'), url('/2.png')],
        [url('/1.png'), url('/same.png')],
      ],
      [url('/d.pdf')],
    );
    const run = await cases().import(input);
    expect((await cases().mediaStatus({ limit: 10 })).files).toMatchObject({
      total: 4,
      waiting: 4,
      due: 4,
    });
    const before = await cases().verify({ ...input, limit: 10 });
    expect(before).toMatchObject({ verdict: 'pass', media: { compared: 0 } });

    const first = await fetch({ run: run.run });
    expect(first.asked).toEqual({ stored: 4, unchanged: 0, failed: 0, postponed: 0 });
    expect(first).toMatchObject({
      files: { total: 4, stored: 4, failing: 0, due: 0 },
      exitCode: 0,
    });
    expect(storedFiles()).toBe(3);
    const photos = await rowsOf('property_images', 'c.sha256, c.size_bytes');
    expect(new Set(photos.map(({ sha256 }) => sha256)).size).toBe(2);
    expect(photos.every(({ size_bytes: size }) => Number(size) > 60)).toBe(true);
    expect(await rowsOf('attachments', 'c.media_type, c.size_bytes::int AS size')).toEqual([
      { media_type: 'application/pdf', size: pdf.length },
    ]);
    expect(
      await crm.rows(
        `SELECT DISTINCT width, height FROM migration.web_files WHERE url LIKE $1 ORDER BY 1`,
        [url('/%')],
      ),
    ).toEqual([
      { width: 20, height: 20 },
      { width: 40, height: 30 },
      { width: null, height: null },
    ]);

    const after = await cases().verify({ ...input, limit: 10 });
    expect(after).toMatchObject({
      verdict: 'pass',
      media: { compared: 5, missing: [], different: [] },
    });
    expect((await fetch()).asked).toEqual({ stored: 0, unchanged: 0, failed: 0, postponed: 0 });
    // What the tool wrote is no edit of a person, and no reason to write a row again.
    const again = await cases().import(input);
    expect(again.entities['property_images']?.fates.unchanged).toBe(4);
    const rolledBack = await cases().rollback({ run: run.run, preview: true, limit: 10 });
    expect(rolledBack.total.left).toBe(0);
  });

  // What follows is told apart by no database.
  if (kind === 'embedded') return;

  it('are sent again only where they changed, or where the store lost them', async () => {
    partner.on('/1.png', partners.versioned(photo(40, 30)));
    partner.on('/2.png', partners.versioned(photo(20, 20, 7)));
    partner.on('/d.pdf', partners.versioned(pdf));
    const url = partner.url;
    const input = exportOf([[url('/1.png'), url('/2.png')]], [url('/d.pdf')]);
    await cases().import(input);
    await fetch();
    const rows = await crm.versions(account());
    partner.on('/2.png', partners.versioned(photo(20, 20, 8)));
    const asked = partner.asked.length;
    expect((await fetch({ recheck: true })).asked).toEqual({
      stored: 1,
      unchanged: 2,
      failed: 0,
      postponed: 0,
    });
    expect(
      partner.asked.slice(asked).filter(({ headers }) => headers['if-none-match']),
    ).toHaveLength(3);
    const versions = await crm.versions(account());
    expect(versions['attachments']).toEqual(rows['attachments']);
    const moved = versions['property_images']?.filter(
      (row, index) => row['xmin'] !== rows['property_images']?.[index]?.['xmin'],
    );
    expect(moved).toHaveLength(1);
    expect(await cases().verify({ ...input, limit: 10 })).toMatchObject({ verdict: 'pass' });

    // A file that the store lost is missing, and comes back whole.
    const [lost] = await rowsOf('attachments', 'c.sha256');
    const sum = String(lost?.['sha256']);
    rmSync(join(place, 'media', sum.slice(0, 2), sum));
    expect(await cases().verify({ ...input, limit: 10 })).toMatchObject({
      verdict: 'fail',
      media: { missing: [{ entity: 'attachments', sourceId: '1' }] },
    });
    expect((await fetch({ recheck: true })).asked).toMatchObject({ stored: 1, failed: 0 });
    // And one whose bytes are others is seen.
    writeFileSync(join(place, 'media', sum.slice(0, 2), sum), 'other bytes');
    expect(await cases().verify({ ...input, limit: 10 })).toMatchObject({
      verdict: 'fail',
      media: { different: [{ entity: 'attachments', sourceId: '1', field: 'sha256' }] },
    });
  });

  it('are reported where they cannot be had, and asked for again later and later', async () => {
    const url = partner.url;
    partner.on('/page.png', partners.whole('<!DOCTYPE html><title>Gone</title>'));
    partner.on('/page.pdf', partners.whole('<!DOCTYPE html><title>Log in</title>'));
    partner.on('/pixel.png', partners.whole(photo(1, 1)));
    partner.on(
      '/broken.png',
      partners.whole(Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')),
    );
    partner.on('/half.png', partners.truncated(photo(40, 30)));
    partner.on('/late.png', partners.status(500), partners.whole(photo(50, 50)));
    partner.on('/inside.png', partners.redirect('http://169.254.169.254/latest/meta-data/'));
    const input = exportOf(
      [
        [
          '/page.png',
          '/pixel.png',
          '/broken.png',
          '/half.png',
          '/late.png',
          '/gone.png',
          '/inside.png',
        ].map(url),
      ],
      [url('/page.pdf')],
    );
    await cases().import(input);
    const first = await fetch();
    expect(first).toMatchObject({
      asked: { stored: 0, failed: 8 },
      files: { failing: 8, due: 0, givenUp: 0 },
      exitCode: 1,
    });
    const reasons = Object.fromEntries(
      first.failures.items.map((item) => [new URL(item.url).pathname, item.reason]),
    );
    expect(reasons).toEqual({
      '/page.png': 'not-a-photo',
      '/page.pdf': 'page',
      '/pixel.png': 'too-small',
      '/broken.png': 'broken',
      '/half.png': 'truncated',
      '/late.png': 'status',
      '/gone.png': 'status',
      '/inside.png': 'refused',
    });
    expect(await cases().verify({ ...input, limit: 10 })).toMatchObject({ verdict: 'pass' });
    now = new Date(now.getTime() + 11 * 60_000);
    expect((await fetch()).asked).toMatchObject({ stored: 1, failed: 1 });
    expect(await rowsOf('property_images', 'c.sha256 IS NOT NULL AS kept')).toContainEqual({
      kept: true,
    });
    for (let days = 0; days < 7 * 15; days += 15) {
      now = new Date(now.getTime() + 15 * 24 * 60 * 60_000);
      await fetch();
    }
    expect((await cases().mediaStatus({ limit: 10 })).files).toMatchObject({
      failing: 7,
      givenUp: 7,
      due: 0,
    });
    partner.on('/gone.png', partners.whole(photo(60, 60)));
    expect((await fetch({ recheck: true })).asked).toMatchObject({ stored: 1, failed: 6 });
  });

  it('leave a server alone that fails, and go on where they were stopped', async () => {
    const dead = await partners.startPartner();
    await dead.close();
    const urls = Array.from({ length: 12 }, (_, nth) => `/${String(nth)}.png`);
    for (const path of urls) partner.on(path, partners.whole(photo(40, 40)));
    await cases().import(
      exportOf([
        urls.map(partner.url),
        [...urls, ...urls.map((path) => `/more${path}`)].map(dead.url),
      ]),
    );
    // Stopped after the fourth file: what had come is kept, and not asked for again.
    const controller = new AbortController();
    let files = 0;
    const progress: Environment['progress'] = ({ stage }) => {
      if (stage === 'fetching' && (files += 1) === 4) controller.abort();
    };
    await expect(
      fetch({ concurrency: 1 }, { signal: controller.signal, progress }),
    ).rejects.toThrow(/Stopped|abort/);
    const { files: found } = await cases().mediaStatus({ limit: 10 });
    expect(found.stored + found.failing).toBe(4);
    expect((await fetch({ files: 3 })).asked).toSatisfy(
      (asked: Record<string, number>) => Object.values(asked).reduce((a, b) => a + b) === 3,
    );
    const rest = await fetch();
    expect(rest.files).toMatchObject({ stored: 12, failing: 24, due: 0 });
    expect(rest.asked.postponed).toBeGreaterThan(0);
    expect(partner.asked.length).toBeLessThanOrEqual(13);
    expect(storedFiles()).toBe(1);
  });

  it('are those of one run or of all, in one account, by one process', async () => {
    partner.on('/1.png', partners.whole(photo(40, 40)));
    partner.on('/2.png', partners.whole(photo(41, 41)));
    const one = await cases().import(exportOf([[partner.url('/1.png')]]));
    await cases().import(exportOf([[partner.url('/1.png'), partner.url('/2.png')]]));
    expect((await fetch({ run: one.run })).asked.stored).toBe(1);
    await expect(
      crm.as('another', { now: () => now }).mediaFetch({ run: one.run, limit: 1 }),
    ).rejects.toThrow(UsageError);
    const both = await Promise.allSettled([fetch(), fetch()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  describe('in a bucket', () => {
    let s3: S3Server;
    beforeEach(async () => {
      s3 = await startS3('photos', 'KEY');
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'KEY');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      vi.stubEnv('AWS_REGION', 'eu-south-2');
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      await s3.close();
    });

    it('are stored, compared and found again as in a directory', async () => {
      partner.on('/1.png', partners.whole(photo(40, 30)));
      partner.on('/d.pdf', partners.whole(pdf));
      const bucket = { media: 's3://photos/agency/', mediaEndpoint: s3.endpoint };
      const input = exportOf([[partner.url('/1.png')]], [partner.url('/d.pdf')]);
      await cases(bucket).import(input);
      expect((await fetch({}, bucket)).asked).toMatchObject({ stored: 2, failed: 0 });
      const [{ sha256 } = {}] = await rowsOf('attachments', 'c.sha256');
      const sum = String(sha256);
      const key = `photos/agency/${sum.slice(0, 2)}/${sum}`;
      expect(s3.objects.get(key)).toMatchObject({ type: 'application/pdf' });
      expect(await cases(bucket).verify({ ...input, limit: 10 })).toMatchObject({
        verdict: 'pass',
        media: { compared: 2 },
      });
      const puts = () => s3.asked.filter((line) => line.startsWith('PUT')).length;
      expect((await fetch({ recheck: true }, bucket)).asked).toMatchObject({ unchanged: 2 });
      expect(puts()).toBe(2);
      s3.objects.delete(key);
      expect(await cases(bucket).verify({ ...input, limit: 10 })).toMatchObject({
        verdict: 'fail',
        media: { missing: [{ entity: 'attachments' }] },
      });
      expect((await fetch({ recheck: true }, bucket)).asked).toMatchObject({ stored: 1 });
      for (const [media, error] of [
        ['s3://nowhere/x', TargetError],
        ['s3:photos', UsageError],
      ] as const)
        await expect(fetch({ recheck: true }, { ...bucket, media })).rejects.toThrow(error);
    });
  });
});
