import type { Database } from './contract.ts';

/** A database some of whose methods are others; the rest is its own. */
export function wrapDatabase(database: Database, others: Partial<Database>): Database {
  return {
    kind: database.kind,
    location: database.location,
    query: (sql, parameters) => database.query(sql, parameters),
    copyIn: (table, columns, data) => database.copyIn(table, columns, data),
    transaction: (work) => database.transaction(work),
    stream: (sql, pageSize) => database.stream(sql, pageSize),
    withKnex: (work) => database.withKnex(work),
    withLock: (name, work) => database.withLock(name, work),
    isLocked: (name) => database.isLocked(name),
    close: () => database.close(),
    ...others,
  };
}
