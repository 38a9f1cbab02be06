// An import is killed at some place and gone on with: it must end as if nothing had happened. A sample of what
// `npm run kill-matrix` does at length.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  casesOf,
  embeddedStable,
  KillMatrix,
  serverStable,
  type Scenario,
} from '../../bench/kill/matrix.ts';
import { run, start } from '../support/cli.ts';
import { databaseKinds } from '../support/databases.ts';

// Other places than those of the last run: KILL_MATRIX=1 KILL_SEED=… npx vitest run test/e2e/kill-matrix.test.ts
const seed = Number(process.env['KILL_SEED'] ?? 3);
const counts = { embedded: 3, server: 7 };

describe.each(databaseKinds)(`killed anywhere (%s, KILL_SEED=${seed})`, (kind) => {
  let directory: string;
  let matrix: KillMatrix;
  let scenarios: readonly Scenario[];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tesoro-kill-test-'));
    matrix = new KillMatrix(
      kind === 'embedded'
        ? embeddedStable(directory, inject('embeddedTemplate'))
        : serverStable(inject('serverUrl')),
    );
    scenarios = await matrix.prepare(['next', 'rollback']);
  });
  afterAll(async () => {
    await matrix.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('an import comes across everything that can happen to a row', () => {
    const [{ answer } = { answer: undefined }] = scenarios;
    const fates = Object.values(answer?.document.entities ?? {}).flatMap((counts) =>
      Object.entries(counts.fates).flatMap(([fate, count]) => (count > 0 ? [fate] : [])),
    );
    expect(new Set(fates)).toEqual(
      new Set(['created', 'updated', 'unchanged', 'retired', 'parked', 'rejected']),
    );
    expect(answer?.document.issues.byCode).toMatchObject({
      REFUSED_BY_DATABASE: expect.any(Number) as number,
      PARENT_NOT_IMPORTED: expect.any(Number) as number,
      USER_PLACEHOLDER: expect.any(Number) as number,
    });
  });

  it.for(Array.from({ length: counts[kind] }, (_, index) => index))(
    'it goes on to the same end (%i)',
    async (index) => {
      const one = casesOf(scenarios, counts[kind], seed)[index];
      const scenario = scenarios.find(({ name }) => name === one?.scenario);
      if (one === undefined || scenario === undefined) throw new Error('There is no such case.');
      expect(await matrix.check(scenario, one), JSON.stringify(one)).toEqual([]);
    },
  );
});

it('an embedded database is made anew when its maker died in the making', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tesoro-making-'));
  const db = join(directory, 'db');
  const { child, ended } = start(['db', 'migrate', '--db', db]);
  while (!existsSync(join(db, 'PG_VERSION'))) await sleep(2);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  expect(existsSync(`${db}.making`)).toBe(true);
  const again = await run(['db', 'migrate', '--db', db]);
  expect(again.exitCode, again.stderr).toBe(0);
  expect(existsSync(`${db}.making`)).toBe(false);
  rmSync(directory, { recursive: true, force: true });
});
