// Workers as processes over one server: each feed is synced once, also when one of them is killed.
// node dist/bench/workers.js [workers] [feeds] [kill]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { openDatabase } from '../src/database/open.ts';
import { createUseCases } from '../src/run/index.ts';
import { startServer } from './server.ts';

const [workers = '3', feeds = '300', kill = ''] = process.argv.slice(2);
const feedsOfAccount = 10;
const deadline = Date.now() + 9 * 60_000;

const server = await startServer();
const directory = mkdtempSync(join(tmpdir(), 'tesoro-workers-'));
const useCasesOf = (slug: string) =>
  createUseCases({
    database: server.url,
    account: {
      slug,
      defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
    },
    version: 'bench',
    now: () => new Date(),
    newId: () => v7(),
    progress: () => undefined,
    signal: new AbortController().signal,
    standardInput: process.stdin,
  });

const listing = (feed: number, at: number) =>
  `<property><id>${String(at)}</id><date>2026-01-01 10:00:00</date><ref>F${String(feed)}-${String(at)}</ref><price>${String(100_000 + at)}</price>` +
  `<currency>EUR</currency><price_freq>sale</price_freq><type>Villa</type><town>Denia</town><province>Alicante</province><country>Spain</country></property>`;

for (let first = 0; first < Number(feeds); first += feedsOfAccount) {
  const useCases = useCasesOf(`agency-${String(first / feedsOfAccount)}`);
  for (let feed = first; feed < Math.min(first + feedsOfAccount, Number(feeds)); feed++) {
    const file = join(directory, `${String(feed)}.xml`);
    const listings = Array.from({ length: 5 }, (_, at) => listing(feed, at)).join('');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="UTF-8"?><root><kyero><feed_version>3</feed_version></kyero>${listings}</root>`,
    );
    await useCases.feedAdd({
      settings: {
        name: `feed ${String(feed)}`,
        provider: 'kyero',
        url: file,
        mode: 'active',
        // One tick, now: a feed that was never synced is due at once.
        schedule: { cron: '0 0 1 1 *', timezone: 'Europe/Madrid', hours: null },
      },
    });
  }
  await useCases.close();
}

const database = await openDatabase(server.url);
const count = async (condition: string): Promise<number> => {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.feed_syncs WHERE ${condition}`,
  );
  return Number(rows[0]?.['n']);
};
const children = Array.from({ length: Number(workers) }, () =>
  spawn(process.execPath, ['dist/src/cli/main.js', 'worker', '--quiet', '--db', server.url], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'] },
  }),
);
const ended = children.map((child) => new Promise((resolve) => child.on('exit', resolve)));
let toKill = kill === 'kill';
while (Date.now() < deadline && (await count(`outcome = 'synced'`)) < Number(feeds)) {
  if (toKill && (await count(`outcome = 'synced'`)) >= Number(feeds) / 4) {
    // In the middle of a sync, or it would leave nothing behind.
    if ((await count(`outcome = 'running'`)) > 0) {
      children[0]?.kill('SIGKILL');
      toKill = false;
    }
  }
  await sleep(100);
}
for (const child of children) child.kill('SIGTERM');
await Promise.all(ended);

const { rows } = await database.query(
  `SELECT count(*)::float8 AS feeds, coalesce(max(n), 0)::float8 AS most, (SELECT count(*)::float8 FROM crm.properties) AS listings,
     (SELECT extract(epoch FROM max(finished_at) - min(started_at))::float8 FROM migration.feed_syncs) AS seconds
   FROM (SELECT count(*) AS n FROM migration.feed_syncs WHERE outcome IN ('synced', 'unchanged') GROUP BY account_id, feed_number) s`,
);
const figures = {
  workers: Number(workers),
  ...rows[0],
  left: await count(`outcome NOT IN ('synced', 'unchanged')`),
  feedsPerMinute: Math.round((60 * Number(feeds)) / Number(rows[0]?.['seconds'])),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
const isRight =
  rows[0]?.['feeds'] === Number(feeds) &&
  rows[0]['most'] === 1 &&
  rows[0]['listings'] === 5 * Number(feeds);
await database.close();
await server.stop();
rmSync(directory, { recursive: true, force: true });
process.exit(isRight ? 0 : 1);
