import { mkdirSync } from 'node:fs';
import knexFactory, { type Knex } from 'knex';
import pgliteClient from 'knex-pglite';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Database, Queryable, QueryResult, Row } from './contract.ts';
import { lockDirectory } from './directory-lock.ts';
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
    mkdirSync(directory, { recursive: true });
    // PGlite sets an exit code of its own when the embedded server ends.
    const exitCode = process.exitCode;
    const pglite = await PGlite.create(directory);
    process.exitCode = exitCode;
    return new EmbeddedDatabase(pglite, directory, () => {
      lock.release();
    });
  } catch (cause) {
    lock.release();
    throw targetError(cause, `Opening the embedded database ${directory}`);
  }
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
