// Imports that were interrupted: what goes on, what does not and says why, and what others see of it.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapters } from '../../adapters/index.ts';
import type { Database } from '../../src/database/contract.ts';
import { openDatabase } from '../../src/database/open.ts';
import { wrapDatabase } from '../../src/database/wrap.ts';
import type { Environment, ImportRequest } from '../../src/run/contract.ts';
import { heldBy } from '../../src/run/held-run.ts';
import { useCasesOver } from '../../src/run/index.ts';
import { createSession } from '../../src/run/session.ts';
import { root } from '../support/cli.ts';
import { environmentOf, openCrm, type TestCrm } from '../support/use-cases.ts';

const agency = join(root, 'samples/sooprema/agency.json');
const agencyNext = join(root, 'samples/sooprema/agency-next.json');

let crm: TestCrm;
let other: Database;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-resume-'));
  crm = await openCrm('server');
  other = await openDatabase(crm.database.location.replace('postgres@', 'postgres:postgres@'));
});
afterAll(async () => {
  await other.close();
  await crm.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Use cases with small batches, and with what is said of the environment. */
const as = (account: string, environment: Partial<Environment> = {}) =>
  crm.as(account, { rowsPerBatch: 10, ...environment });

/** Imports until the stage has been heard of so many times, then is stopped as by Ctrl-C; gives the id of the run. */
async function interrupted(
  account: string,
  request: ImportRequest,
  { stage = 'applying', times = 4 }: { readonly stage?: string; readonly times?: number } = {},
): Promise<string> {
  const stop = new AbortController();
  let heard = 0;
  const useCases = as(account, {
    signal: stop.signal,
    progress: (progress) => {
      if (progress.stage === stage && ++heard === times) stop.abort();
    },
  });
  await expect(useCases.import(request)).rejects.toMatchObject({
    exitCode: 130,
    hint: expect.stringMatching(/tesoro-migrate resume [0-9a-f-]{36}/) as string,
  });
  const { runs } = await useCases.runs({ limit: 1 });
  expect(runs).toMatchObject([{ account, status: 'interrupted' }]);
  return runs[0]?.run ?? '';
}

const copyOf = (file: string, name: string) => {
  const copy = join(directory, name);
  copyFileSync(file, copy);
  return copy;
};

const stagingOf = async (account: string) =>
  (
    await crm.rows(
      `SELECT t.tablename FROM pg_tables t JOIN migration.runs r ON t.tablename LIKE 'r' || r.no || '\\_%'
         JOIN crm.accounts a ON a.id = r.account_id WHERE t.schemaname = 'staging' AND a.slug = $1`,
      [account],
    )
  ).length;

describe('what was interrupted', () => {
  it.each(['staging', 'planning', 'applying'])('while %s goes on to its end', async (stage) => {
    const account = `stopped-${stage}`;
    const run = await interrupted(account, { inputs: [agency] }, { stage, times: 1 });
    const seen = await as(account).status({ run });
    expect(seen).toMatchObject({ status: 'interrupted', exitCode: 130 });
    const document = await as(account).resume({ run });
    expect(document).toMatchObject({ run, status: 'complete', balanced: true, exitCode: 0 });
    expect(await as(account).resume({ run })).toEqual(document);
    expect(await as(account).resume({ run: 'last' })).toEqual(document);
    expect(await stagingOf(account)).toBe(0);
    expect((await as(account).verify({ inputs: [agency], limit: 10 })).verdict).toBe('pass');
  });

  it('is the import of a stored plan, too', async () => {
    const planned = await as('planned').preview({ inputs: [agency] });
    const stop = new AbortController();
    const progress: Environment['progress'] = ({ stage, done }) => {
      if (stage === 'applying' && done > 50) stop.abort();
    };
    const useCases = as('planned', { signal: stop.signal, progress });
    await expect(useCases.import({ run: planned.run })).rejects.toMatchObject({ exitCode: 130 });
    await expect(as('planned').import({ run: planned.run })).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining(`resume ${planned.run}`) as string,
    });
    const document = await as('planned').resume({ run: planned.run });
    expect(document.entities).toEqual(planned.entities);
  });

  it('does not go on with other files, mappings or versions of the tool', async () => {
    const file = copyOf(agency, 'changing.json');
    const mappings = join(directory, 'mappings');
    cpSync(join(root, 'mappings'), mappings, { recursive: true });
    const mapping = join(mappings, 'sooprema');
    const run = await interrupted('changing', { inputs: [file], mapping });
    const refused = (message: RegExp) => ({
      exitCode: 2,
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(/Import the files again/) as string,
    });
    copyFileSync(agencyNext, file);
    await expect(as('changing').resume({ run })).rejects.toMatchObject(
      refused(/The files changed/),
    );
    copyFileSync(agency, file);
    await expect(as('changing', { version: '9.9.9' }).resume({ run })).rejects.toMatchObject(
      refused(/version of the tool \(0\.0\.0, now 9\.9\.9\) changed/),
    );
    const contacts = join(mapping, 'contacts.yaml');
    const text = readFileSync(contacts, 'utf8');
    writeFileSync(
      contacts,
      text.replace('from: lastName, do: [name]', 'from: lastName, do: [trim]'),
    );
    await expect(as('changing').resume({ run })).rejects.toMatchObject(
      refused(/The mappings changed/),
    );
    writeFileSync(contacts, text);
    expect((await as('changing').resume({ run })).status).toBe('complete');
  });

  it('does not go on over a row that somebody changed, nor after another import', async () => {
    await as('edited').import({ inputs: [agency] });
    const run = await interrupted('edited', { inputs: [agencyNext] }, { times: 1 });
    await crm.rows(
      `UPDATE crm.properties p SET town = 'Elsewhere' FROM crm.accounts a WHERE a.id = p.account_id AND a.slug = 'edited'`,
    );
    await expect(as('edited').resume({ run })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/Rows of properties changed/) as string,
    });
    await as('edited').import({ inputs: [agencyNext] });
    expect(await stagingOf('edited')).toBe(0);
    await expect(as('edited').resume({ run })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/The CRM \(by the import [0-9a-f-]{36}\) changed/) as string,
    });
  });

  it('says kindly what cannot be gone on with', async () => {
    const useCases = as('kind');
    const preview = await useCases.preview({ inputs: [agency] });
    const refused = (message: RegExp, hint: RegExp) => ({
      exitCode: 2,
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    });
    await expect(useCases.resume({ run: preview.run })).rejects.toMatchObject(
      refused(/is a preview: it writes nothing/, /run the preview again/),
    );
    await useCases.import({ inputs: [agency] });
    const { run } = await useCases.verify({ inputs: [agency], limit: 1 });
    await expect(useCases.resume({ run })).rejects.toMatchObject(
      refused(/is a verification: it writes nothing/, /run the verification again/),
    );
    await crm.rows(
      `UPDATE migration.runs SET command = 'import', status = 'failed' WHERE id = $1`,
      [preview.run],
    );
    await expect(useCases.resume({ run: preview.run })).rejects.toMatchObject(
      refused(/has failed/, /Import the files again/),
    );
    await expect(useCases.resume({ run: 'ffffffff' })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('the hold on a run', () => {
  it('is lost to whoever takes the run over, who waits for what is under way', async () => {
    const run = await interrupted('held', { inputs: [agency] });
    const [{ no, attempt } = { no: 0, attempt: 0 }] = (await crm.rows(
      `UPDATE migration.runs SET status = 'running' WHERE id = $1 RETURNING no, attempt`,
      [run],
    )) as { no: number; attempt: number }[];
    const old = heldBy(crm.database, { runNo: no, attempt });
    const order: string[] = [];
    let taken: Promise<unknown> | undefined;
    await old.transaction(async (transaction) => {
      taken = as('held')
        .resume({ run })
        .then(() => order.push('gone on with'));
      // Long enough for the other to come as far as it can.
      await transaction.query(`SELECT pg_sleep(1)`);
      order.push('written');
    });
    await taken;
    expect(order).toEqual(['written', 'gone on with']);
    await expect(old.query(`UPDATE crm.people SET notes = 'late'`)).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringMatching(/Another process has taken over/) as string,
    });
  });
});

describe('a lost connection', () => {
  /** Use cases whose connections are ended by the server in the middle of a transaction that writes batches. */
  const losing = (account: string, which: string) => {
    let left = 12;
    const database: Database = wrapDatabase(crm.database, {
      transaction: (work) =>
        crm.database.transaction(async (transaction) => {
          const { rows } = await transaction.query(`SELECT 1 FROM migration.run_batches LIMIT 1`);
          if (rows.length > 0 && --left === 0) {
            await other.query(
              `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${which}`,
            );
          }
          return work(transaction);
        }),
    });
    // More batches than connections: some are waiting when one fails.
    const environment = { ...environmentOf(account), rowsPerBatch: 4 };
    return useCasesOver(createSession(environment, adapters, () => Promise.resolve(database)));
  };

  it('interrupts the import, which goes on', async () => {
    await expect(losing('lost', 'true').import({ inputs: [agency] })).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringMatching(/connection to the database was lost/) as string,
      hint: expect.stringMatching(/goes on with: tesoro-migrate resume/) as string,
    });
    const { runs } = await as('lost').runs({ limit: 1 });
    expect(runs[0]?.status).toBe('interrupted');
    const document = await as('lost').resume({ run: runs[0]?.run ?? '' });
    expect(document).toMatchObject({ status: 'complete', balanced: true });
    expect((await as('lost').verify({ inputs: [agency], limit: 10 })).verdict).toBe('pass');
  });

  it('of the lock alone harms nothing', async () => {
    const locked = `pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')`;
    expect(await losing('lockless', locked).import({ inputs: [agency] })).toMatchObject({
      status: 'complete',
      balanced: true,
    });
    expect((await as('lockless').verify({ inputs: [agency], limit: 10 })).verdict).toBe('pass');
  });
});

describe('the budget of rejects', () => {
  const oddities = join(root, 'samples/sooprema/oddities.json');

  it('is looked at on the plan, per table and entity, before anything is written', async () => {
    const useCases = as('budget');
    const preview = await useCases.preview({ inputs: [oddities] });
    const rejecting = Object.entries(preview.entities).filter(
      ([, { fates }]) => fates.rejected > 0,
    );
    const [table, counts] = rejecting[0] ?? ['', undefined];
    expect(counts?.fates.rejected).toBeGreaterThan(0);
    const tooMany = { entities: { [table]: { count: (counts?.fates.rejected ?? 0) - 1 } } };
    await expect(
      useCases.import({ inputs: [oddities], maxRejects: tooMany }),
    ).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(new RegExp(`of \\d+ ${table} would be rejected`)) as string,
    });
    expect((await useCases.runs({ limit: 1 })).runs[0]?.status).toBe('failed');
    expect(
      await crm.rows(
        `SELECT 1 FROM crm.people p JOIN crm.accounts a ON a.id = p.account_id WHERE a.slug = 'budget'`,
      ),
    ).toEqual([]);
    await expect(
      useCases.import({ inputs: [oddities], maxRejects: { entities: { peple: { count: 1 } } } }),
    ).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(/peple/) as string });
    const enough = { entities: { [table]: { count: counts?.fates.rejected } } };
    expect(await useCases.import({ inputs: [oddities], maxRejects: enough })).toMatchObject({
      status: 'complete',
      exitCode: 0,
    });
  });

  it('is looked at again when the database refuses rows, and can be raised to go on', async () => {
    const account = 'refusing';
    await crm.rows(`ALTER TABLE crm.people ADD CONSTRAINT refusing CHECK (last_name <> 'Refused')`);
    const text = readFileSync(agency, 'utf8').replace(
      /"lastName":\s*"[^"]*Demo"/g,
      '"lastName":"Refused"',
    );
    const file = join(directory, 'refused.json');
    writeFileSync(file, text);
    try {
      const stopped = await as(account)
        .import({ inputs: [file], maxRejects: { entities: { people: { count: 1 } } } })
        .then(
          () => undefined,
          (cause: unknown) => cause,
        );
      expect(stopped).toMatchObject({
        exitCode: 1,
        message: expect.stringMatching(
          /^2 of \d+ people are rejected, more than allowed/,
        ) as string,
        hint: expect.stringMatching(/resume [0-9a-f-]{36} --max-rejects/) as string,
      });
      const { runs } = await as(account).runs({ limit: 1 });
      const run = runs[0]?.run ?? '';
      expect(await as(account).status({ run })).toMatchObject({
        status: 'interrupted',
        exitCode: 1,
      });
      await expect(as(account).resume({ run })).rejects.toMatchObject({ exitCode: 1 });
      const document = await as(account).resume({ run, maxRejects: { share: 0.9 } });
      expect(document).toMatchObject({ status: 'complete', balanced: true, exitCode: 0 });
      expect(document.entities['people']?.fates.rejected).toBe(
        document.issues.byCode['REFUSED_BY_DATABASE'],
      );
      expect(document.entities['people']?.fates.rejected).toBeGreaterThan(1);
      expect((await as(account).verify({ inputs: [file], limit: 10 })).verdict).toBe('pass');
    } finally {
      await crm.rows(`ALTER TABLE crm.people DROP CONSTRAINT refusing`);
    }
  });
});
