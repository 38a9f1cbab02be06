import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { importSchema, meSchema } from '../src/web/api.ts';

// How long it takes on the web from the file to the complete preview, against `preview` on the command line for the same
// file, in turn, each on an embedded database of its own; and how quick the pages of the preview are then.
// node dist/bench/web.js [ROWS] [ROUNDS]
const rows = Number(process.argv[2] ?? '20000');
const rounds = Number(process.argv[3] ?? '3');

const program = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'tesoro-bench-'));
const file = join(directory, 'leads.csv');

try {
  await pipeline(Readable.from(lines(rows)), createWriteStream(file));
  console.log(
    `${String(rows)} rows, ${(statSync(file).size / 1e6).toFixed(1)} MB, ${String(rounds)} rounds`,
  );
  const ratios: { seconds: number; cpu: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    const cli = await byCommandLine(join(directory, `cli${String(round)}`, 'db'));
    const web = await byWeb(join(directory, `web${String(round)}`, 'db'));
    ratios.push({ seconds: web.seconds / cli.seconds, cpu: web.cpu / cli.cpu });
    console.log(
      `round ${String(round)}: command line ${told(cli)}; web ${told(web)}; ratio ${(web.seconds / cli.seconds).toFixed(2)}, of processor time ${(web.cpu / cli.cpu).toFixed(2)}`,
    );
    console.log(
      `  first rows after ${web.firstRows.toFixed(1)} s; ${web.pages.map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', ')}`,
    );
  }
  const median = (numbers: readonly number[]): string =>
    ([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0).toFixed(2);
  console.log(
    `median ratio ${median(ratios.map(({ seconds }) => seconds))}, of processor time ${median(ratios.map(({ cpu }) => cpu))}`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}

interface Taken {
  readonly seconds: number;
  /** Seconds of processor. */
  readonly cpu: number;
  readonly peakMegabytes: number;
}

function told({ seconds, cpu, peakMegabytes }: Taken): string {
  return `${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of processor, peak ${peakMegabytes.toFixed(0)} MB)`;
}

function* lines(count: number): Generator<string> {
  yield 'First name;Last name;E-mail;Mobile;Agent e-mail;Status;Budget max;Created\n';
  const statuses = ['new', 'contacted', 'qualified', 'Nurture later', 'lost'];
  for (let n = 0; n < count; n++) {
    const letter = String.fromCharCode(97 + (n % 26));
    const email = n % 97 === 0 ? 'not-an-email' : `p${String(n)}@example.com`;
    const day = `${String(1 + (n % 28)).padStart(2, '0')}/${String(1 + (n % 12)).padStart(2, '0')}/2024`;
    yield `Ana;Prueba ${letter};${email};+346${String(10_000_000 + n)};a${String(n % 3)}@agency.example;${statuses[n % 5] ?? ''};${String(100_000 + (n % 900))};${day}\n`;
  }
}

/** What a process has taken so far, as the kernel counts it. */
function takenBy(pid: number): { cpu: number; peakMegabytes: number } {
  const [, after = ''] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  return { cpu: ticks / 100, peakMegabytes: Number(peak?.[1] ?? 0) / 1024 };
}

async function byCommandLine(database: string): Promise<Taken> {
  const begun = performance.now();
  const flags = ['--source', 'csv', '--as', 'leads', '--requirements', 'strict', '--quiet'];
  const child = spawn(process.execPath, [program, 'preview', file, '--db', database, ...flags], {
    stdio: 'ignore',
  });
  let taken = { cpu: 0, peakMegabytes: 0 };
  const watch = setInterval(() => {
    try {
      const now = child.pid === undefined ? taken : takenBy(child.pid);
      // A process that has just ended has no memory any more.
      if (now.peakMegabytes > 0) taken = now;
    } catch {
      // It has just ended.
    }
  }, 100);
  await once(child, 'exit');
  clearInterval(watch);
  return { seconds: (performance.now() - begun) / 1000, ...taken };
}

async function byWeb(
  database: string,
): Promise<Taken & { firstRows: number; pages: [string, number][] }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, 'serve', '--db', database, '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const { base, token } = await saidBy(child);
    const api = await signIn(base, token);
    // The command line opens its database within its time, so the server does, too.
    const made = importSchema.parse(await api('POST', '/imports', { kind: 'leads', system: null }));
    await api('PUT', `/imports/${made.id}/file?name=leads.csv`, readFileSync(file));
    await api('POST', `/imports/${made.id}/preview`);
    let firstRows = 0;
    for (;;) {
      const { job, failure } = importSchema.parse(await api('GET', `/imports/${made.id}`));
      if (job === null && failure !== null) throw new Error(failure.message);
      if (job === null) break;
      if (firstRows === 0 && job.progress?.stage === 'staging') {
        const page = await api('GET', `/imports/${made.id}/rows?limit=50`);
        const { rows: found } = z.object({ rows: z.array(z.unknown()) }).parse(page);
        if (found.length > 0) firstRows = (performance.now() - begun) / 1000;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const seconds = (performance.now() - begun) / 1000;
    const taken = child.pid === undefined ? { cpu: 0, peakMegabytes: 0 } : takenBy(child.pid);
    const pages: [string, number][] = [];
    const middle = String(Math.floor(rows / 2));
    for (const [name, query] of [
      ['counts', 'counts'],
      ['counts again', 'counts'],
      ['first page', 'rows?limit=100'],
      ['page in the middle', `rows?limit=100&offset=${middle}`],
      ['filtered page', `rows?limit=100&fate=created&offset=${String(Math.floor(rows / 3))}`],
      ['search', 'rows?limit=100&search=p4000'],
    ] as const) {
      const asked = performance.now();
      await api('GET', `/imports/${made.id}/${query}`);
      pages.push([name, performance.now() - asked]);
    }
    return { seconds, ...taken, firstRows, pages };
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

async function saidBy(child: ChildProcess): Promise<{ base: string; token: string }> {
  let said = '';
  for await (const text of child.stderr ?? []) {
    said += String(text);
    const base = /Serving (http\S+)/.exec(said)?.[1];
    const token = /#token=(\S+)/.exec(said)?.[1];
    if (base !== undefined && token !== undefined) {
      child.stderr?.resume();
      return { base, token };
    }
  }
  throw new Error(said);
}

type Api = (method: string, path: string, body?: object) => Promise<unknown>;

async function signIn(base: string, token: string): Promise<Api> {
  let cookie = '';
  let csrf = '';
  const api: Api = async (method, path, body) => {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${base}/api${path}`, {
      method,
      headers: {
        cookie,
        'x-csrf-token': csrf,
        ...(body === undefined
          ? {}
          : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  };
  csrf = meSchema.parse(await api('POST', '/session', { token })).csrf;
  return api;
}
