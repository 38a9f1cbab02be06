import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import pgliteClient from 'knex-pglite';
import type { PGlite } from '@electric-sql/pglite';
import { type Transaction } from '@electric-sql/pglite';
import type { Database, Queryable, QueryResult, Row } from './contract.ts';
import { TargetError } from '../model/errors.ts';
import { lockDirectory } from './directory-lock.ts';
import { holdsDatabase, openDurable, syncTree } from './durable-directory.ts';
import { pagesOf } from './cursor.ts';
import { copySql } from './sql.ts';
import { targetError } from './statement-error.ts';

/**
 * Opens the embedded database in a directory, creating it if need be; one process at a time.
 * Throws TargetError when another process holds it.
 */
export async function openEmbedded(directory: string): Promise<EmbeddedDatabase> {
  const lock = await lockDirectory(directory);
  try {
    // PGlite sets an exit code of its own when the embedded server ends.
    const exitCode = process.exitCode;
    const pglite = await openOrCreate(directory);
    process.exitCode = exitCode;
    return new EmbeddedDatabase(pglite, directory, () => {
      lock.release();
    });
  } catch (cause) {
    lock.release();
    throw targetError(cause, `Opening the embedded database ${directory}`);
  }
}

/**
 * Opens a database, or makes one. While it is made, a mark stands beside it (`<directory>.making`), so that what a
 * process leaves that dies in the making is not taken for a database, but made anew.
 */
async function openOrCreate(directory: string): Promise<PGlite> {
  const mark = `${directory.replace(/\/+$/, '')}.making`;
  if (existsSync(mark)) {
    for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  }
  if (holdsDatabase(directory)) return openDurable(directory);
  mkdirSync(directory, { recursive: true });
  if (readdirSync(directory).length > 0) {
    throw new TargetError(`The directory ${directory} holds something else than a database.`, {
      hint: 'Name an empty directory in --db, or one that is not there yet.',
    });
  }
  writeFileSync(mark, '', { flush: true });
  const pglite = await openDurable(directory);
  syncTree(directory);
  rmSync(mark);
  return pglite;
}

/** PGlite behind the database interface. */
export class EmbeddedDatabase implements Database {
  readonly kind = 'embedded';
  readonly location: string;
  readonly #pglite: PGlite;
  readonly #release: () => void;
  readonly #locks = new Set<string>();

  constructor(pglite: PGlite, location: string, release: () => void) {
    this.#pglite = pglite;
    this.location = location;
    this.#release = release;
  }

  query(sql: string, parameters?: readonly unknown[]): Promise<QueryResult> {
    return queryOn(this.#pglite, sql, parameters);
  }

  copyIn(table: string, columns: readonly string[], data: Uint8Array): Promise<number> {
    return copyOn(this.#pglite, table, columns, data);
  }

  async transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    try {
      return await this.#pglite.transaction((transaction) =>
        work({
          query: (sql, parameters) => queryOn(transaction, sql, parameters),
          copyIn: (table, columns, data) => copyOn(transaction, table, columns, data),
        }),
      );
    } catch (cause) {
      // Errors of `work` pass unchanged; only a failing COMMIT is the driver's.
      if (cause instanceof Error && 'severity' in cause) throw targetError(cause, 'Committing');
      throw cause;
    }
  }

  stream(sql: string, pageSize?: number): AsyncIterable<readonly Row[]> {
    return pagesOf(this, sql, pageSize);
  }

  withKnex<Result>(work: (knex: Knex) => Promise<Result>): Promise<Result> {
    // Not destroyed afterwards: that would close the embedded database.
    return work(
      knexFactory({ client: pgliteClient, connection: { pglite: this.#pglite } as object }),
    );
  }

  async withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result | undefined> {
    // The directory is open in this process only, so a lock in memory is a lock.
    if (this.#locks.has(name)) return undefined;
    this.#locks.add(name);
    try {
      return await work();
    } finally {
      this.#locks.delete(name);
    }
  }

  isLocked(name: string): Promise<boolean> {
    return Promise.resolve(this.#locks.has(name));
  }

  async close(): Promise<void> {
    const exitCode = process.exitCode;
    await this.#pglite.close();
    process.exitCode = exitCode;
    this.#release();
  }
}

async function queryOn(
  target: PGlite | Transaction,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<QueryResult> {
  try {
    const result = await target.query<Row>(sql, [...parameters]);
    return { rows: result.rows, affected: result.affectedRows ?? 0 };
  } catch (cause) {
    throw targetError(cause, 'A statement failed');
  }
}

async function copyOn(
  target: PGlite | Transaction,
  table: string,
  columns: readonly string[],
  data: Uint8Array,
): Promise<number> {
  try {
    const blob = new Blob([new Uint8Array(data)]);
    const result = await target.query(copySql(table, columns, `'/dev/blob'`), [], { blob });
    return result.affectedRows ?? 0;
  } catch (cause) {
    throw targetError(cause, `Loading rows into ${table}`);
  }
}
