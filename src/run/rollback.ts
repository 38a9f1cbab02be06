import * as z from 'zod';
import {
  entriesOf,
  planRollback,
  reasonsToStay,
  type RollbackScope,
  undoTable,
} from '../apply/rollback-plan.ts';
import { rollback as carryOut } from '../apply/rollback.ts';
import { tableNames, type TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import { AbortedError, MigrationError, UsageError } from '../model/errors.ts';
import { editedColumns } from '../plan/imprint.ts';
import { dropStaging } from '../staging/tables.ts';
import { underLock } from './account-lock.ts';
import type { RollbackRequest } from './contract.ts';
import { heldBy } from './held-run.ts';
import type { LeftRow, RollbackDocument, UndoneTable } from './documents.ts';
import type { Session } from './session.ts';
import { beginApplying, beginRun, endRun, findAccount, findRun, type StoredRun } from './store.ts';

const rowsPerBatch = 5_000;

/**
 * Undoes a run: deletes what it created and restores what it changed, but for rows that a person has edited since or
 * that others refer to, which are listed. With `preview` it says so and does nothing. Throws UsageError when the run
 * wrote nothing, or when a later run has built on it.
 */
export async function rollback(
  session: Session,
  request: RollbackRequest,
): Promise<RollbackDocument> {
  const database = await session.database();
  const found = await findRun(database, request.run);
  assertUndoable(found);
  const account = await findAccount(database, found.accountId);
  return underLock(
    database,
    account,
    async () => {
      // Looked at again: somebody may have gone on with it in the meantime.
      const run = await findRun(database, found.id);
      assertUndoable(run);
      await assertLast(database, run);
      return undo(session, database, run, request);
    },
    { undoing: found.id },
  );
}

function assertUndoable(run: StoredRun): void {
  const wrote = ['import', 'retry', 'sync'].includes(run.command);
  if (!wrote || run.status === 'planned') {
    throw new UsageError(
      `Run ${run.id} is a ${run.command}: it has written nothing to the CRM, so there is nothing to undo.`,
      { hint: 'Name an import; "tesoro-migrate runs" shows them.' },
    );
  }
  if (run.purgedAt !== null) {
    throw new UsageError(
      `Run ${run.id} was purged: what undoing it takes was removed on ${run.purgedAt.slice(0, 10)}.`,
      { hint: 'Restore a backup of the database, or correct the rows in the CRM.' },
    );
  }
  if (!run.undoable) {
    throw new UsageError(
      `Run ${run.id} was made by a version of the tool that did not note what undoing it takes.`,
      { hint: 'Restore a backup of the database, or correct the rows in the CRM.' },
    );
  }
}

/** Refuses to undo a run that a later one has built on: rows that both wrote, or keys that both changed. */
async function assertLast(database: Database, run: StoredRun): Promise<void> {
  const { rows } = await database.query(
    `SELECT r.id::text FROM migration.runs r WHERE r.no = (SELECT max(x.no) FROM (
       SELECT b.run_no AS no FROM migration.before_keys b JOIN migration.runs o ON o.no = b.run_no AND o.account_id = $2
        WHERE b.run_no > $1 AND (b.entry->>'run_no')::int = $1
       UNION ALL
       SELECT b.run_no FROM migration.before_images b JOIN migration.id_keys k
           ON k.account_id = $2 AND k.table_no = b.table_no AND k.target_id = b.target_id
        WHERE b.run_no > $1 AND k.created_by = $1
       UNION ALL
       SELECT b.run_no FROM migration.before_images b JOIN migration.before_images o
           ON o.run_no = $1 AND o.table_no = b.table_no AND o.target_id = b.target_id WHERE b.run_no > $1
       UNION ALL
       SELECT l.run_no FROM migration.id_keys k JOIN migration.id_keys l
           ON l.account_id = k.account_id AND l.table_no = k.table_no AND l.target_id = k.target_id
        WHERE k.account_id = $2 AND k.created_by = $1 AND l.run_no > $1) x)`,
    [run.no, run.accountId],
  );
  const later = rows[0];
  if (later === undefined) return;
  throw new UsageError(
    `Run ${String(later['id'])} came later and changed rows that run ${run.id} wrote.`,
    { hint: `Undo that one first: tesoro-migrate rollback ${String(later['id'])}` },
  );
}

async function undo(
  session: Session,
  database: Database,
  run: StoredRun,
  { preview, limit }: RollbackRequest,
): Promise<RollbackDocument> {
  const { environment } = session;
  const startedAt = environment.now();
  const id = environment.newId();
  const { systemNo } = run;
  const runNo = await beginRun(database, {
    id,
    accountId: run.accountId,
    command: 'rollback',
    systemNo,
    adapter: run.adapter,
    inputs: [],
    options: { paths: [] },
    tool: environment.version,
    by: environment.user,
    mappingHash: run.mappingHash,
    startedAt,
    of: run.no,
  });
  const scope: RollbackScope = {
    database,
    runNo,
    undoneNo: run.no,
    accountId: run.accountId,
    systemNo,
  };
  try {
    await planRollback(scope);
    if (!preview) await writeBack(session, heldBy(database, { runNo, attempt: 1 }), scope, run);
    const finishedAt = environment.now();
    const { tables, left, total } = await outcomeOf(scope, limit);
    const document: RollbackDocument = {
      run: run.id,
      rollback: id,
      command: 'rollback',
      status: preview ? run.status : 'rolled-back',
      preview,
      source: run.adapter,
      account: run.account,
      inputs: run.inputs,
      tables,
      left,
      total: { left: total },
      seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
      exitCode: total > 0 ? 1 : 0,
    };
    await endRun(database, runNo, {
      status: preview ? 'planned' : 'complete',
      finishedAt,
      exitCode: document.exitCode,
      document,
    });
    return document;
  } catch (cause) {
    const stopped = environment.signal.aborted;
    await endRun(database, runNo, {
      status: stopped ? 'interrupted' : 'failed',
      finishedAt: environment.now(),
      error: cause instanceof Error ? cause.message : String(cause),
      exitCode: stopped ? 130 : cause instanceof MigrationError ? cause.exitCode : 70,
    }).catch(() => undefined);
    if (!stopped) throw cause;
    throw new AbortedError(
      preview
        ? 'The preview of the rollback was stopped; nothing was written.'
        : `The rollback of run ${run.id} was stopped: a part of it is done.`,
      { hint: `Go on with it: tesoro-migrate rollback ${run.id}`, cause },
    );
  } finally {
    await dropStaging(database, runNo).catch(() => undefined);
  }
}

async function writeBack(
  session: Session,
  database: Database,
  scope: RollbackScope,
  run: StoredRun,
): Promise<void> {
  const { environment } = session;
  const { runNo, undoneNo, accountId, systemNo } = scope;
  // Whatever was planned for the account was planned for a CRM that will not be there any more.
  await beginApplying(database, runNo, environment.now());
  await database.query(`UPDATE migration.runs SET status = 'rolling-back' WHERE no = $1`, [run.no]);
  const { tables } = await outcomeOf(scope, 0);
  const total = Object.values(tables).reduce(
    (sum, { deleted, restored }) => sum + deleted + restored,
    0,
  );
  let done = 0;
  await carryOut({
    database,
    scope: { runNo, undoneNo, accountId, systemNo },
    batchSize: environment.rowsPerBatch ?? rowsPerBatch,
    onBatch: (table, rows) => {
      done = Math.min(done + rows, total);
      environment.progress({ stage: 'undoing', done, total, table });
    },
    signal: environment.signal,
  });
  await database.query(`UPDATE migration.runs SET status = 'rolled-back' WHERE no = $1`, [run.no]);
  await database.query(
    `UPDATE migration.rejects SET later_run = NULL, later_fate = NULL WHERE later_run = $1`,
    [run.no],
  );
  // What was staged for it will not be applied any more.
  await dropStaging(database, run.no);
}

const countSchema = z.object({
  action: z.enum(['delete', 'restore']),
  reason: z.enum(reasonsToStay).nullable(),
  n: z.number(),
});
const leftSchema = z.object({
  sourceId: z.string().nullable(),
  part: z.string().nullable(),
  id: z.string(),
  reason: z.enum(reasonsToStay),
  fields: z.array(z.string()),
});

/** What the plan of the rollback says by now, by table, and the rows that stay. */
async function outcomeOf(
  scope: RollbackScope,
  limit: number,
): Promise<{ tables: Record<string, UndoneTable>; left: LeftRow[]; total: number }> {
  const tables: Record<string, UndoneTable> = {};
  const left: LeftRow[] = [];
  let total = 0;
  for (const table of tableNames) {
    const { rows } = await scope.database.query(
      `SELECT action, reason, count(*)::float8 AS n FROM ${undoTable(scope, table)} GROUP BY 1, 2`,
    );
    if (rows.length === 0) continue;
    const counted = { deleted: 0, restored: 0, left: 0 };
    for (const row of rows) {
      const { action, reason, n } = countSchema.parse(row);
      counted[reason !== null ? 'left' : action === 'delete' ? 'deleted' : 'restored'] += n;
    }
    tables[table] = counted;
    total += counted.left;
    if (counted.left > 0 && left.length < limit)
      left.push(...(await leftRows(scope, table, limit - left.length)));
  }
  return { tables, left, total };
}

async function leftRows(
  scope: RollbackScope,
  table: TableName,
  limit: number,
): Promise<readonly LeftRow[]> {
  const { rows } = await scope.database.query(
    `SELECT substr(k.key, length(split_part(k.key, ':', 1)) + 2, length(k.key) - length(split_part(k.key, ':', 1)) - 1 - k.part_length) AS "sourceId",
            nullif(right(k.key, greatest(k.part_length - 1, 0)), '') AS part, u.target_id::text AS id, u.reason,
            CASE WHEN u.reason = 'edited' THEN ${editedColumns(table, 'c', 'k')} ELSE '{}' END AS fields
       FROM ${undoTable(scope, table)} u
       LEFT JOIN LATERAL (SELECT * FROM migration.id_keys k WHERE ${entriesOf(scope, table, 'k')} AND k.target_id = u.target_id
                           ORDER BY k.imprint IS NULL, k.key LIMIT 1) k ON true
       LEFT JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = u.target_id
      WHERE u.reason IS NOT NULL ORDER BY u.place LIMIT ${String(limit)}`,
  );
  return rows.map((row) => {
    const { part, ...rest } = leftSchema.parse(row);
    return { entity: table, ...rest, ...(part === null ? {} : { part }) };
  });
}
