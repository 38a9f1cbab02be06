// Where there are processors to spare, threads share the records of a large input: nothing is lost between them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { exportPieces, recordCount } from '../../bench/agency.ts';
import type { CreateUseCases } from '../../src/run/contract.ts';
import { createIdSource } from '../../src/run/new-id.ts';
import { root } from '../support/cli.ts';
import { freshDatabase, type TestLocation } from '../support/databases.ts';

// Just above what is worth threads.
const copies = 42;

let place: TestLocation;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tesoro-threads-'));
  place = await freshDatabase('server');
});
afterAll(async () => {
  await place.remove();
  rmSync(directory, { recursive: true, force: true });
});

it('imports every record once with four processors', async () => {
  const file = join(directory, 'agency.json');
  writeFileSync(file, [...exportPieces(copies)].join(''));
  // Threads run what is built.
  const built = z
    .object({ createUseCases: z.custom<CreateUseCases>((found) => typeof found === 'function') })
    .parse(await import(pathToFileURL(join(root, 'dist/src/run/index.js')).href));
  const useCases = built.createUseCases({
    database: place.location,
    account: {
      slug: 'threads',
      defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
    },
    version: '1.2.3',
    now: () => new Date(),
    processors: 4,
    newId: createIdSource(),
    progress: () => undefined,
    signal: new AbortController().signal,
    standardInput: (async function* () {})(),
  });
  try {
    const imported = await useCases.import({ inputs: [file] });
    expect(imported).toMatchObject({ status: 'complete', balanced: true });
    expect(Object.values(imported.records).reduce((sum, { read }) => sum + read, 0)).toBe(
      recordCount(copies),
    );
    expect(await useCases.verify({ inputs: [], run: imported.run, limit: 5 })).toMatchObject({
      verdict: 'pass',
    });
  } finally {
    await useCases.close();
  }
});
