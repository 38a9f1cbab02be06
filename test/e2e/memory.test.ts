// Memory is bounded by batches, never by the input: an export of 40 MB in a heap of 128.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunDocument, VerifyDocument } from '../../src/run/documents.ts';
import { run, startBuilt } from '../support/cli.ts';
import { migratedDatabase, type TestLocation } from '../support/databases.ts';

let place: TestLocation;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-memory-'));
  place = await migratedDatabase('server');
});
afterAll(async () => {
  await place.remove();
  rmSync(directory, { recursive: true, force: true });
});

it('imports and verifies an export that is larger than its memory could hold', async () => {
  const file = join(directory, 'agency.json');
  const generated = await startBuilt('dist/bench/generate.js', ['185', file]).ended;
  const records = Number(/(\d+) records/.exec(generated.stdout)?.[1]);
  expect(statSync(file).size).toBeGreaterThan(40e6);

  const small = { node: ['--max-old-space-size=128'] };
  const to = ['--db', place.location, '--json', '--quiet'];
  const imported = await run(['import', file, ...to], small);
  expect(imported.exitCode, imported.stderr).toBe(0);
  const document = JSON.parse(imported.stdout) as RunDocument;
  expect(document).toMatchObject({ status: 'complete', balanced: true });
  expect(Object.values(document.records).reduce((sum, { read }) => sum + read, 0)).toBe(records);

  const verified = await run(['verify', '--run', document.run, ...to], small);
  expect(verified.exitCode, verified.stderr).toBe(0);
  expect((JSON.parse(verified.stdout) as VerifyDocument).verdict).toBe('pass');
}, 600_000);
