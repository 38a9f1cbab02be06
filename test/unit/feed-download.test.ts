// What a sync is given of a feed: a body that is kept, or the word that it is unchanged.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedLimits, type Downloader } from '../../src/download/contract.ts';
import { createDownloader } from '../../src/download/downloader.ts';
import { feedDownload } from '../../src/feeds/download.ts';
import { DownloadError } from '../../src/download/failure.ts';
import * as partners from '../support/partner.ts';

describe('the download of a feed', () => {
  let partner: partners.Partner;
  let downloader: Downloader;
  let directory: string;
  let now: Date;
  beforeEach(async () => {
    partner = await partners.startPartner();
    downloader = createDownloader(
      { allow: ['127.0.0.1'], random: () => 0, now: () => now },
      feedLimits,
    );
    directory = join(mkdtempSync(join(tmpdir(), 'tesoro-feed-')), 'bodies');
    now = new Date('2026-07-01T00:00:00Z');
  });
  afterEach(async () => {
    await downloader.close();
    await partner.close();
    rmSync(join(directory, '..'), { recursive: true, force: true });
  });

  const fetch = (rest: { etag?: string | undefined; previousSha256?: string } = {}) =>
    feedDownload(downloader, () => now, { ...feedLimits, attempts: 1 }).fetch(
      { url: partner.url('/feed.xml'), headers: {}, directory, ...rest },
      new AbortController().signal,
    );
  const fetched = async () => {
    const found = await fetch();
    if (found.status !== 'fetched') throw new Error(found.by);
    return found;
  };

  it('gives the file that keeps the body, until it is pruned', async () => {
    partner.on('/feed.xml', partners.versioned('<one/>'), partners.versioned('<two/>'));
    const one = await fetched();
    expect(readFileSync(one.path, 'utf8')).toBe('<one/>');
    now = new Date('2026-07-20T00:00:00Z');
    const two = await fetched();
    const download = feedDownload(downloader, () => now);
    await download.prune(directory, new Date('2026-07-10T00:00:00Z'), [one.path]);
    expect(existsSync(one.path)).toBe(true);
    await download.prune(directory, new Date('2026-07-10T00:00:00Z'), []);
    expect([existsSync(one.path), existsSync(two.path)]).toEqual([false, true]);
  });

  it('says that a body is unchanged, as the server says or by its checksum', async () => {
    partner.on('/feed.xml', partners.versioned('<one/>'));
    const { etag, sha256, path } = await fetched();
    expect(await fetch({ etag })).toEqual({ status: 'unchanged', by: 'server' });
    expect(await fetch({ previousSha256: sha256 })).toEqual({ status: 'unchanged', by: 'sha256' });
    expect(existsSync(path)).toBe(true);
  });

  it('says no such thing where the server failed', async () => {
    partner.on('/feed.xml', partners.status(503));
    await expect(fetch({ etag: '"1"' })).rejects.toThrow(DownloadError);
  });
});
