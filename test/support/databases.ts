import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { scratch } from './scratch.ts';

/** A place for a database, as `--db` takes it, and how to remove it. */
export interface TestLocation {
  readonly location: string;
  remove(): Promise<void>;
}

/** The two kinds of database that every promise holds on. */
export const databaseKinds = ['embedded', 'server'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** A fresh, empty database of a kind: nothing of ours is in it, not even the schema. */
export async function freshDatabase(kind: DatabaseKind): Promise<TestLocation> {
  return kind === 'embedded'
    ? freshDirectory(inject('embeddedTemplate'))
    : freshServerDatabase('template1');
}

/** A fresh database of a kind that has the schema: copying it takes a tenth of making it. */
export async function migratedDatabase(kind: DatabaseKind): Promise<TestLocation> {
  return kind === 'embedded'
    ? freshDirectory(inject('migratedTemplate'))
    : freshServerDatabase(inject('migratedName'));
}

function freshDirectory(template: string): Promise<TestLocation> {
  const directory = mkdtempSync(join(scratch, 'tesoro-db-'));
  cpSync(template, join(directory, 'db'), { recursive: true });
  return Promise.resolve({
    location: join(directory, 'db'),
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

async function freshServerDatabase(template: string): Promise<TestLocation> {
  const url = new URL(inject('serverUrl'));
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(url.href, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const own = new URL(url.href);
  own.pathname = `/${name}`;
  return {
    location: own.href,
    remove: () => onServer(url.href, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
