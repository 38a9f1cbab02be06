// The server as a process: the link for the first admin, a kill in the middle of an import, and a polite end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importSchema, previewCountsSchema, runSchema } from '../../src/web/api.ts';
import { migratedDatabase, type TestLocation } from '../support/databases.ts';
import { run, start, type Started } from '../support/cli.ts';
import { Visitor } from '../support/web.ts';

const rows = 500;
const contacts =
  'First name,Last name,E-mail,Mobile,Agent e-mail\n' +
  Array.from(
    { length: rows },
    (_, n) =>
      `Ana,Prueba,p${String(n)}@example.com,+3461${String(1_000_000 + n)},ana@agency.example\n`,
  ).join('');

let place: TestLocation;
let uploads: string;

beforeAll(async () => {
  place = await migratedDatabase('embedded');
  uploads = mkdtempSync(join(tmpdir(), 'tesoro-uploads-'));
});
afterAll(async () => {
  await place.remove();
  rmSync(uploads, { recursive: true, force: true });
});

/** Starts the built server; gives its address, and the token of its first admin where there is one. */
async function serve(
  says = /Serving http\S+\n/,
): Promise<{ started: Started; base: string; token: string | undefined }> {
  const flags = ['--db', place.location, '--port', '0', '--uploads', uploads, '--account', 'costa'];
  const started = start(['serve', ...flags]);
  let said = '';
  started.child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  await started.said(says);
  return {
    started,
    base: /Serving (http\S+)/.exec(said)?.[1] ?? '',
    token: /#token=(\S+)/.exec(said)?.[1],
  };
}

it('goes on after it was killed in the middle of an import, and ends politely', async () => {
  // The link comes after the address, where nobody can sign in yet.
  const first = await serve(/#token=\S+\n/);
  expect(first.token).toMatch(/^tesoro_/);
  const visitor = await new Visitor(first.base).signIn(first.token ?? '');
  const id = await visitor.begin('contacts', 'contacts.csv', contacts);
  expect((await visitor.check(id)).state).toBe('checked');
  const shown = await visitor.get(previewCountsSchema, 'GET', `/imports/${id}/counts`);
  expect(shown.fates.created).toBe(rows);
  const held = await run(['runs', '--db', place.location]);
  expect(held.stderr).toContain('in use by process');
  await visitor.get(importSchema, 'POST', `/imports/${id}/import`);
  for (;;) {
    const { job } = await visitor.get(importSchema, 'GET', `/imports/${id}`);
    if (job === null || job.progress?.stage === 'applying') break;
  }
  first.started.child.kill('SIGKILL');
  await first.started.ended;

  const second = await serve();
  expect(second.token).toBeUndefined();
  const again = await new Visitor(second.base).signIn(first.token ?? '');
  const found = await again.get(importSchema, 'GET', `/imports/${id}`);
  expect(['checked', 'interrupted', 'imported']).toContain(found.state);
  if (found.state === 'checked') await again.import(id);
  if (found.state === 'interrupted') {
    await again.get(runSchema, 'POST', `/runs/${found.run ?? ''}/resume`);
    await again.settledRun(found.run ?? '');
  }
  const done = await again.get(importSchema, 'GET', `/imports/${id}`);
  expect(done).toMatchObject({ state: 'imported', failure: null });
  const imported = await again.get(runSchema, 'GET', `/runs/${done.run ?? ''}`);
  expect(imported).toMatchObject({ balanced: true, asPreviewed: true });
  expect(imported.records['contacts']?.fates['created']).toBe(rows);

  second.started.child.kill('SIGTERM');
  const { exitCode } = await second.started.ended;
  expect(exitCode).toBe(0);
  const { stdout } = await run(['token', 'list', '--db', place.location, '--account', 'costa']);
  expect(stdout).toContain('admin');
});
