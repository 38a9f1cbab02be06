import type { Database, Queryable } from '../database/contract.ts';
import { wrapDatabase } from '../database/wrap.ts';
import { TargetError } from '../model/errors.ts';

/** A run in the hands of this process. */
export interface Hold {
  readonly runNo: number;
  /** Counts who has carried the run on: the first process, and each that took it over. */
  readonly attempt: number;
}

/**
 * The database as a run may write to it: every statement and every transaction first makes sure that the run is
 * still in the hands of this process, and keeps others from taking it over until it is through. A process that was
 * given up for dead, or whose lock was lost with its connection, cannot write beside its successor. An embedded
 * database needs none of it: it has one process, which holds its locks until it ends.
 */
export function heldBy(database: Database, { runNo, attempt }: Hold): Database {
  if (database.kind === 'embedded') return database;
  const assertHeld = async (transaction: Queryable) => {
    const { rows } = await transaction.query(
      `SELECT 1 FROM migration.runs WHERE no = $1 AND attempt = $2 AND status = 'running' FOR SHARE`,
      [runNo, attempt],
    );
    if (rows.length === 0) throw new RunLostError();
  };
  const transaction: Database['transaction'] = (work) =>
    database.transaction(async (inner) => {
      await assertHeld(inner);
      return work(inner);
    });
  return wrapDatabase(database, {
    query: (sql, parameters) => transaction((inner) => inner.query(sql, parameters)),
    copyIn: (table, columns, data) => transaction((inner) => inner.copyIn(table, columns, data)),
    transaction,
  });
}

/** The run is in the hands of another process; nothing that this one says about it counts any more. */
export class RunLostError extends TargetError {
  constructor() {
    super('Another process has taken over this run, because this one had lost its lock.', {
      hint: 'Nothing is to be done here: see how it stands with "tesoro-migrate runs".',
    });
  }
}
