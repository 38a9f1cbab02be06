import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../src/database/open.ts';
import type { VerifyDocument } from '../src/run/documents.ts';
import { exportPieces, recordCount } from './agency.ts';
import { namedFaults } from './faults/named.ts';
import { plantFaults, type Planted } from './faults/plant.ts';
import { startServer } from './server.ts';

// Whether verification names exactly the faults that are planted into a large CRM, and in how much memory.
// node dist/bench/planted-faults.js [COPIES] [FAULTS OF A KIND]
const copies = Number(process.argv[2] ?? '3165');
const faults = Number(process.argv[3] ?? '100');
const heap = 256;

const main = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'tesoro-faults-'));
const server = await startServer();
try {
  const file = join(directory, 'agency.json');
  await pipeline(Readable.from(exportPieces(copies)), createWriteStream(file));
  console.log(
    `${String(recordCount(copies))} records, ${String(faults)} faults of each kind, ${String(heap)} MB of heap`,
  );
  const imported = command('import', [file], 0);
  console.log(`imported in ${imported.seconds} s, peak ${imported.peak} MB`);
  const clean = command('verify', ['--run', 'last'], 0);
  console.log(
    `verified before the faults in ${clean.seconds} s, peak ${clean.peak} MB: no difference`,
  );

  const database = await openDatabase(server.url);
  const planted = await plantFaults(database, 'default', faults);
  await database.close();

  const verified = command('verify', ['--run', 'last', '--limit', '1000000'], 1);
  const found = namedFaults(JSON.parse(verified.said) as VerifyDocument);
  console.log(`verified after the faults in ${verified.seconds} s, peak ${verified.peak} MB`);
  for (const kind of ['missing', 'unexpected', 'different', 'broken'] as const) {
    const [unnamed, invented] = [without(planted, found, kind), without(found, planted, kind)];
    console.log(
      `${kind}: ${String(planted[kind].length)} planted, ${String(found[kind].length)} named, ` +
        `${String(unnamed.length)} not named, ${String(invented.length)} named in vain`,
    );
    if (unnamed.length + invented.length > 0) {
      console.log([...unnamed, ...invented].slice(0, 10).join('\n'));
      process.exitCode = 1;
    }
  }
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

function without(these: Planted, those: Planted, kind: keyof Planted): string[] {
  const known = new Set(those[kind]);
  return these[kind].filter((name) => !known.has(name));
}

/** The command as a person runs it; `peak` is the memory of the process in MB. */
function command(name: string, args: readonly string[], expected: number) {
  const report = join(directory, 'peak');
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      `--max-old-space-size=${String(heap)}`,
      '--import',
      `data:text/javascript,import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`,
      main,
      name,
      ...args,
      ...['--db', server.url, '--json', '--quiet'],
    ],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  if (status !== expected) {
    throw new Error(`${name} ended with ${String(status)}, not ${String(expected)}: ${stderr}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { said: stdout, seconds, peak: (Number(readFileSync(report, 'utf8')) / 1024).toFixed(0) };
}
