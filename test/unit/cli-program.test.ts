import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  AbortedError,
  InternalError,
  MappingError,
  SourceError,
  TargetError,
  UsageError,
} from '../../src/model/errors.ts';
import type { UseCases } from '../../src/run/contract.ts';
import { say } from '../support/command-line.ts';
import { difficultReport, goodReport, previewReport } from '../support/report-examples.ts';

/** Remembers what a use case was asked, and answers. */
function asked<Request, Document>(document: Document) {
  const requests: Request[] = [];
  const answer = (request: Request) => {
    requests.push(request);
    return Promise.resolve(document);
  };
  return { requests, answer };
}

describe('what the flags say reaches the use case', () => {
  test('preview: files, source, mapping, requirements, budget', async () => {
    const preview = asked<Parameters<UseCases['preview']>[0], typeof previewReport.run>(
      previewReport.run,
    );
    await say(
      'preview a.csv b.csv - --source csv --encoding windows-1252 --delimiter ; --mapping m.yaml --as owners --requirements strict --max-rejects 2.5%',
      { preview: preview.answer },
    );
    expect(preview.requests).toEqual([
      {
        inputs: ['a.csv', 'b.csv', '-'],
        source: 'csv',
        encoding: 'windows-1252',
        delimiter: ';',
        mapping: 'm.yaml',
        as: 'owners',
        requirements: 'strict',
        maxRejects: { share: 0.025 },
      },
    ]);
  });

  test.each([
    ['--max-rejects 0', { count: 0 }],
    ['--max-rejects 250', { count: 250 }],
    ['--max-rejects 100%', { share: 1 }],
    ['--max-rejects 10,2%', { count: 10, share: 0.02 }],
    [
      '--max-rejects 5,people=0,properties=1%,people=50%',
      { count: 5, entities: { people: { count: 0, share: 0.5 }, properties: { share: 0.01 } } },
    ],
    ['', undefined],
  ])('a budget: %s', async (flag, maxRejects) => {
    const preview = asked<Parameters<UseCases['preview']>[0], typeof previewReport.run>(
      previewReport.run,
    );
    await say(`preview a.csv ${flag}`, { preview: preview.answer });
    expect(preview.requests[0]?.maxRejects).toEqual(maxRejects);
  });

  test('import takes files, or the id of a plan and nothing beside it', async () => {
    const done = asked<Parameters<UseCases['import']>[0], typeof goodReport.run>(goodReport.run);
    await say('import feed.xml', { import: done.answer });
    await say('import --run 0199', { import: done.answer });
    expect(done.requests).toMatchObject([{ inputs: ['feed.xml'] }, { run: '0199' }]);
    for (const line of [
      'import',
      'import feed.xml --run 0199',
      'import --run 0199 --source kyero',
    ]) {
      expect(await say(line)).toMatchObject({ exitCode: 2 });
    }
  });

  test('verify takes files, a run, or both; a limit of 1,000 unless said', async () => {
    const verify = asked<
      Parameters<UseCases['verify']>[0],
      NonNullable<typeof goodReport.verification>
    >(goodReport.verification!);
    await say('verify --run 0199 --baseline b.json', { verify: verify.answer });
    await say('verify a.json --run 0199 --limit 5', { verify: verify.answer });
    expect(verify.requests).toMatchObject([
      { inputs: [], run: '0199', baseline: 'b.json', limit: 1000 },
      { inputs: ['a.json'], run: '0199', limit: 5 },
    ]);
    expect(await say('verify')).toMatchObject({ exitCode: 2 });
  });
});

describe('the environment of the use cases', () => {
  const runs = () => Promise.resolve({ runs: [], total: 0 });

  test.each([
    ['runs', {}, './.tesoro/db'],
    ['runs', { DATABASE_URL: 'postgres://db.example/crm' }, 'postgres://db.example/crm'],
    ['runs', { DATABASE_URL: '' }, './.tesoro/db'],
    ['runs --db here', { DATABASE_URL: 'postgres://db.example/crm' }, 'here'],
  ])('%s with %o uses the database %s', async (line, environment, database) => {
    const said = await say(line, { runs }, { environment: environment });
    expect(said.environment?.database).toBe(database);
  });

  test('an account has defaults, and flags for each', async () => {
    const standard = await say('runs', { runs });
    expect(standard.environment?.account).toEqual({
      slug: 'default',
      defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
    });
    const own = await say(
      'runs --account porto-casas --country pt --language PT --currency eur --timezone Europe/Lisbon',
      { runs },
    );
    expect(own.environment?.account).toEqual({
      slug: 'porto-casas',
      defaults: { country: 'PT', language: 'pt', currency: 'EUR', timezone: 'Europe/Lisbon' },
    });
  });

  test.each([
    '--account ../x',
    '--country Spain',
    '--currency €',
    '--timezone Mars/Base',
    '--language es-ES',
  ])('%s is refused before anything is opened', async (flag) => {
    expect(await say(`runs ${flag}`, { runs })).toMatchObject({
      exitCode: 2,
      environment: undefined,
    });
  });

  test('the database is given back, also after an error', async () => {
    expect((await say('runs', { runs })).closed).toBe(true);
    const failed = await say('runs', { runs: () => Promise.reject(new TargetError('gone')) });
    expect(failed).toMatchObject({ closed: true, exitCode: 5 });
  });
});

describe('exit codes', () => {
  test('of a document are its own', async () => {
    const verify = () => Promise.resolve(difficultReport.verification!);
    expect(await say('verify --run 1', { verify })).toMatchObject({ exitCode: 1 });
    expect(await say('status 1', { status: () => Promise.resolve(goodReport.run) })).toMatchObject({
      exitCode: 0,
    });
  });

  test.each([
    [new UsageError('x'), 2],
    [new MappingError('x'), 2],
    [new SourceError('x'), 4],
    [new TargetError('x'), 5],
    [new InternalError('x'), 70],
    [new AbortedError('x'), 130],
    [new TypeError('x'), 70],
  ])('of %s is %i', async (error, exitCode) => {
    expect(await say('runs', { runs: () => Promise.reject(error) })).toMatchObject({ exitCode });
  });

  test('what is thrown after an interruption counts as the interruption', async () => {
    const runs = () => Promise.reject(new Error('The operation was aborted'));
    const said = await say('runs', { runs }, { signal: AbortSignal.abort() });
    expect(said.exitCode).toBe(130);
    const known = () => Promise.reject(new TargetError('gone'));
    expect((await say('runs', { runs: known }, { signal: AbortSignal.abort() })).exitCode).toBe(5);
  });

  test.each([
    '',
    'frobnicate',
    'preview',
    'preview a.csv --bogus',
    'preview a.csv --db',
    'runs --db a --db b',
    'runs --limit 0',
    'runs --limit many',
    'preview a.csv --max-rejects many',
    'preview a.csv --max-rejects 101%',
    'preview a.csv --max-rejects =5',
    'preview a.csv --max-rejects people=few',
    'preview a.csv --requirements loose',
    'status',
    'report 1 --format pdf',
    'db',
    'mapping',
    'resume',
  ])('of the wrong line "%s" is 2, and nothing is opened', async (line) => {
    const said = await say(line);
    expect(said).toMatchObject({ exitCode: 2, stdout: '', environment: undefined });
    expect(said.stderr).toMatch(/^Error: /);
  });
});

describe('what is said', () => {
  test('--help and --version go to standard output and open nothing', async () => {
    const help = await say('--help');
    expect(help).toMatchObject({ exitCode: 0, stderr: '', environment: undefined });
    for (const word of [
      'doctor',
      'inspect',
      'preview',
      'import',
      'verify',
      'baseline',
      'runs',
      'status',
      'report',
      'rejects',
      'adapters',
      'mappings',
      'mapping',
      'db',
    ]) {
      expect(help.stdout).toContain(`tesoro-migrate ${word}`);
    }
    expect((await say('--version')).stdout).toBe('1.2.3\n');
    expect((await say('import --help')).stdout).toContain('--max-rejects');
  });

  test('--json is one document on standard output, whatever else is said', async () => {
    const preview: UseCases['preview'] = () => Promise.resolve(previewReport.run);
    const said = await say('preview a.csv --json --verbose', (environment) => ({
      preview: (request) => {
        environment.progress({ stage: 'reading', done: 1 });
        return preview(request);
      },
    }));
    expect(JSON.parse(said.stdout)).toEqual(JSON.parse(JSON.stringify(previewReport.run)));
    expect(said.stderr).toContain('Reading');
  });

  test('--json tells errors too, on both streams', async () => {
    const runs = () =>
      Promise.reject(new SourceError('feed.xml: cut off', { hint: 'Get it again.' }));
    const said = await say('runs --json', { runs });
    expect(JSON.parse(said.stdout)).toEqual({
      error: { code: 'SourceError', message: 'feed.xml: cut off', hint: 'Get it again.' },
      exitCode: 4,
    });
    expect(said.stderr).toBe('Error: feed.xml: cut off\nGet it again.\n');
    expect(JSON.parse((await say('bogus --json')).stdout)).toMatchObject({ exitCode: 2 });
  });

  test('a known error has no stack, unless --verbose; a bug has one, with the version', async () => {
    const cause = new Error('socket closed');
    const runs = () => Promise.reject(new TargetError('gone', { cause }));
    expect((await say('runs', { runs })).stderr).toBe('Error: gone\n');
    const verbose = (await say('runs --verbose', { runs })).stderr;
    expect(verbose).toContain('    at ');
    expect(verbose).toContain('Caused by: Error: socket closed');
    const bug = (await say('runs', { runs: () => Promise.reject(new TypeError('x is not a y')) }))
      .stderr;
    expect(bug).toContain('Error: x is not a y');
    expect(bug).toContain('    at ');
    expect(bug).toContain('tesoro-migrate 1.2.3');
  });

  test('--quiet is the outcome in one line, without progress', async () => {
    const said = await say('preview a.csv --quiet', (environment) => ({
      preview: () => {
        environment.progress({ stage: 'reading', done: 1 });
        return Promise.resolve(previewReport.run);
      },
    }));
    expect(said.stderr).toBe('');
    expect(said.stdout).toBe('· Preview: 1,475 of 1,483 records can be imported\n');
  });

  test.each([
    ['status 1', {}, true, true],
    ['status 1', { NO_COLOR: '1' }, true, false],
    ['status 1 --no-color', {}, true, false],
    ['status 1', {}, false, false],
  ])('%s with %o on a terminal (%s) has colours: %s', async (line, environment, isTTY, colour) => {
    const status = () => Promise.resolve(goodReport.run);
    const said = await say(line, { status }, { environment: environment, isTTY });
    expect(said.stdout.includes('\u001b[')).toBe(colour);
  });

  test('an import ends with what to do next', async () => {
    const said = await say('import a.json', { import: () => Promise.resolve(goodReport.run) });
    const lines = said.stdout.trimEnd().split('\n').slice(-3);
    expect(lines[1]).toContain(`tesoro-migrate verify --run ${goodReport.run.run}`);
    expect(lines[2]).toContain(`tesoro-migrate report ${goodReport.run.run}`);
  });
});

describe('files', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tesoro-cli-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  async function* findings() {
    yield await Promise.resolve({
      kind: 'change' as const,
      change: difficultReport.run.changes[0]!,
    });
  }
  const report = () => Promise.resolve(difficultReport);

  test.each([
    ['r.html', /^<!doctype html>/],
    ['r.json', /^\{\n {2}"run"/],
    ['r.csv', /^section,entity,/],
    ['r.txt', /^✗ The verification found 7 differences/],
  ])('the ending of %s decides the format', async (name, beginning) => {
    const file = join(directory, name);
    const said = await say(`report 1 -o ${file}`, { report, findings });
    expect(said).toMatchObject({ exitCode: 0 });
    expect(said.stdout).toContain(`Written: ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(beginning);
    expect(readdirSync(directory)).toEqual([name]);
  });

  test('--format decides before the ending', async () => {
    const file = join(directory, 'r.html');
    await say(`report 1 --format json -o ${file}`, { report });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('verification.verdict', 'fail');
  });

  test('with --json the file is described, and content may not take its place', async () => {
    const file = join(directory, 'r.html');
    const said = await say(`report 1 -o ${file} --json`, { report });
    expect(JSON.parse(said.stdout)).toEqual({
      run: '1',
      format: 'html',
      file,
      bytes: readFileSync(file).length,
    });
    expect(JSON.parse((await say('report 1 --json', { report })).stdout)).toHaveProperty('run.run');
    const refused = await say('report 1 --format html --json', { report });
    expect(refused.exitCode).toBe(2);
    expect(JSON.parse(refused.stdout)).toHaveProperty('error.hint', 'Add -o FILE.');
  });

  test('a baseline is written as JSON, to be edited', async () => {
    const file = join(directory, 'baseline.json');
    const screens = { active: null, deleted: null };
    const document = {
      baseline: 1 as const,
      source: 'kyero',
      takenAt: '2026-07-29T12:00:00Z',
      tool: '1.2.3',
      inputs: [],
      entities: {
        property: {
          ...{ active: 130, deleted: 3, screens, note: '' },
          by: { status: { sold: { active: 2, deleted: 0, screens, note: '' } } },
        },
      },
    };
    const baseline = () => Promise.resolve(document);
    await say(`baseline feed.xml -o ${file}`, { baseline });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document);
    expect((await say('baseline feed.xml', { baseline })).stdout).toContain('133 records counted');
  });

  test('rejects are written as they come, and no file where there are none', async () => {
    const file = join(directory, 'rejects.csv');
    async function* content() {
      yield await Promise.resolve(Buffer.from('id;_reason\n'));
      yield '7;no name\n';
    }
    const some = () =>
      Promise.resolve({
        fileName: 'x.csv',
        records: 1,
        content: content() as AsyncIterable<Uint8Array>,
      });
    await say(`rejects 1 -o ${file}`, { rejects: some });
    expect(readFileSync(file, 'utf8')).toBe('id;_reason\n7;no name\n');
    const none = () =>
      Promise.resolve({
        fileName: 'x.csv',
        records: 0,
        content: content() as AsyncIterable<Uint8Array>,
      });
    const said = await say(`rejects 1 -o ${join(directory, 'none.csv')}`, { rejects: none });
    expect(said.stdout).toContain('No record was rejected');
    expect(readdirSync(directory)).toEqual(['rejects.csv']);
  });

  test('a file that breaks off leaves nothing behind', async () => {
    async function* broken() {
      yield await Promise.resolve(Buffer.from('half'));
      throw new TargetError('connection lost');
    }
    const rejects = () => Promise.resolve({ fileName: 'x', records: 2, content: broken() });
    expect(await say(`rejects 1 -o ${join(directory, 'r')}`, { rejects })).toMatchObject({
      exitCode: 5,
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  test('a place that cannot be written is a usage error', async () => {
    const said = await say(`report 1 -o ${join(directory, 'no', 'r.html')}`, { report });
    expect(said.exitCode).toBe(2);
    expect(said.stderr).toContain('cannot be written (ENOENT)');
  });
});
