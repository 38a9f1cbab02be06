import { v7 } from 'uuid';
import { adapters } from '../../adapters/index.ts';
import { tableNames } from '../../src/crm/column.ts';
import { schemaMigrations } from '../../src/crm/migrations/index.ts';
import type { Database, Row } from '../../src/database/contract.ts';
import { migrateSchema } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import type { Environment, UseCases } from '../../src/run/contract.ts';
import { useCasesOver } from '../../src/run/index.ts';
import { createSession } from '../../src/run/session.ts';
import { migratedDatabase, type DatabaseKind } from './databases.ts';

/** A CRM for a file of tests: opened once, every test in an account of its own. */
export interface TestCrm {
  readonly database: Database;
  /** The use cases as the command line has them, in an account. */
  as(account: string, environment?: Partial<Environment>): UseCases;
  rows(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Which version of which row there is in each table of an account: equal before and after means untouched. */
  versions(account: string): Promise<Readonly<Record<string, readonly Row[]>>>;
  close(): Promise<void>;
}

/** Opens an empty CRM of a kind, its schema up to date. */
export async function openCrm(kind: DatabaseKind): Promise<TestCrm> {
  const place = await migratedDatabase(kind);
  const database = await openDatabase(place.location);
  await migrateSchema(database, schemaMigrations);
  const rows: TestCrm['rows'] = async (sql, parameters) =>
    (await database.query(sql, parameters)).rows;
  return {
    database,
    rows,
    as: (account, environment = {}) =>
      useCasesOver(
        createSession({ ...environmentOf(account), ...environment }, adapters, () =>
          Promise.resolve(database),
        ),
      ),
    versions: async (account) => {
      const found: Record<string, readonly Row[]> = {};
      for (const table of tableNames) {
        found[table] = await rows(
          `SELECT c.id::text, c.xmin::text FROM crm.${table} c JOIN crm.accounts a ON a.id = c.account_id
            WHERE a.slug = $1 ORDER BY c.id`,
          [account],
        );
      }
      return found;
    },
    close: async () => {
      await database.close();
      await place.remove();
    },
  };
}

/** An environment whose clock and ids are real, and which has no standard input. */
export function environmentOf(account: string): Environment {
  return {
    database: 'open already',
    account: {
      slug: account,
      defaults: { country: 'ES', language: 'es', currency: 'EUR', timezone: 'Europe/Madrid' },
    },
    version: '0.0.0',
    now: () => new Date(),
    newId: () => v7(),
    progress: () => undefined,
    signal: new AbortController().signal,
    standardInput: nothing(),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield* [];
}
