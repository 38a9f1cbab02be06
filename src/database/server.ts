import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import knexFactory, { type Knex } from 'knex';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database, Queryable, QueryResult, Row } from './contract.ts';
import { pagesOf } from './cursor.ts';
import { copySql } from './sql.ts';
import { targetError } from './statement-error.ts';

// PostgreSQL 14 is the oldest release that is still maintained.
const oldestVersion = 140_000;

// A statement sees the same zone and format everywhere, whatever the server is set to.
const sameEverywhere = [
  'TimeZone=UTC',
  'DateStyle=ISO',
  'IntervalStyle=iso_8601',
  'extra_float_digits=1',
];

// Few statements over many rows: their joins fit in memory, and none is worth compiling. What the planner is told of the
// staged rows are counts and keys, for which a tenth of the usual sample is as good.
const setBased = ['work_mem=64MB', 'jit=off', 'default_statistics_target=10'];

// A batch is whole or not there, also after a power cut; that a run is over is said with a commit that waits for the
// disk, and for all commits before it (src/run/store.ts).
const unhurried = ['synchronous_commit=off'];

// No run ends because a statement takes long, or because the session that holds its lock is idle meanwhile.
const patient = [
  'statement_timeout=0',
  'idle_session_timeout=0',
  'idle_in_transaction_session_timeout=0',
];

/** Opens a PostgreSQL server, 14 or newer. Throws TargetError when it cannot be reached or is too old. */
export async function openServer(url: string): Promise<ServerDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    application_name: 'tesoro-migrate',
    keepAlive: true,
    options: [...sameEverywhere, ...setBased, ...unhurried, ...patient]
      .map((setting) => `-c ${setting}`)
      .join(' '),
  });
  // Without a listener, an idle connection that breaks would end the process; the next query reports it.
  pool.on('error', () => undefined);
  const location = withoutPassword(url);
  try {
    const { rows } = await pool.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version < oldestVersion) {
      throw new Error(
        `the server is PostgreSQL ${String(Math.floor(version / 10_000))}; 14 or newer is needed`,
      );
    }
    return new ServerDatabase(pool, url, location);
  } catch (cause) {
    await pool.end();
    throw targetError(cause, `Opening the database ${location}`);
  }
}

/** A PostgreSQL server behind the database interface. */
export class ServerDatabase implements Database {
  readonly kind = 'server';
  readonly location: string;
  readonly #pool: pg.Pool;
  readonly #url: string;

  constructor(pool: pg.Pool, url: string, location: string) {
    this.#pool = pool;
    this.#url = url;
    this.location = location;
  }

  query(sql: string, parameters?: readonly unknown[]): Promise<QueryResult> {
    return this.#withClient((client) => queryOn(client, sql, parameters));
  }

  copyIn(table: string, columns: readonly string[], data: Uint8Array): Promise<number> {
    return this.#withClient((client) => copyOn(client, table, columns, data));
  }

  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    return this.#withClient(async (client) => {
      await queryOn(client, 'BEGIN');
      let result: Result;
      try {
        result = await work(sessionOf(client));
      } catch (cause) {
        // The reason for the rollback is what matters; a rollback that fails ends with the connection.
        await client.query('ROLLBACK').catch(() => undefined);
        throw cause;
      }
      await queryOn(client, 'COMMIT');
      return result;
    });
  }

  async *stream(sql: string, pageSize?: number): AsyncGenerator<readonly Row[], void, undefined> {
    const { client, release } = await this.#borrow();
    try {
      yield* pagesOf(sessionOf(client), sql, pageSize);
    } finally {
      release(false);
    }
  }

  async withKnex<Result>(work: (knex: Knex) => Promise<Result>): Promise<Result> {
    const knex = knexFactory({ client: 'pg', connection: this.#url, pool: { min: 0, max: 1 } });
    try {
      return await work(knex);
    } finally {
      await knex.destroy();
    }
  }

  async withLock<Result>(name: string, work: () => Promise<Result>): Promise<Result | undefined> {
    return this.#withClient(async (client) => {
      const { rows } = await queryOn(
        client,
        `SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held`,
        [name],
      );
      if (rows[0]?.['held'] !== true) return undefined;
      try {
        return await work();
      } finally {
        // Where the connection is lost, so is the lock.
        await client
          .query(`SELECT pg_advisory_unlock(hashtextextended($1, 0))`, [name])
          .catch(() => undefined);
      }
    });
  }

  async isLocked(name: string): Promise<boolean> {
    const { rows } = await this.query(
      `SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
           AND (l.classid::bigint << 32) | l.objid::bigint = hashtextextended($1, 0)) AS held`,
      [name],
    );
    return rows[0]?.['held'] === true;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #borrow(): Promise<Borrowed> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (cause) {
      throw targetError(cause, `Connecting to ${this.location}`);
    }
    let lost = false;
    // A connection that breaks between two statements says so at the next one; unheard, it would end the process.
    const onError = () => {
      lost = true;
    };
    client.on('error', onError);
    return {
      client,
      release: (broken) => {
        client.off('error', onError);
        client.release(broken || lost);
      },
    };
  }

  async #withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const { client, release } = await this.#borrow();
    let broken = true;
    try {
      const result = await work(client);
      broken = false;
      return result;
    } catch (cause) {
      // A statement that was refused leaves the connection sound; anything else may not have.
      broken = !(cause instanceof Error && 'sqlState' in cause);
      throw cause;
    } finally {
      release(broken);
    }
  }
}

/** A connection of the pool; to be given back, with whether it may be used again. */
interface Borrowed {
  readonly client: pg.PoolClient;
  readonly release: (broken: boolean) => void;
}

const sessionOf = (client: pg.PoolClient): Queryable => ({
  query: (sql, parameters) => queryOn(client, sql, parameters),
  copyIn: (table, columns, data) => copyOn(client, table, columns, data),
});

async function queryOn(
  client: pg.PoolClient,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<QueryResult> {
  try {
    const result = await client.query<Row>(sql, [...parameters]);
    return { rows: result.rows, affected: result.rowCount ?? 0 };
  } catch (cause) {
    throw targetError(cause, 'A statement failed');
  }
}

async function copyOn(
  client: pg.PoolClient,
  table: string,
  columns: readonly string[],
  data: Uint8Array,
): Promise<number> {
  const stream = client.query(copyFrom(copySql(table, columns, 'STDIN')));
  try {
    await pipeline(Readable.from(slicesOf(data)), stream);
    return stream.rowCount;
  } catch (cause) {
    throw targetError(cause, `Loading rows into ${table}`);
  }
}

// One huge write would be copied once more by the socket; slices keep that copy small.
function* slicesOf(data: Uint8Array): Generator<Uint8Array, void, undefined> {
  const size = 256 * 1024;
  for (let start = 0; start < data.length; start += size) yield data.subarray(start, start + size);
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = '';
    return parsed.href;
  } catch {
    return 'postgres://…';
  }
}
