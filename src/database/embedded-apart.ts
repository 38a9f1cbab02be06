import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { InternalError, TargetError } from '../model/errors.ts';
import type { Database, Queryable, QueryResult, Row } from './contract.ts';
import { pagesOf } from './cursor.ts';
import { openEmbedded } from './embedded.ts';
import { answerSchema, receivedError, type Answer, type Question } from './thread-messages.ts';

const threadFile = fileURLToPath(new URL('./embedded-thread.js', import.meta.url));

/**
 * Opens the embedded database in a thread of its own, its schema up to date; here where the code runs from its sources.
 * Throws TargetError when another process holds it.
 */
export async function openEmbeddedApart(directory: string): Promise<Database> {
  if (!existsSync(threadFile)) return openEmbedded(directory);
  const worker = new Worker(threadFile, { workerData: { directory } });
  const database = new EmbeddedApart(worker, directory);
  await database.opened;
  return database;
}

interface Waiting {
  readonly resolve: (result: QueryResult | number | null) => void;
  readonly reject: (cause: Error) => void;
}

/** PGlite in another thread, behind the database interface. */
class EmbeddedApart implements Database {
  readonly kind = 'embedded';
  readonly location: string;
  /** Settles once the database is open, or could not be opened. */
  readonly opened: Promise<unknown>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #locks = new Set<string>();
  #last = 0;
  #gone: Error | undefined;

  constructor(worker: Worker, location: string) {
    this.#worker = worker;
    this.location = location;
    this.opened = new Promise((resolve, reject) => {
      this.#waiting.set(0, { resolve, reject });
    });
    worker.on('message', (message: unknown) => {
      this.#take(answerSchema.parse(message));
    });
    worker.on('error', (cause) => {
      this.#end(new TargetError('The embedded database has broken down.', { cause }));
    });
    worker.on('exit', () => {
      this.#end(new TargetError('The embedded database is closed.'));
    });
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('error' in answer) waiting?.reject(receivedError(answer.error));
    else waiting?.resolve(answer.result);
  }

  #end(cause: Error): void {
    this.#gone ??= cause;
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }

  #ask(question: Question): Promise<QueryResult | number | null> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) {
        reject(this.#gone);
        return;
      }
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, question });
    });
  }

  #queryable(transaction: number | undefined): Queryable {
    return {
      query: async (sql, parameters = []) =>
        resultOf(await this.#ask({ kind: 'query', sql, parameters: [...parameters], transaction })),
      copyIn: async (table, columns, data) =>
        numberOf(
          await this.#ask({ kind: 'copy', table, columns: [...columns], data, transaction }),
        ),
    };
  }

  query(sql: string, parameters?: readonly unknown[]): Promise<QueryResult> {
    return this.#queryable(undefined).query(sql, parameters);
  }

  copyIn(table: string, columns: readonly string[], data: Uint8Array): Promise<number> {
    return this.#queryable(undefined).copyIn(table, columns, data);
  }

  async transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> {
    const transaction = numberOf(await this.#ask({ kind: 'begin' }));
    let result: Result;
    try {
      result = await work(this.#queryable(transaction));
    } catch (cause) {
      // What the work failed for is what there is to say.
      await this.#ask({ kind: 'rollback', transaction }).catch(() => undefined);
      throw cause;
    }
    await this.#ask({ kind: 'commit', transaction });
    return result;
  }

  stream(sql: string, pageSize?: number): AsyncIterable<readonly Row[]> {
    return pagesOf(this, sql, pageSize);
  }

  withKnex(): Promise<never> {
    return Promise.reject(
      new InternalError('The schema of a database in another thread is brought up to date there.'),
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
    if (this.#gone === undefined) await this.#ask({ kind: 'close' });
    await this.#worker.terminate();
  }
}

function resultOf(answer: QueryResult | number | null): QueryResult {
  if (typeof answer === 'object' && answer !== null) return answer;
  throw new InternalError('A statement gave no result.');
}

function numberOf(answer: QueryResult | number | null): number {
  if (typeof answer === 'number') return answer;
  throw new InternalError('The database gave no number.');
}
