import { spawn } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { schemaMigrations } from '../src/crm/migrations/index.ts';
import { tableNames } from '../src/crm/column.ts';
import { columnsOf } from '../src/crm/tables.ts';
import { migrateSchema } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open.ts';
import { exportPieces, recordCount } from './agency.ts';
import { startServer } from './server.ts';

// How long an import takes against the least it could: COPY of the very rows it wrote into the same tables, with the
// same keys and indexes, on the same server, in turn. node dist/bench/import.js [COPIES] [ROUNDS]
const copies = Number(process.argv[2] ?? '230');
const rounds = Number(process.argv[3] ?? '3');

const directory = mkdtempSync(join(tmpdir(), 'tesoro-bench-'));
const file = join(directory, 'agency.json');
const server = await startServer();
try {
  await pipeline(Readable.from(exportPieces(copies)), createWriteStream(file));
  const megabytes = statSync(file).size / 1e6;
  console.log(
    `${recordCount(copies)} records, ${megabytes.toFixed(0)} MB of JSON, ${rounds} rounds`,
  );
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const url = await createDatabase(`import_${round}`);
    await migrated(url);
    const imported = await timedImport(url);
    const { rows, seconds } = await timedCopy(url, await createDatabase(`floor_${round}`));
    ratios.push(imported.seconds / seconds);
    console.log(
      `round ${round}: import ${imported.seconds.toFixed(1)} s (${Math.round(rows / imported.seconds)} rows/s, ` +
        `peak ${imported.peakMegabytes.toFixed(0)} MB), COPY of the ${rows} rows ${seconds.toFixed(1)} s, ` +
        `ratio ${(imported.seconds / seconds).toFixed(2)}`,
    );
  }
  ratios.sort((a, b) => a - b);
  console.log(`median ratio ${(ratios[Math.floor(ratios.length / 2)] ?? 0).toFixed(2)}`);
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

async function createDatabase(name: string): Promise<string> {
  await withClient(server.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.href;
}

async function migrated(url: string): Promise<void> {
  const database = await openDatabase(url);
  await migrateSchema(database, schemaMigrations);
  await database.close();
}

/** The command as a person runs it, process start and all. */
async function timedImport(url: string): Promise<{ seconds: number; peakMegabytes: number }> {
  const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
  const started = performance.now();
  const child = spawn(process.execPath, [main, 'import', file, '--db', url, '--quiet'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentOf(child.pid));
  }, 200);
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`The import ended with ${code}.`);
  return { seconds: (performance.now() - started) / 1000, peakMegabytes: peak };
}

function residentOf(pid: number | undefined): number {
  try {
    return (statusOf(pid ?? 0) ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function statusOf(pid: number): number | undefined {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const match = /VmHWM:\s+(\d+) kB/.exec(text);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The floor: the same rows from files into the same tables. Links that close a cycle are left out on both sides of it. */
async function timedCopy(
  fromUrl: string,
  toUrl: string,
): Promise<{ rows: number; seconds: number }> {
  await migrated(toUrl);
  for (const table of ['accounts', ...tableNames]) {
    await withClient(fromUrl, async (client) => {
      const stream = client.query(
        copyTo(`COPY (SELECT ${columns(table)} FROM crm.${table}) TO STDOUT`),
      );
      await pipeline(stream, createWriteStream(join(directory, table)));
    });
  }
  return withClient(toUrl, async (client) => {
    const started = performance.now();
    let rows = 0;
    for (const table of ['accounts', ...tableNames]) {
      const stream = client.query(copyFrom(`COPY crm.${table} (${columns(table)}) FROM STDIN`));
      await pipeline(
        createReadStream(join(directory, table), { highWaterMark: 256 * 1024 }),
        stream,
      );
      rows += stream.rowCount;
    }
    return { rows, seconds: (performance.now() - started) / 1000 };
  });
}

function columns(table: string): string {
  if (table === 'accounts') return 'id, slug, country, language, currency, timezone';
  const name = tableNames.find((one) => one === table);
  if (name === undefined) throw new Error(`There is no table ${table}.`);
  const own = Object.entries(columnsOf(name))
    .filter(
      ([, { type }]) =>
        type.kind !== 'link' || tableNames.indexOf(type.to) < tableNames.indexOf(name),
    )
    .map(([column]) => `"${column}"`);
  return ['account_id', 'id', ...own].join(', ');
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
