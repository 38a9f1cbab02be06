// Records that did not come in at once: parked ones that arrive with their parents, rejected ones that are retried.
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderRunText } from '../../src/report/text.ts';
import type { RunDocument } from '../../src/run/documents.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
let directory: string;
beforeAll(async () => {
  crm = await openCrm('server');
  directory = mkdtempSync(join(tmpdir(), 'tesoro-replay-'));
});
afterAll(async () => {
  await crm.close();
  rmSync(directory, { recursive: true, force: true });
});

type Item = Readonly<Record<string, unknown>> & { readonly id: number };

/** A small export of Sooprema. */
function exportOf(name: string, entities: Readonly<Record<string, readonly Item[]>>): string {
  const collections = Object.fromEntries(
    Object.entries(entities).map(([entity, items]): [string, object] => [
      entity,
      { info: { count: items.length }, items },
    ]),
  );
  const file = join(directory, name);
  const info = {
    count: Object.values(entities).flat().length,
    format: 'agency-export',
    version: 1,
    generated: '2026-01-01 00:00:00',
    timezone: 'Europe/Madrid',
  };
  writeFileSync(
    file,
    JSON.stringify({
      response: { status: 'ok', results: { info, ...collections } },
    }),
  );
  return file;
}

const contact = (id: number, rest: object = {}): Item => ({
  id,
  isDeleted: 0,
  roles: ['buyer'],
  firstName: 'Eva',
  lastName: 'Prueba',
  email: `eva${id}@example.com`,
  mobile: '+34 600 000 001',
  ...rest,
});
const demand = (id: number, contactId: number): Item => ({
  id,
  isDeleted: 0,
  contactId,
  status: 'new',
  salesPriceMax: '200000',
});
const deal = (id: number, ...contacts: number[]): Item => ({
  id,
  isDeleted: 0,
  side: 'buy',
  stage: 'offer',
  contacts: contacts.map((contactId, index) => ({ contactId, role: index === 0 ? 'main' : 'co' })),
});

/** Fates that are not zero. */
const fatesOf = (counts: RunDocument['records']) =>
  Object.fromEntries(
    Object.entries(counts).map(([name, { fates }]) => [
      name,
      Object.fromEntries(Object.entries(fates).filter(([, n]) => n > 0)),
    ]),
  );

it('brings in what waited when a later file has only its parent, and what waited for that', async () => {
  const useCases = crm.as('parents');
  const children = exportOf('children.json', {
    demands: [demand(1, 7), demand(2, 8)],
    deals: [deal(5, 7, 9)],
  });
  const first = await useCases.import({ inputs: [children] });
  expect(fatesOf(first.records)).toEqual({ demands: { parked: 2 }, deals: { created: 1 } });
  expect(fatesOf(first.entities)['deal_people']).toEqual({ parked: 2 });
  expect(first.rejects).toEqual({ kept: 2, later: {}, open: 2, runs: [] });

  const parents = exportOf('parents.json', { contacts: [contact(7)] });
  const preview = await useCases.preview({ inputs: [parents] });
  const second = await useCases.import({ inputs: [parents] });
  // What was read, and beside it what waited: each adds up for itself.
  expect(fatesOf(second.records)).toEqual({ contacts: { created: 1 } });
  expect(fatesOf(second.waiting.records)).toEqual({
    demands: { created: 1 },
    deals: { unchanged: 1 },
  });
  expect(fatesOf(second.waiting.entities)).toEqual({
    leads: { created: 1 },
    deals: { unchanged: 1 },
    deal_people: { created: 1, parked: 1 },
  });
  expect(second).toMatchObject({ balanced: true, waiting: preview.waiting });
  expect(renderRunText(second, { color: false })).toMatch(/waited/);
  const status = await useCases.status({ run: first.run });
  expect(status.rejects).toEqual({ kept: 2, later: { created: 1 }, open: 1, runs: [second.run] });
  expect(await useCases.verify({ inputs: [children], limit: 10 })).toMatchObject({
    verdict: 'pass',
  });

  // The rest comes with the rest of the parents, and then nothing waits any more.
  const rest = exportOf('rest.json', { contacts: [contact(8), contact(9)] });
  const third = await useCases.import({ inputs: [rest] });
  expect(fatesOf(third.waiting.entities)).toEqual({
    leads: { created: 1 },
    deals: { unchanged: 1 },
    deal_people: { unchanged: 1, created: 1 },
  });
  const again = await useCases.import({ inputs: [rest] });
  expect(again.waiting).toEqual({ records: {}, entities: {} });
  expect(await useCases.verify({ inputs: [children], limit: 10 })).toMatchObject({
    verdict: 'pass',
    counts: expect.arrayContaining([
      expect.objectContaining({ entity: 'deal_people', accounted: {} }),
    ]) as unknown,
  });
});

it('lets a record of the input take the place of the same record that waits', async () => {
  const useCases = crm.as('newer');
  await useCases.import({ inputs: [exportOf('old.json', { demands: [demand(1, 7)] })] });
  const newer = { ...demand(1, 7), salesPriceMax: '300000' };
  const second = await useCases.import({
    inputs: [exportOf('new.json', { contacts: [contact(7)], demands: [newer] })],
  });
  expect(second.waiting.records).toEqual({});
  expect(
    await crm.rows(
      `SELECT price_max::text AS price FROM crm.leads l JOIN crm.accounts a ON a.id = l.account_id WHERE a.slug = 'newer'`,
    ),
  ).toEqual([{ price: '300000' }]);
});

it('does not bring back what waited in a run that was undone', async () => {
  const useCases = crm.as('undone');
  const first = await useCases.import({
    inputs: [exportOf('undone.json', { demands: [demand(1, 7)] })],
  });
  await useCases.rollback({ run: first.run, preview: false, limit: 10 });
  const parents = exportOf('parents-undone.json', { contacts: [contact(7)] });
  const second = await useCases.import({ inputs: [parents] });
  expect(second.waiting.records).toEqual({});
});

it('takes back with an import what waited for it, so that it waits again', async () => {
  const useCases = crm.as('waits-again');
  const first = await useCases.import({
    inputs: [exportOf('again.json', { demands: [demand(1, 7)] })],
  });
  const parents = exportOf('parents-again.json', { contacts: [contact(7)] });
  const second = await useCases.import({ inputs: [parents] });
  expect(fatesOf(second.waiting.records)).toEqual({ demands: { created: 1 } });
  await useCases.rollback({ run: second.run, preview: false, limit: 10 });
  expect((await useCases.status({ run: first.run })).rejects.open).toBe(1);
  const third = await useCases.import({ inputs: [parents] });
  expect(fatesOf(third.waiting.records)).toEqual({ demands: { created: 1 } });
});

it('retries what was rejected after the mapping was corrected, with the same identity', async () => {
  const useCases = crm.as('retried');
  const file = exportOf('strict.json', {
    contacts: [contact(1), contact(2, { email: '' }), contact(3, { email: '', mobile: '' })],
    demands: [demand(1, 2)],
  });
  const first = await useCases.import({ inputs: [file], requirements: 'strict' });
  expect(fatesOf(first.records)).toEqual({
    contacts: { created: 1, rejected: 2 },
    demands: { parked: 1 },
  });

  // Nothing was corrected, so it ends as before; the records are not lost on the way.
  const vain = await useCases.retry({ run: first.run });
  expect(vain).toMatchObject({ command: 'retry', of: first.run, status: 'complete', exitCode: 0 });
  expect(fatesOf(vain.records)).toEqual({ contacts: { rejected: 2 }, demands: { parked: 1 } });
  const status = await useCases.status({ run: first.run });
  expect(status.rejects).toEqual({
    kept: 3,
    later: { rejected: 2, parked: 1 },
    open: 3,
    runs: [vain.run],
  });

  const second = await useCases.retry({ run: first.run, requirements: 'lenient' });
  expect(fatesOf(second.records)).toEqual({ contacts: { created: 2 }, demands: { created: 1 } });
  expect((await useCases.status({ run: first.run })).rejects).toEqual({
    kept: 3,
    later: { created: 3 },
    open: 0,
    runs: [second.run],
  });
  // As if all had come in at once.
  expect(await useCases.import({ inputs: [file], requirements: 'lenient' })).toMatchObject({
    entities: { people: { fates: { unchanged: 3 } }, leads: { fates: { unchanged: 1 } } },
  });
  expect(fatesOf((await useCases.retry({ run: first.run })).records)).toEqual({});
});

it('retries a file of rejects with corrections, and verifies the first file afterwards', async () => {
  const useCases = crm.as('corrected');
  const file = exportOf('wrong.json', {
    contacts: [contact(1), contact(2, { email: '' })],
    demands: [demand(1, 2)],
  });
  const first = await useCases.import({ inputs: [file], requirements: 'strict' });
  const { content } = await useCases.rejects({ run: first.run });
  const rejects = join(directory, 'rejects.json');
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  writeFileSync(rejects, Buffer.concat(pieces));
  const corrected = readFileSync(rejects, 'utf8').replace(
    /"email":\s*""/,
    '"email": "corrected@example.com"',
  );
  writeFileSync(rejects, corrected);
  const second = await useCases.retry({ run: first.run, file: rejects });
  expect(fatesOf(second.records)).toEqual({ contacts: { created: 1 }, demands: { created: 1 } });
  expect(
    await crm.rows(
      `SELECT source_id AS id, email FROM migration.id_map m JOIN crm.accounts a ON a.id = m.account_id
         JOIN crm.people p ON p.id = m.target_id WHERE a.slug = 'corrected' ORDER BY 1`,
    ),
  ).toEqual([
    { id: '1', email: 'eva1@example.com' },
    { id: '2', email: 'corrected@example.com' },
  ]);
  const verified = await useCases.verify({ inputs: [file], requirements: 'strict', limit: 10 });
  expect(verified).toMatchObject({ verdict: 'pass' });
  expect(verified.counts.find(({ entity }) => entity === 'people')).toMatchObject({
    source: { active: 2 },
    crm: { active: 1 },
    accounted: { retried: 1 },
  });
});

it('retries only what a complete import left out', async () => {
  const useCases = crm.as('refused');
  const file = exportOf('refused.json', { contacts: [contact(1)] });
  const preview = await useCases.preview({ inputs: [file] });
  await expect(useCases.retry({ run: preview.run })).rejects.toMatchObject({ exitCode: 2 });
  const { run } = await useCases.import({ inputs: [file] });
  const empty = await useCases.retry({ run });
  expect(empty).toMatchObject({ records: {}, exitCode: 0 });
  await expect(useCases.verify({ inputs: [], run: empty.run, limit: 1 })).rejects.toMatchObject({
    exitCode: 2,
    hint: new RegExp(run),
  });
  await useCases.rollback({ run: 'last', preview: false, limit: 1 });
  await useCases.rollback({ run, preview: false, limit: 1 });
  await expect(useCases.retry({ run })).rejects.toMatchObject({ exitCode: 2 });
});
