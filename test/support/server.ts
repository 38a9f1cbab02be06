import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';
import pg from 'pg';
import { startServer } from '../../bench/server.ts';
import { schemaMigrations } from '../../src/crm/migrations/index.ts';
import { migrateSchema } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { scratch } from './scratch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A real PostgreSQL server: `$TEST_DATABASE_URL`, or one started for this test run. */
    serverUrl: string;
    /** An embedded database that was created and closed: making one takes seconds, copying it does not. */
    embeddedTemplate: string;
    /** The same, with the schema. */
    migratedTemplate: string;
    /** Name of a database of the server with the schema, to be copied. */
    migratedName: string;
  }
}

/** Prepares one database of each kind for the whole test run; each test makes its own from them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(scratch, 'tesoro-template-'));
  const template = join(directory, 'db');
  await (await PGlite.create(template)).close();
  project.provide('embeddedTemplate', template);
  const given = process.env['TEST_DATABASE_URL'];
  const server =
    given === undefined ? await startServer({ durable: false, under: scratch }) : undefined;
  const url = server?.url ?? given ?? '';
  project.provide('serverUrl', url);

  const migrated = join(directory, 'migrated');
  cpSync(template, migrated, { recursive: true });
  await migrate(migrated);
  project.provide('migratedTemplate', migrated);
  const name = `template_${randomUUID().replaceAll('-', '')}`;
  await say(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  await migrate(own.href);
  project.provide('migratedName', name);
  return async () => {
    await say(url, `DROP DATABASE ${name} WITH (FORCE)`);
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

async function migrate(location: string): Promise<void> {
  const database = await openDatabase(location);
  await migrateSchema(database, schemaMigrations);
  await database.close();
}

async function say(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
