// A sync from a partner's server that misbehaves: what the CRM holds afterwards is right each time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDownloader } from '../../src/download/downloader.ts';
import { feedLimits } from '../../src/download/contract.ts';
import { feedDownload } from '../../src/feeds/download.ts';
import { SourceError } from '../../src/model/errors.ts';
import { kyeroFeed } from '../support/feeds.ts';
import * as partners from '../support/partner.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
let partner: partners.Partner;
const place = mkdtempSync(join(tmpdir(), 'tesoro-feed-partner-'));
beforeAll(async () => {
  crm = await openCrm('server');
  partner = await partners.startPartner();
});
afterAll(async () => {
  await partner.close();
  await crm.close();
  rmSync(place, { recursive: true, force: true });
});

const listings = (n: number) =>
  Array.from({ length: n }, (_, nth) => ({
    id: String(nth + 1),
    ref: `R${String(nth + 1)}`,
    price: 100_000,
  }));

it('leaves the CRM as it was, and takes the next good answer', async () => {
  const limits = {
    ...feedLimits,
    idleMs: 400,
    totalMs: 20_000,
    attempts: 1,
    maxBytes: 4 * 1024 ** 2,
    backoffMs: 1,
  };
  const downloader = createDownloader(
    { allow: ['127.0.0.1'], random: () => 0, now: () => new Date() },
    limits,
  );
  const cases = crm.as('partner', {
    feedBodies: join(place, 'bodies'),
    download: feedDownload(downloader, () => new Date(), limits),
  });
  const good = kyeroFeed(listings(10));
  partner.on('/feed.xml', partners.whole(good));
  const { feed } = await cases.feedAdd({
    settings: { name: 'partner', provider: 'kyero', url: partner.url('/feed.xml'), mode: 'active' },
  });
  const sync = () => cases.feedSync({ feed, reason: 'manual' });
  expect(await sync()).toMatchObject({ outcome: 'synced', fates: { created: 10 } });
  const before = await crm.versions('partner');
  for (const answer of [
    partners.status(500),
    partners.status(429, { 'retry-after': '3600' }),
    partners.status(404),
    partners.truncated(good),
    partners.brokenChunks(good),
    partners.gzippedHalf(good),
    partners.saysGzip(good),
    partners.bomb(64 * 1024 ** 2),
    partners.endless(),
    partners.stalled(good),
    partners.silent(),
    partners.whole(''),
    partners.whole(good.slice(0, good.length / 2)),
    partners.redirect('http://10.0.0.1/feed.xml'),
    partners.redirect('/feed.xml'),
  ]) {
    partner.on('/feed.xml', answer);
    await expect(sync()).rejects.toThrow(SourceError);
    expect(await crm.versions('partner')).toEqual(before);
  }
  // A whole file with half of the listings: what is missing is held, and nothing is withdrawn.
  partner.on('/feed.xml', partners.whole(kyeroFeed(listings(4))));
  expect(await sync()).toMatchObject({ withdrawal: { withdrawn: 0, held: 6 }, exitCode: 1 });
  expect(await crm.versions('partner')).toEqual(before);
  // Moved, and one more.
  partner.on('/feed.xml', partners.redirect('/new.xml', 301));
  partner.on('/new.xml', partners.gzipped(kyeroFeed(listings(11))));
  expect(await sync()).toMatchObject({ outcome: 'synced', fates: { created: 1, unchanged: 10 } });
  expect((await cases.feedHistory({ feed, limit: 50 })).total).toBe(18);
  await downloader.close();
});
