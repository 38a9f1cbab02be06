import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedsOf, kyeroFeed, type Listing } from '../support/feeds.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
const opened: ReturnType<typeof feedsOf>[] = [];
beforeAll(async () => {
  crm = await openCrm('embedded');
});
afterAll(async () => {
  for (const feeds of opened) feeds.remove();
  await crm.close();
});

const accountWith = (name: string) => {
  const feeds = feedsOf(crm, name);
  opened.push(feeds);
  return feeds;
};

/** Listings R1 … Rn, at 100,000 and more. */
const many = (n: number, from = 1): Listing[] =>
  Array.from({ length: n }, (_, index) => ({
    id: String(from + index),
    ref: `R${String(from + index)}`,
    price: 100_000 + from + index,
  }));

const noLimits = {
  all: { count: null, share: null },
  town: { count: null, share: null },
  agent: { count: null, share: null },
};

describe('a sync', () => {
  it('brings in what the feed offers, with what the feed sets, and ends early where nothing is new', async () => {
    const feeds = accountWith('first');
    const feed = await feeds.add('partner', { commissionPercent: '2.5', publish: true });
    const first = await feed.sync(many(10));
    expect(first).toMatchObject({ outcome: 'synced', exitCode: 0, fates: { created: 10 } });
    expect(await feed.listings()).toMatchObject({ R1: 'active 100001', R10: 'active 100010' });
    const [row] = await crm.rows(
      `SELECT commission_percent::text, is_published FROM crm.properties WHERE feed_id = $1 LIMIT 1`,
      [feed.id],
    );
    expect(row).toEqual({ commission_percent: '2.5', is_published: true });

    expect(await feed.sync(many(10))).toMatchObject({ outcome: 'unchanged', run: null });
    const before = await crm.versions('first');
    // Another body, the same listings.
    const again = await feed.sync(kyeroFeed(many(10)).replace('<root>', '<root>\n'));
    expect(again).toMatchObject({ outcome: 'synced', fates: { unchanged: 10, updated: 0 } });
    expect(await crm.versions('first')).toEqual(before);
    expect((await feeds.useCases.feedShow({ feed: 'partner' })).state).toBe('ok');
  });

  it('says what changed, before and after, and follows a reference that changes', async () => {
    const feed = await accountWith('changes').add('partner');
    await feed.sync(many(10));
    const [first, second, ...others] = many(10);
    if (first === undefined || second === undefined) throw new Error('There are ten.');
    const { report, fates } = await feed.sync([
      { ...first, price: 90_000 },
      { ...second, ref: 'NEW' },
      ...others,
    ]);
    expect(fates).toMatchObject({ updated: 2, unchanged: 8 });
    expect(report?.changes).toContainEqual({
      entity: 'properties',
      sourceId: '1',
      field: 'price',
      old: '100001',
      new: '90000',
    });
    expect(await feed.listings()).toMatchObject({ R1: 'active 90000', NEW: 'active 100002' });
  });

  it('withdraws what is gone, and revives the same row when it is back', async () => {
    const feed = await accountWith('returns').add('partner');
    await feed.sync(many(10));
    const idOf = async (ref: string) =>
      (
        await crm.rows(
          `SELECT id::text FROM crm.properties WHERE feed_id = $1 AND reference = $2`,
          [feed.id, ref],
        )
      )[0]?.['id'];
    const id = await idOf('R10');
    const gone = await feed.sync(many(9));
    expect(gone).toMatchObject({
      exitCode: 0,
      fates: { retired: 1, unchanged: 9 },
      withdrawal: { known: 10, absent: 1, withdrawn: 1, held: 0 },
    });
    expect(await feed.listings()).toMatchObject({ R10: 'removed_by_feed 100010' });
    expect(await feed.sync(many(10))).toMatchObject({ fates: { updated: 1, unchanged: 9 } });
    expect(await feed.listings()).toMatchObject({ R10: 'active 100010' });
    expect(await idOf('R10')).toBe(id);
  });

  it('links listings that are there already instead of doubling them', async () => {
    const feeds = accountWith('links');
    const file = `${feeds.directory}/export.xml`;
    writeFileSync(file, kyeroFeed(many(10)));
    await feeds.useCases.import({ inputs: [file] });
    const feed = await feeds.add('partner');
    const { fates } = await feed.sync(many(10).map((one) => ({ ...one, id: `other-${one.id}` })));
    expect(fates).toMatchObject({ created: 0, updated: 10 });
    await feed.sync(many(9).map((one) => ({ ...one, id: `other-${one.id}` })));
    expect(await feed.listings()).toMatchObject({
      R9: 'active 100009',
      R10: 'removed_by_feed 100010',
    });
  });

  it('writes nothing for a draft', async () => {
    const feed = await accountWith('draft').add('partner', { mode: 'draft' });
    const before = await crm.versions('draft');
    const { outcome, report } = await feed.sync(many(10));
    expect(outcome).toBe('previewed');
    expect(report).toMatchObject({
      status: 'planned',
      entities: { properties: { fates: { created: 10 } } },
    });
    expect(await crm.versions('draft')).toEqual(before);
    expect(await feed.sync(many(10))).toMatchObject({ outcome: 'unchanged' });
    await feed.useCases.feedEdit({ feed: 'partner', changes: { mode: 'active' } });
    expect(await feed.sync(many(10))).toMatchObject({ outcome: 'synced', fates: { created: 10 } });
  });
});

describe('filters', () => {
  it('exclude by price, place and type, withdraw what is in, and let it in again', async () => {
    const feed = await accountWith('filters').add('partner', { guards: noLimits });
    const listings: Listing[] = [
      ...many(6),
      { id: '7', ref: 'R7' },
      { id: '8', ref: 'R8', price: 900_000 },
      { id: '9', ref: 'R9', price: 200_000, town: 'Jávea' },
      { id: '10', ref: 'R10', price: 200_000, type: 'Plot' },
    ];
    await feed.sync(listings);
    await feed.useCases.feedEdit({
      feed: 'partner',
      changes: { price: { max: '500000' }, exclude: { locations: ['javea'], types: ['plot'] } },
    });
    const { fates, withdrawal, report } = await feed.sync(listings);
    expect(fates).toMatchObject({ excluded: 3, retired: 3, unchanged: 7 });
    expect(withdrawal).toMatchObject({ absent: 0, excluded: 3, withdrawn: 3 });
    expect(report?.issues.byCode['LISTING_EXCLUDED']).toBe(3);
    expect(await feed.listings()).toMatchObject({
      R7: 'active null',
      R8: 'removed_by_feed 900000',
      R9: 'removed_by_feed 200000',
      R10: 'removed_by_feed 200000',
    });
    await feed.useCases.feedEdit({ feed: 'partner', changes: { price: {}, exclude: {} } });
    expect(await feed.sync(listings)).toMatchObject({ fates: { updated: 3, unchanged: 7 } });
    expect(await feed.listings()).toMatchObject({ R8: 'active 900000', R9: 'active 200000' });
  });

  it('follow the removal policy', async () => {
    const feeds = accountWith('removal');
    const off = await feeds.add('off', { removal: 'off_market' });
    await off.sync(many(10));
    await off.sync(many(9));
    expect(await off.listings()).toMatchObject({ R10: 'off_market 100010' });
    const ignore = await feeds.add('ignore', { removal: 'ignore' });
    await ignore.sync(many(10, 11));
    expect(await ignore.sync(many(1, 11), true)).toMatchObject({
      exitCode: 0,
      fates: { retired: 0 },
      withdrawal: { absent: 9, ignored: 9, withdrawn: 0, held: 0 },
    });
    expect(await ignore.listings()).toMatchObject({ R20: 'active 100020' });
  });
});

describe('guards', () => {
  it('hold what is beyond the limits, and let additions and updates in', async () => {
    const feed = await accountWith('held').add('partner');
    await feed.sync(many(20));
    const [first, ...others] = many(14);
    if (first === undefined) throw new Error('There are some.');
    const synced = await feed.sync([{ ...first, price: 1 }, ...others, ...many(1, 50)]);
    expect(synced).toMatchObject({
      exitCode: 1,
      fates: { created: 1, updated: 1, retired: 0 },
      withdrawal: {
        withdrawn: 0,
        held: 6,
        guards: [{ guard: 'all', count: 6, of: 20, limit: { count: null, share: 0.25 } }],
      },
    });
    expect(await feed.listings()).toMatchObject({
      R1: 'active 1',
      R20: 'active 100020',
      R50: 'active 100050',
    });
    const { useCases } = feed;
    expect(await useCases.feedList()).toMatchObject({
      exitCode: 1,
      feeds: [{ state: 'held', listings: { held: 6 } }],
    });
    const held = await useCases.feedHeld({ feed: 'partner', limit: 3 });
    expect(held).toMatchObject({
      total: 6,
      held: [{ reference: 'R15', reason: 'absent', guard: 'all' }, {}, {}],
    });

    expect(await useCases.feedApprove({ feed: 'partner', references: ['R20'] })).toMatchObject({
      withdrawn: 1,
      held: 5,
    });
    expect(await feed.listings()).toMatchObject({
      R20: 'removed_by_feed 100020',
      R19: 'active 100019',
    });
    await expect(useCases.feedApprove({ feed: 'partner', references: ['R1'] })).rejects.toThrow(
      'No withdrawal of R1',
    );
    // One is back: it waits no longer.
    await feed.sync([...many(15), ...many(1, 50)]);
    expect(await useCases.feedHeld({ feed: 'partner', limit: 3 })).toMatchObject({ total: 0 });
    expect(await feed.listings()).toMatchObject({
      R15: 'active 100015',
      R19: 'removed_by_feed 100019',
    });
  });

  it('hold one town or one agent alone', async () => {
    const feed = await accountWith('towns').add('partner', {
      guards: { ...noLimits, town: { share: 0.5 } },
    });
    const altea = many(10).map((one) => ({ ...one, town: 'Altea' }));
    await feed.sync([...altea, ...many(40, 11)]);
    const { withdrawal } = await feed.sync([...altea.slice(0, 4), ...many(38, 11)]);
    expect(withdrawal).toMatchObject({
      absent: 8,
      withdrawn: 2,
      held: 6,
      guards: [{ guard: 'town', group: 'Altea', count: 6, of: 10 }],
    });
    const { held, run } = { ...(await feed.useCases.feedApprove({ feed: 'partner' })) };
    expect(held).toBe(0);
    expect(await feed.listings()).toMatchObject({ R10: 'removed_by_feed 100010' });
    await feed.useCases.rollback({ run: String(run), preview: false, limit: 10 });
    expect(await feed.listings()).toMatchObject({
      R10: 'active 100010',
      R50: 'removed_by_feed 100050',
    });
    // The body is read again after that, although it is the same.
    expect(await feed.sync([...altea.slice(0, 4), ...many(38, 11)])).toMatchObject({
      withdrawal: { held: 6 },
    });
  });

  const bad: [string, string | readonly Listing[]][] = [
    ['an empty body', ''],
    ['a feed without a listing', kyeroFeed([])],
    ['a feed that is cut off', kyeroFeed(many(20)).slice(0, -200)],
    ['a page of an error', '<html><body>Service unavailable</body></html>'],
    ['malformed markup', kyeroFeed(many(20)).replace('</ref><price>', '</ref><<price>')],
    ['the feed of another agency', many(20, 500)],
  ];
  it('let nothing be withdrawn or written by a bad feed, whatever the limits', async () => {
    const feed = await accountWith('bad').add('partner', { guards: noLimits });
    await feed.sync(many(20));
    const before = await crm.versions('bad');
    for (const [name, body] of bad) {
      await expect(feed.sync(body), name).rejects.toMatchObject({ exitCode: 4 });
      expect(await crm.versions('bad'), name).toEqual(before);
    }
    expect(await feed.useCases.feedShow({ feed: 'partner' })).toMatchObject({
      state: 'failing',
      failures: bad.length,
    });
    expect(await feed.useCases.feedHistory({ feed: 'partner', limit: 2 })).toMatchObject({
      total: 7,
      syncs: [{ outcome: 'failed', exitCode: 4, retriable: false }, { outcome: 'failed' }],
    });
    expect(await feed.sync(many(10))).toMatchObject({
      withdrawal: { held: 10, withdrawn: 0, guards: [{ guard: 'half' }] },
    });
    expect(await feed.sync(many(20, 500), true)).toMatchObject({
      outcome: 'synced',
      fates: { created: 20 },
      withdrawal: { withdrawn: 20 },
    });
  });
});

describe('several feeds', () => {
  it('of one provider have ids of their own, and withdraw nothing of each other', async () => {
    const feeds = accountWith('two');
    const a = await feeds.add('a');
    const b = await feeds.add('b', { guards: noLimits });
    await a.sync(many(10));
    // The same ids, and one reference that both have.
    await b.sync(many(10).map((one) => ({ ...one, ref: one.id === '1' ? 'R1' : `B${one.id}` })));
    expect(Object.keys(await a.listings())).toHaveLength(10);
    expect(await b.listings()).toMatchObject({ null: 'active 100001', B2: 'active 100002' });
    await b.sync(
      many(8)
        .slice(2)
        .map((one) => ({ ...one, ref: `B${one.id}` })),
    );
    expect(Object.values(await a.listings()).every((text) => text.startsWith('active'))).toBe(true);
    expect(await b.listings()).toMatchObject({
      B10: 'removed_by_feed 100010',
      B3: 'active 100003',
    });
    await expect(feeds.add('A')).rejects.toThrow('There is a feed "A" already');
  });
});

describe('the partner', () => {
  it('that the feed names is that of its listings, and the agency of the document comes in no second time', async () => {
    const feeds = accountWith('partner');
    const file = `${feeds.directory}/relations.xml`;
    writeFileSync(file, kyeroFeed(many(1), 'Best Partner'));
    await feeds.useCases.import({ inputs: [file] });
    const [relation] = await crm.rows(
      `SELECT r.id::text FROM crm.relations r JOIN crm.accounts a ON a.id = r.account_id WHERE a.slug = 'partner'`,
    );
    const feed = await feeds.add('named', { partner: String(relation?.['id']) });
    const { report, run } = await feed.sync(many(5, 10));
    expect(report?.entities['relations']?.fates).toMatchObject({ created: 0, excluded: 1 });
    const rows = await crm.rows(
      `SELECT DISTINCT partner_relation_id::text AS partner FROM crm.properties WHERE feed_id = $1`,
      [feed.id],
    );
    expect(rows).toEqual([{ partner: relation?.['id'] }]);
    const verified = await feeds.useCases.verify({ run: String(run), inputs: [], limit: 10 });
    expect(verified.verdict).toBe('pass');
    await expect(
      feeds.add('other', { partner: '0199a3c1-0000-7000-8000-000000000001' }),
    ).rejects.toThrow('There is no relation');
  });
});
