import type { Knex } from 'knex';

/** A row as the drivers give it; boundaries parse it with a schema. */
export type Row = Record<string, unknown>;

/** What one statement gave: its rows, and how many rows it touched. */
export interface QueryResult {
  readonly rows: readonly Row[];
  readonly affected: number;
}

/** Runs statements, on its own or inside a transaction. Parameters are `$1`, `$2` … */
export interface Queryable {
  query(sql: string, parameters?: readonly unknown[]): Promise<QueryResult>;
  /** Loads rows in PostgreSQL's COPY text format (UTF-8); gives the number of rows. */
  copyIn(table: string, columns: readonly string[], data: Uint8Array): Promise<number>;
}

/** PGlite in a directory, or a PostgreSQL server, behind one interface. */
export interface Database extends Queryable {
  readonly kind: 'embedded' | 'server';
  /** For people: the directory, or the server without its password. */
  readonly location: string;
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  /** The rows of a query without parameters, in pages, without holding them all; not inside a transaction. */
  stream(sql: string, pageSize?: number): AsyncIterable<readonly Row[]>;
  /** A query builder on the same database; used for steps of the schema. */
  withKnex<Result>(work: (knex: Knex) => Promise<Result>): Promise<Result>;
  /** Holds a lock by name across processes while `work` runs; undefined when another holds it. */
  withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result | undefined>;
  /** Whether somebody holds a lock by this name at the moment; does not touch it. */
  isLocked(name: string): Promise<boolean>;
  close(): Promise<void>;
}
