// The thread of an embedded database that a server holds: its statements take as long as they take, and the server goes on
// answering.
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads';
import * as z from 'zod';
import { schemaMigrations } from '../crm/migrations/index.ts';
import { InternalError } from '../model/errors.ts';
import type { Database, Queryable, QueryResult } from './contract.ts';
import { openEmbedded } from './embedded.ts';
import { migrateSchema } from './migrate.ts';
import { askedSchema, sentError, type Answer, type Question } from './thread-messages.ts';

/** Opens a database, its schema up to date, and answers what is asked of it until it is closed. */
async function serveThread(port: MessagePort, directory: string): Promise<void> {
  const answer = (message: Answer) => {
    port.postMessage(message);
  };
  let database: Database;
  try {
    database = await openEmbedded(directory);
    await migrateSchema(database, schemaMigrations);
  } catch (cause) {
    answer({ id: 0, error: sentError(cause) });
    return;
  }
  const thread = new DatabaseThread(database);
  port.on('message', (message: unknown) => {
    const { id, question } = askedSchema.parse(message);
    thread.answer(question).then(
      (result) => {
        answer({ id, result });
        if (question.kind === 'close') port.close();
      },
      (cause: unknown) => {
        answer({ id, error: sentError(cause) });
      },
    );
  });
  answer({ id: 0, result: null });
}

/** A transaction that is open: what it runs statements on, and how it ends. */
interface OpenTransaction {
  readonly target: Queryable;
  readonly end: (isKept: boolean) => Promise<void>;
}

class RolledBack extends Error {}

class DatabaseThread {
  readonly #database: Database;
  readonly #transactions = new Map<number, OpenTransaction>();
  #last = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  async answer(question: Question): Promise<QueryResult | number | null> {
    switch (question.kind) {
      case 'query':
        return this.#target(question.transaction).query(question.sql, question.parameters);
      case 'copy': {
        const { table, columns, data } = question;
        return this.#target(question.transaction).copyIn(table, columns, data);
      }
      case 'begin':
        return this.#begin();
      case 'commit':
      case 'rollback':
        await this.#transaction(question.transaction).end(question.kind === 'commit');
        return null;
      case 'close':
        await this.#database.close();
        return null;
    }
  }

  #target(transaction: number | undefined): Queryable {
    return transaction === undefined ? this.#database : this.#transaction(transaction).target;
  }

  #transaction(number: number): OpenTransaction {
    const open = this.#transactions.get(number);
    if (open === undefined)
      throw new InternalError(`There is no open transaction ${String(number)}.`);
    return open;
  }

  /** Opens a transaction, which stays open until it is told how to end; gives its number. */
  #begin(): Promise<number> {
    const number = ++this.#last;
    return new Promise<number>((opened, failed) => {
      const whole = this.#database.transaction(
        (target) =>
          new Promise<void>((keep, takeBack) => {
            const end = async (isKept: boolean): Promise<void> => {
              this.#transactions.delete(number);
              if (isKept) keep();
              else takeBack(new RolledBack());
              await whole.catch((cause: unknown) => {
                if (!(cause instanceof RolledBack)) throw cause;
              });
            };
            this.#transactions.set(number, { target, end });
            opened(number);
          }),
      );
      whole.catch(failed);
    });
  }
}

if (!isMainThread && parentPort !== null)
  await serveThread(parentPort, z.object({ directory: z.string() }).parse(workerData).directory);
