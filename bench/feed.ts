import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { kyero } from '../adapters/kyero/index.ts';
import { startServer } from './server.ts';

// What a sync costs that finds nothing new: a feed that answers with another body but the same listings, against reading
// the body alone. No row may be rewritten. node dist/bench/feed.js [MEGABYTES]
const megabytes = Number(process.argv[2] ?? '100');

const directory = mkdtempSync(join(tmpdir(), 'tesoro-bench-'));
const file = join(directory, 'feed.xml');
const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
const server = await startServer();
try {
  const listings = await write('first');
  const size = statSync(file).size / 1e6;
  console.log(`${String(listings)} listings, ${size.toFixed(0)} MB`);
  command('feed', 'add', 'bench', '--url', file, '--mode', 'active');
  console.log(`first sync ${timed('feed', 'sync', 'bench').toFixed(1)} s`);
  const before = await versions();
  await write('second');
  const parse = await parsed();
  const sync = timed('feed', 'sync', 'bench');
  const rewritten = (await versions()).filter((row, index) => row !== before[index]).length;
  console.log(
    `unchanged sync ${sync.toFixed(1)} s, reading alone ${parse.toFixed(1)} s, ratio ${(sync / parse).toFixed(2)}, rows rewritten: ${String(rewritten)}`,
  );
  console.log(`same body ${timed('feed', 'sync', 'bench').toFixed(1)} s`);
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

/** Writes the feed; `generated` makes another body of the same listings. Gives their number. */
async function write(generated: string): Promise<number> {
  let listings = 0;
  function* pieces(): Generator<string> {
    let bytes = 0;
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${generated} --><root><kyero><feed_version>3</feed_version></kyero>\n`;
    while (bytes < megabytes * 1e6) {
      const piece = listing(++listings);
      bytes += piece.length;
      yield piece;
    }
    yield '</root>\n';
  }
  await pipeline(Readable.from(pieces()), createWriteStream(file));
  return listings;
}

function listing(n: number): string {
  const text = `Home ${String(n)} near the sea, with a terrace and a view. `.repeat(12);
  const images = Array.from(
    { length: 10 },
    (_, index) =>
      `<image id="${String(index + 1)}"><url>https://example.com/img/${String(n)}-${String(index)}.jpg</url></image>`,
  );
  return (
    `<property><id>${String(n)}</id><date>2026-01-01 10:00:00</date><ref>BENCH-${String(n)}</ref><price>${String(100_000 + n)}</price>` +
    `<currency>EUR</currency><price_freq>sale</price_freq><type>Villa</type><town>Town ${String(n % 200)}</town><province>Alicante</province>` +
    `<country>Spain</country><beds>3</beds><baths>2</baths><pool>1</pool><surface_area><built>120</built><plot>400</plot></surface_area>` +
    `<desc><en>${text}</en><es>${text}</es></desc><features><feature>Terrace</feature><feature>Garage</feature></features>` +
    `<images>${images.join('')}</images></property>\n`
  );
}

function command(...words: readonly string[]): void {
  execFileSync(process.execPath, [main, ...words, '--db', server.url, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: directory,
  });
}

function timed(...words: readonly string[]): number {
  const start = performance.now();
  command(...words);
  return (performance.now() - start) / 1_000;
}

/** Seconds that the adapter takes to read the feed, in a process of its own like the sync. */
async function parsed(): Promise<number> {
  const start = performance.now();
  const source = { name: 'feed.xml', open: () => createReadStream(file) };
  let records = 0;
  for await (const event of kyero.read({ files: [source] }, {}, new AbortController().signal)) {
    if (event.kind === 'record') records++;
  }
  if (records === 0) throw new Error('Nothing was read.');
  return (performance.now() - start) / 1_000;
}

async function versions(): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const found: string[] = [];
    for (const table of [
      'relations',
      'properties',
      'property_images',
      'attachments',
      'activities',
    ]) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT '${table} ' || id::text || ' ' || xmin::text AS row FROM crm.${table} ORDER BY id`,
      );
      for (const { row } of rows) found.push(row);
    }
    return found;
  } finally {
    await client.end();
  }
}
