// The built command line as people and scripts run it: streams, exit codes, signals.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { RunDocument, RunListDocument, VerifyDocument } from '../../src/run/documents.ts';
import { root, run, start, startBuilt, type Ended } from '../support/cli.ts';
import { freshDatabase, type TestLocation } from '../support/databases.ts';
import { zipOf } from '../support/zip.ts';

// A machine may be busy with other things.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const sample = (name: string) => join(root, 'samples', name);
const agency = sample('sooprema/agency.json');
const feed = sample('kyero/feed.xml');
const pages = sample('sooprema/pages');

let place: TestLocation;
let database: Database;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-cli-'));
  place = await freshDatabase('server');
  database = await openDatabase(place.location);
});
afterAll(async () => {
  await database.close();
  await place.remove();
  rmSync(directory, { recursive: true, force: true });
});

/** Runs a command on the server database, in an account. */
const on = (account: string, args: readonly string[], options: Parameters<typeof run>[1] = {}) =>
  run([...args, '--db', place.location, '--account', account], options);

/** The one JSON document that a command printed. */
const documentOf = ({ stdout }: Ended): unknown => JSON.parse(stdout);
const runOf = (ended: Ended) => documentOf(ended) as RunDocument;
const verificationOf = (ended: Ended) => documentOf(ended) as VerifyDocument;
const runsOf = (ended: Ended) => documentOf(ended) as RunListDocument;

async function peopleOf(account: string): Promise<number> {
  const { rows } = await database.query(
    `SELECT count(*)::int AS n FROM crm.people p JOIN crm.accounts a ON a.id = p.account_id WHERE a.slug = $1`,
    [account],
  );
  return Number(rows[0]?.['n']);
}

const file = (name: string, content: string | Uint8Array) => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};

/** Nothing but the message of a person's mistake: no stack, no JSON, no colours. */
function expectPlain({ stderr }: Ended): void {
  expect(stderr).toMatch(/^Error: /m);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|\[object/);
}

describe('what is printed', () => {
  it('is one JSON document with --json, and progress goes elsewhere', async () => {
    const imported = await on('printed', ['import', agency, '--json', '--verbose']);
    expect(imported.exitCode).toBe(0);
    const document = runOf(imported);
    expect(document).toMatchObject({
      command: 'import',
      status: 'complete',
      balanced: true,
      exitCode: 0,
      account: 'printed',
    });
    expect(imported.stderr).toMatch(/Staging/);
    // A run knows its account.
    const verified = await run(['verify', '--run', document.run, '--json', '--db', place.location]);
    expect(verified.exitCode).toBe(0);
    expect(verificationOf(verified)).toMatchObject({
      verdict: 'pass',
      account: 'printed',
      exitCode: 0,
    });
    for (const args of [
      ['inspect', feed],
      ['baseline', agency],
      ['runs'],
      ['status', document.run],
      ['report', document.run],
      ['adapters'],
      ['mappings'],
      ['mappings', 'show', 'sooprema/contacts'],
      ['mapping', 'test', join(root, 'mappings/kyero/agent.yaml')],
      ['doctor'],
      ['db', 'info'],
      ['rejects', document.run],
    ]) {
      const said = await on('printed', [...args, '--json']);
      expect(said.exitCode, args.join(' ')).toBe(0);
      expect(documentOf(said), args.join(' ')).toBeTypeOf('object');
    }
  });

  it('has no colours and no progress where nobody looks', async () => {
    const quiet = await on('quiet', ['import', feed, '--quiet'], {
      env: { FORCE_COLOR: '1', NO_COLOR: '1' },
    });
    expect(quiet.exitCode).toBe(0);
    expect(quiet.stderr).toBe('');
    expect(quiet.stdout.trim().split('\n')).toHaveLength(1);
    for (const flags of [[], ['--no-color']]) {
      const said = await on('quiet', ['preview', feed, ...flags], { env: { NO_COLOR: '1' } });
      expect(said.stdout + said.stderr).not.toMatch(/\u001b/);
    }
  });

  it('may be read by nobody to its end', async () => {
    for (const args of [
      ['mappings', 'show', 'sooprema/properties'],
      ['inspect', agency, '--json'],
      ['--help'],
    ]) {
      const { child, ended } = start(args);
      child.stdin.end();
      child.stdout.destroy();
      const { exitCode, stderr, signal } = await ended;
      expect({ exitCode, signal, stderr }, args.join(' ')).toEqual({
        exitCode: 0,
        signal: null,
        stderr: '',
      });
    }
    const shell = spawn(
      'sh',
      [
        '-c',
        `'${process.execPath}' dist/src/cli/main.js inspect samples/sooprema/agency.json --json | head -1`,
      ],
      { cwd: root },
    );
    let [out, err] = ['', ''];
    shell.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    shell.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    await new Promise((resolve) => shell.on('close', resolve));
    expect([out, err]).toEqual(['{\n', '']);
  });
});

describe('what is wrong', () => {
  it('is a usage error where the arguments or the mapping are (2)', async () => {
    const mappings = join(directory, 'mappings');
    mkdirSync(mappings);
    for (const name of readdirSync(join(root, 'mappings/kyero'))) {
      copyFileSync(join(root, 'mappings/kyero', name), join(mappings, name));
    }
    const text = readFileSync(join(mappings, 'property.yaml'), 'utf8');
    const line = text.split('\n').findIndex((one) => one.includes('do: [price')) + 1;
    expect(line).toBeGreaterThan(0);
    writeFileSync(join(mappings, 'property.yaml'), text.replace('do: [price', 'do: [prise'));
    const cases: [readonly string[], RegExp][] = [
      [['import', feed, '--sorce', 'kyero'], /sorce/],
      [['imprt', feed], /import/],
      [['import'], /what to import/],
      [['import', feed, '--source', 'kyro'], /no adapter "kyro"[\s\S]*kyero/],
      [
        ['import', feed, '--mapping', mappings],
        new RegExp(`property\\.yaml:${line}\\b[\\s\\S]*prise[\\s\\S]*price`),
      ],
      [['status', 'ffffffff'], /no run/],
      [['import', '--run', 'ffffffff', feed], /--run/],
      [['verify', feed, '--baseline', agency], /baseline/],
      [['import', feed, '--max-rejects', 'many'], /max-rejects/],
    ];
    for (const [args, message] of cases) {
      const said = await on('usage', args);
      expect(said.exitCode, args.join(' ')).toBe(2);
      expect(said.stderr, args.join(' ')).toMatch(message);
      expect(said.stdout).toBe('');
      expectPlain(said);
    }
    const json = await on('usage', ['import', feed, '--source', 'kyro', '--json']);
    expect(json.exitCode).toBe(2);
    expect(documentOf(json)).toMatchObject({ error: { code: 'UsageError' }, exitCode: 2 });
  });

  it('is a failed verification (1)', async () => {
    await on('wrong', ['import', feed, '--quiet']);
    await database.query(
      `UPDATE crm.properties SET price = 1 WHERE account_id = (SELECT id FROM crm.accounts WHERE slug = 'wrong')
          AND reference = (SELECT min(reference) FROM crm.properties WHERE price IS NOT NULL)`,
    );
    const said = await on('wrong', ['verify', feed, '--json']);
    expect(said.exitCode).toBe(1);
    expect(verificationOf(said).fields.different).toMatchObject([{ field: 'price', crm: '1' }]);
  });

  it('is a source that cannot be read to its end, and then nothing is written (4)', async () => {
    const half = (path: string) => {
      const bytes = readFileSync(path);
      return bytes.subarray(0, Math.floor(bytes.length / 2));
    };
    const cases: [string, RegExp][] = [
      [join(directory, 'none.json'), /there is no such file/],
      [file('empty.json', ''), /empty/],
      [file('half.json', half(agency)), /half\.json, line \d+/],
      [file('half.xml', half(feed)), /half\.xml, line \d+/],
      [
        file('half.json.gz', half(file('whole.json.gz', gzipSync(readFileSync(agency))))),
        /half\.json\.gz/,
      ],
      [
        file('half.zip', half(file('whole.zip', zipOf({ 'agency.json': readFileSync(agency) })))),
        /half\.zip/,
      ],
      [file('other.xml', '<?xml version="1.0"?>\n<casas><casa/></casas>'), /no adapter knows/],
      [
        file('entities.xml', '<?xml version="1.0"?>\n<!DOCTYPE c [<!ENTITY a "a">]>\n<c/>'),
        /DOCTYPE/,
      ],
      [file('login.xml', '<!DOCTYPE html>\n<html><body>Please sign in</body></html>'), /web page/],
      [file('other.json', '{"contacts": [{"id": 1}], "deals": []}'), /no adapter knows/],
      [
        file(
          'binary.json',
          Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
        ),
        /no adapter knows/,
      ],
      [
        file(
          'error.json',
          '{"request":{},"response":{"status":"error","reason":"Bad key","results":{}}}',
        ),
        /Bad key/,
      ],
    ];
    mkdirSync(join(directory, 'nothing'));
    cases.push([join(directory, 'nothing'), /no file/]);
    for (const [path, message] of cases) {
      const said = await on('source', ['import', path]);
      expect(said.exitCode, `${path}: ${said.stderr}`).toBe(4);
      expect(said.stderr, path).toMatch(message);
      expectPlain(said);
    }
    const forced = await on('source', [
      'import',
      join(directory, 'other.xml'),
      '--source',
      'kyero',
    ]);
    expect([forced.exitCode, forced.stderr]).toEqual([
      4,
      expect.stringMatching(/not a Kyero feed/),
    ]);
    expect(await peopleOf('source')).toBe(0);
    const { rows } = await database.query(
      `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'staging' AND tablename LIKE '%_plan'
          AND tablename IN (SELECT 'r' || r.no || '_people_plan' FROM migration.runs r JOIN crm.accounts a ON a.id = r.account_id WHERE a.slug = 'source')`,
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('is a database that is not there, or held by another process (5)', async () => {
    const gone = await run(['import', feed, '--db', 'postgres://postgres@127.0.0.1:1/x']);
    expect(gone.exitCode).toBe(5);
    expect(gone.stderr).toContain('127.0.0.1:1');
    expectPlain(gone);
    const secret = await run([
      'runs',
      '--db',
      'postgres://postgres:hunter2@127.0.0.1:1/x',
      '--verbose',
    ]);
    expect(secret.stdout + secret.stderr).not.toContain('hunter2');

    const held = join(directory, 'held');
    writeFileSync(
      `${held}.lock`,
      JSON.stringify({ pid: process.pid, born: '', since: '2026-01-01T00:00:00.000Z' }),
    );
    const refused = await run(['import', feed, '--db', held]);
    expect(refused.exitCode).toBe(5);
    expect(refused.stderr).toContain(String(process.pid));
    expectPlain(refused);
    const doctor = await run(['doctor', '--db', held, '--json']);
    expect(JSON.stringify(documentOf(doctor))).toContain(String(process.pid));
  });
});

describe('what is read', () => {
  it('comes from standard input, .gz, .zip, directories and several files', async () => {
    const bytes = readFileSync(agency);
    const direct = runOf(await on('inputs', ['import', agency, '--json']));
    const again = async (args: readonly string[], input?: Uint8Array) => {
      const said = await on(
        'inputs',
        ['import', ...args, '--json'],
        input === undefined ? {} : { input },
      );
      expect(said.exitCode, said.stderr).toBe(0);
      const { records } = runOf(said);
      for (const [entity, { read, fates }] of Object.entries(records)) {
        expect([entity, read, fates.unchanged]).toEqual([
          entity,
          direct.records[entity]?.read,
          read,
        ]);
      }
    };
    await again(['-'], bytes);
    await again(['-'], gzipSync(bytes));
    await again([file('agency.json.gz', gzipSync(bytes))]);
    await again([file('agency.zip', zipOf({ 'export/agency.json': bytes }))]);
    await again([
      file(
        'agency-inside.zip',
        zipOf({ 'readme.txt': Buffer.from('Not read.'), 'agency.json': bytes }),
      ),
    ]);

    const counts = (said: Ended) => {
      expect(said.exitCode, said.stderr).toBe(0);
      return Object.fromEntries(
        Object.entries(runOf(said).records).map(([name, { read }]) => [name, read]),
      );
    };
    const all = counts(await on('pages', ['import', pages, '--json']));
    expect(all).toEqual({ users: 6, contacts: 40 });
    expect(
      counts(
        await on('pages-2', [
          'import',
          ...readdirSync(pages).map((name) => join(pages, name)),
          '--json',
        ]),
      ),
    ).toEqual(all);
    expect((await on('pages', ['verify', pages, '--json'])).exitCode).toBe(0);
    const list = await on('list', ['import', sample('sooprema/properties.json'), '--json']);
    expect(counts(list)).toEqual({ properties: 5 });
  });
});

describe('what is interrupted', () => {
  let large: string;
  let records: number;
  beforeAll(async () => {
    large = join(directory, 'large.json');
    const generated = await startBuilt('dist/bench/generate.js', ['20', large]).ended;
    expect(generated.exitCode, generated.stderr).toBe(0);
    records = Number(/(\d+) records/.exec(generated.stdout)?.[1]);
    expect(records).toBeGreaterThan(6_000);
  });

  /** Starts the large import and waits until it writes to the CRM. */
  const startImport = async (account: string) => {
    const started = start([
      'import',
      large,
      '--verbose',
      '--db',
      place.location,
      '--account',
      account,
    ]);
    started.child.stdin.end();
    await started.said(/^Applying/m);
    return started;
  };

  const latest = async (account: string) =>
    runsOf(await on(account, ['runs', '--json', '--limit', '1000'])).runs.find(
      (one) => one.account === account,
    );

  /** Gone on with to its end: everything there once, and verified. */
  const expectWhole = async (account: string) => {
    const run = (await latest(account))?.run ?? '';
    const said = await on(account, ['resume', run, '--json', '--quiet']);
    expect(said.exitCode, said.stderr).toBe(0);
    const document = runOf(said);
    expect(document).toMatchObject({ run, command: 'import', status: 'complete', balanced: true });
    expect(sumOf(document, 'created')).toBe(records);
    expect(runOf(await on(account, ['status', run, '--json']))).toEqual(document);
    expect((await on(account, ['verify', large, '--quiet'])).exitCode).toBe(0);
    expect(await peopleOf(account)).toBe(await idsOf(account));
    const again = await on(account, ['import', large, '--json', '--quiet']);
    expect(sumOf(runOf(again), 'unchanged')).toBe(records);
  };
  const sumOf = (document: RunDocument, fate: 'created' | 'unchanged') =>
    Object.values(document.records).reduce((sum, { fates }) => sum + fates[fate], 0);
  const idsOf = async (account: string) => {
    const { rows } = await database.query(
      `SELECT count(*)::int AS n FROM migration.id_map m JOIN crm.accounts a ON a.id = m.account_id WHERE a.slug = $1 AND target_table = 'people'`,
      [account],
    );
    return Number(rows[0]?.['n']);
  };

  it('by Ctrl-C says so, stops after its batch (130), and is gone on with', async () => {
    const { child, ended } = await startImport('sigint');
    child.kill('SIGINT');
    const { exitCode, stderr } = await ended;
    expect(exitCode).toBe(130);
    const stopped = await latest('sigint');
    expect(stopped?.status).toBe('interrupted');
    expect(stderr).toContain(`tesoro-migrate resume ${String(stopped?.run)}`);
    await expectWhole('sigint');
  }, 180_000);

  it('by Ctrl-C before the first write leaves nothing in the CRM, and begins again', async () => {
    const started = start([
      'import',
      large,
      '--verbose',
      '--db',
      place.location,
      '--account',
      'early',
    ]);
    started.child.stdin.end();
    await started.said(/^Staging/m);
    started.child.kill('SIGINT');
    const { exitCode, stderr } = await started.ended;
    expect(exitCode, stderr).toBe(130);
    expect((await latest('early'))?.status).toBe('interrupted');
    expect(await peopleOf('early')).toBe(0);
    await expectWhole('early');
  });

  it('by kill -9 is not called running, and is gone on with', async () => {
    const { child, ended } = await startImport('sigkill');
    child.kill('SIGKILL');
    expect((await ended).signal).toBe('SIGKILL');
    // The server notices within moments that nobody is there any more.
    await expect
      .poll(async () => (await latest('sigkill'))?.status, { timeout: 20_000, interval: 200 })
      .toBe('interrupted');
    const run = (await latest('sigkill'))?.run ?? '';
    expect(runOf(await on('sigkill', ['status', run, '--json'])).status).toBe('interrupted');
    await expectWhole('sigkill');
  }, 180_000);

  it('is running while it runs, and keeps others out of its account', async () => {
    const { child, ended } = await startImport('busy');
    child.kill('SIGSTOP');
    expect((await latest('busy'))?.status).toBe('running');
    const second = await on('busy', ['import', feed]);
    expect([second.exitCode, second.stderr]).toEqual([
      5,
      expect.stringMatching(/Another run is writing to the account "busy"/),
    ]);
    expect((await on('free', ['import', feed, '--quiet'])).exitCode).toBe(0);
    child.kill('SIGCONT');
    expect((await ended).exitCode).toBe(0);
    expect((await latest('busy'))?.status).toBe('complete');
  }, 180_000);
});
