// Workers sync the feeds of all accounts by their schedules: each once a tick, however many workers there are.
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FeedWorkRequest } from '../../src/run/contract.ts';
import { feedsOf, kyeroFeed } from '../support/feeds.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
const opened: ReturnType<typeof feedsOf>[] = [];
beforeAll(async () => {
  crm = await openCrm('server');
});
afterAll(async () => {
  for (const feeds of opened) feeds.remove();
  await crm.close();
});

const hourly = { cron: '0 * * * *', timezone: 'Europe/Madrid', hours: null };

it('shares the feeds of many accounts among workers, and goes on where one fails', async () => {
  const feeds = await Promise.all(
    ['costa', 'interior', 'islas'].map(async (account) => {
      const own = feedsOf(crm, account);
      opened.push(own);
      const made = [
        await own.add('first', { schedule: hourly }),
        await own.add('second', { schedule: hourly }),
      ];
      await own.add('by hand');
      for (const { name, file } of made)
        writeFileSync(file, kyeroFeed([{ id: '1', ref: `${account}-${name}`, price: 100 }]));
      return { own, made };
    }),
  );
  const broken = feeds[1]?.made[0];
  if (broken === undefined) throw new Error('There is no such feed.');
  writeFileSync(broken.file, kyeroFeed([{ id: '1', ref: 'half' }]).slice(0, -40));

  let now = new Date('2026-07-01T10:30:00Z');
  const heard: string[] = [];
  const work = (request: Partial<FeedWorkRequest> = {}) =>
    crm.as('worker', { now: () => now, feedBodies: feeds[0]?.own.directory }).feedWork({
      once: true,
      onSync: ({ account, name, outcome }) => heard.push(`${account} ${name} ${outcome}`),
      ...request,
    });

  const documents = await Promise.all([work(), work()]);
  expect(heard.sort()).toEqual([
    'costa first synced',
    'costa second synced',
    'interior first failed',
    'interior second synced',
    'islas first synced',
    'islas second synced',
  ]);
  expect(documents.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);

  // Within the same hour nothing is due.
  heard.length = 0;
  now = new Date('2026-07-01T10:50:00Z');
  await work();
  expect(heard).toEqual([]);

  now = new Date('2026-07-01T11:01:00Z');
  await Promise.all([work(), work()]);
  expect(heard.sort()).toEqual([
    'costa first unchanged',
    'costa second unchanged',
    'interior first failed',
    'interior second unchanged',
    'islas first unchanged',
    'islas second unchanged',
  ]);
  for (const { made } of feeds) {
    const history = await made[0]?.useCases.feedHistory({ feed: 'second', limit: 10 });
    expect(history?.syncs.map(({ reason }) => reason)).toEqual(['schedule', 'schedule']);
  }
});

it('ends when it is told to, also while it waits', async () => {
  const stop = new AbortController();
  const working = crm
    .as('idle', { signal: stop.signal, feedBodies: opened[0]?.directory })
    .feedWork({ once: false, onSync: () => undefined });
  setTimeout(() => {
    stop.abort();
  }, 50);
  await expect(working).resolves.toMatchObject({ command: 'worker', exitCode: 0 });
});
