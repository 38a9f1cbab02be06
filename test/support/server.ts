import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import { startServer } from '../../bench/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL server: `$TEST_DATABASE_URL`, or one started for this test run. */
    serverUrl: string;
    /** An embedded database that was created and closed: making one takes seconds, copying it does not. */
    embeddedTemplate: string;
  }
}

/** Prepares one database of each kind for the whole test run; each test makes its own from them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'tesoro-template-'));
  const template = join(directory, 'db');
  await (await PGlite.create(template)).close();
  project.provide('embeddedTemplate', template);
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startServer() : undefined;
  project.provide('serverUrl', server?.url ?? given ?? '');
  return async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
