// Undoing imports, as the command line does it.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tableNames } from '../../src/crm/column.ts';
import { tables } from '../../src/crm/tables.ts';
import { renderRollbackText, renderRunText } from '../../src/report/text.ts';
import { root } from '../support/cli.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

const agency = join(root, 'samples/sooprema/agency.json');
const agencyNext = join(root, 'samples/sooprema/agency-next.json');
const feed = join(root, 'samples/kyero/feed.xml');

let crm: TestCrm;
beforeAll(async () => {
  crm = await openCrm('server');
});
afterAll(async () => {
  await crm.close();
});

/** Every row of an account, whole. */
const contentOf = async (account: string) => {
  const lists = await Promise.all(
    tableNames.map((table) =>
      crm.rows(
        `SELECT to_jsonb(c) AS row FROM crm.${table} c JOIN crm.accounts a ON a.id = c.account_id WHERE a.slug = $1 ORDER BY c.id`,
        [account],
      ),
    ),
  );
  return Object.fromEntries(tableNames.map((table, index) => [table, lists[index]]));
};

it('undoes the last import, then the one before, and does what its preview said', async () => {
  const useCases = crm.as('agency');
  const first = await useCases.import({ inputs: [agency] });
  const before = await contentOf('agency');
  const second = await useCases.import({ inputs: [agencyNext] });

  await expect(
    useCases.rollback({ run: first.run, preview: false, limit: 10 }),
  ).rejects.toMatchObject({ exitCode: 2, message: new RegExp(second.run), hint: /rollback/ });

  const after = await contentOf('agency');
  const preview = await useCases.rollback({ run: second.run, preview: true, limit: 10 });
  expect(preview).toMatchObject({ status: 'complete', preview: true, exitCode: 0 });
  expect(await contentOf('agency')).toEqual(after);
  const done = await useCases.rollback({ run: second.run, preview: false, limit: 10 });
  expect(done).toMatchObject({ status: 'rolled-back', exitCode: 0, tables: preview.tables });
  expect(await contentOf('agency')).toEqual(before);
  expect(await useCases.verify({ inputs: [agency], limit: 10 })).toMatchObject({ verdict: 'pass' });

  const status = await useCases.status({ run: second.run });
  expect(status).toMatchObject({ status: 'rolled-back', rollback: { tables: done.tables } });
  expect(renderRunText(status, { color: false })).toMatch(/This import was undone/);
  const { runs } = await useCases.runs({ limit: 2 });
  expect(runs).toMatchObject([{ command: 'verify' }, { command: 'rollback', status: 'complete' }]);
  expect((await useCases.status({ run: 'last' })).run).toBe(second.run);

  await useCases.rollback({ run: first.run, preview: false, limit: 10 });
  expect(Object.values(await contentOf('agency')).flat()).toEqual([]);
  const again = await useCases.import({ inputs: [agency] });
  expect(again.entities).toEqual(first.entities);
});

it('lists what a person has edited since, by its source id and field', async () => {
  const useCases = crm.as('edited');
  const { run } = await useCases.import({ inputs: [feed] });
  const [listing] = await crm.rows(
    `UPDATE crm.properties p SET price = 1 FROM (
       SELECT m.target_id, m.source_id FROM migration.id_map m JOIN crm.accounts a ON a.id = m.account_id
        WHERE a.slug = 'edited' AND m.target_table = 'properties' ORDER BY m.source_id LIMIT 1) m
      WHERE p.id = m.target_id RETURNING p.id::text, m.source_id AS "sourceId"`,
  );
  const document = await useCases.rollback({ run, preview: false, limit: 10 });
  expect(document).toMatchObject({ status: 'rolled-back', exitCode: 1 });
  // Whoever the listing refers to has to stay as well.
  expect(document.left.filter(({ entity }) => entity === 'properties')).toEqual([
    {
      entity: 'properties',
      sourceId: listing?.['sourceId'],
      id: listing?.['id'],
      reason: 'edited',
      fields: ['price'],
    },
  ]);
  expect(renderRollbackText(document, { color: false })).toMatch(
    /edited in the CRM since \(price\)/,
  );
  const rest = await contentOf('edited');
  expect(rest['properties']).toHaveLength(1);
  expect(rest['property_images']).toEqual([]);
});

it('refuses what wrote nothing, and lets nothing be written over a rollback that was stopped', async () => {
  const useCases = crm.as('stopped');
  const preview = await useCases.preview({ inputs: [feed] });
  await expect(
    useCases.rollback({ run: preview.run, preview: false, limit: 10 }),
  ).rejects.toMatchObject({ exitCode: 2 });

  const { run } = await useCases.import({ inputs: [feed] });
  const planned = await useCases.preview({ inputs: [feed] });
  const stop = new AbortController();
  const stopped = crm.as('stopped', {
    rowsPerBatch: 3,
    signal: stop.signal,
    progress: ({ stage }) => {
      if (stage === 'undoing') stop.abort();
    },
  });
  await expect(stopped.rollback({ run, preview: false, limit: 10 })).rejects.toMatchObject({
    exitCode: 130,
    hint: expect.stringContaining(`rollback ${run}`) as string,
  });
  expect((await useCases.status({ run })).status).toBe('rolling-back');
  await expect(useCases.import({ inputs: [feed] })).rejects.toMatchObject({
    exitCode: 2,
    hint: expect.stringContaining(`rollback ${run}`) as string,
  });
  await useCases.rollback({ run, preview: false, limit: 10 });
  expect(Object.values(await contentOf('stopped')).flat()).toEqual([]);
  // What was planned on top of it no longer holds.
  await expect(useCases.import({ run: planned.run })).rejects.toMatchObject({ exitCode: 2 });
  expect(await crm.rows(`SELECT tablename FROM pg_tables WHERE tablename LIKE 'r%undo'`)).toEqual(
    [],
  );
});

it('has its columns declared in the order in which the database got them, as imprints need it', async () => {
  for (const table of tableNames) {
    const rows = await crm.rows(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'crm' AND table_name = $1 ORDER BY ordinal_position`,
      [table],
    );
    const own = Object.keys(tables[table].columns);
    expect(rows.map(({ name }) => String(name)).filter((name) => own.includes(name))).toEqual(own);
  }
});
