import type { Database, Queryable } from '../../src/database/contract.ts';
import { wrapDatabase } from '../../src/database/wrap.ts';

/** Something that happens between the program and its database. `during`: the statement was handed over. */
export type Moment = 'before' | 'during' | 'after';

/** Told of each moment, with the number of the event and its first words. */
export type OnEvent = (event: number, moment: Moment, words: string) => void;

/** A database that tells of every statement, COPY and COMMIT, each with a number of its own. */
export function countedDatabase(database: Database, onEvent: OnEvent): Database {
  let events = 0;
  const told = async <Result>(words: string, work: () => Promise<Result>): Promise<Result> => {
    const event = events++;
    onEvent(event, 'before', words);
    const working = work();
    onEvent(event, 'during', words);
    const result = await working;
    onEvent(event, 'after', words);
    return result;
  };
  const counted = (target: Queryable): Queryable => ({
    query: (sql, parameters) =>
      told(`${sql.replace(/\s+/g, ' ')} ${JSON.stringify(parameters ?? [])}`.slice(0, 160), () =>
        target.query(sql, parameters),
      ),
    copyIn: (table, columns, data) =>
      told(`COPY ${table}`, () => target.copyIn(table, columns, data)),
  });
  return wrapDatabase(database, {
    ...counted(database),
    transaction: async (work) => {
      let commit = -1;
      const result = await database.transaction(async (transaction) => {
        const done = await work(counted(transaction));
        commit = events++;
        onEvent(commit, 'before', 'COMMIT');
        // The statement is on its way once this function has returned.
        setImmediate(() => {
          onEvent(commit, 'during', 'COMMIT');
        });
        return done;
      });
      onEvent(commit, 'after', 'COMMIT');
      return result;
    },
    withKnex: (work) => told('SCHEMA', () => database.withKnex(work)),
    close: () => told('CLOSE', () => database.close()),
  });
}
