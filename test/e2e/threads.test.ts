// Where there is a processor to spare, a thread of its own reads a large input: nothing is lost between the two.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { exportPieces, recordCount } from '../../bench/agency.ts';
import type { CreateUseCases, UseCases } from '../../src/run/contract.ts';
import { createIdSource } from '../../src/run/new-id.ts';
import { root } from '../support/cli.ts';
import { migratedDatabase, type TestLocation } from '../support/databases.ts';

// Just above what is worth a thread.
const copies = 42;

let place: TestLocation;
let directory: string;
let useCases: UseCases;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-threads-'));
  place = await migratedDatabase('server');
  // A thread runs what is built.
  const built = z
    .object({ createUseCases: z.custom<CreateUseCases>((found) => typeof found === 'function') })
    .parse(await import(pathToFileURL(join(root, 'dist/src/run/index.js')).href));
  useCases = built.createUseCases({
    database: place.location,
    account: {
      slug: 'threads',
      defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
    },
    version: '1.2.3',
    now: () => new Date(),
    processors: 2,
    newId: createIdSource(),
    progress: () => undefined,
    signal: new AbortController().signal,
    standardInput: (async function* () {})(),
  });
});
afterAll(async () => {
  await useCases.close();
  await place.remove();
  rmSync(directory, { recursive: true, force: true });
});

const text = [...exportPieces(copies)].join('');

it('imports every record once, read by another thread', async () => {
  const file = join(directory, 'agency.json');
  writeFileSync(file, text);
  const imported = await useCases.import({ inputs: [file] });
  expect(imported).toMatchObject({ status: 'complete', balanced: true });
  expect(Object.values(imported.records).reduce((sum, { read }) => sum + read, 0)).toBe(
    recordCount(copies),
  );
  expect(await useCases.verify({ inputs: [], run: imported.run, limit: 5 })).toMatchObject({
    verdict: 'pass',
  });
});

it('says where a file ends too early, whichever thread reads it', async () => {
  const file = join(directory, 'half.json');
  writeFileSync(file, text.slice(0, -1_000));
  await expect(useCases.preview({ inputs: [file] })).rejects.toThrow(
    /half\.json, line \d+, column \d+: the document ends before it is complete/,
  );
});
