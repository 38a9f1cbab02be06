import * as z from 'zod';
import type { Database } from '../database/contract.ts';
import { UsageError } from '../model/errors.ts';
import { dropStaging } from '../staging/tables.ts';
import { underLock } from './account-lock.ts';
import type { PurgeRequest } from './contract.ts';
import type { PurgeDocument, PurgedRun } from './documents.ts';
import type { Session } from './session.ts';
import { findAccount, findRun, isoText, type Account } from './store.ts';

const day = 86_400_000;

/**
 * Removes what runs keep of their source: staged data, the records of rejects, and rows as they were before a run.
 * Ids, counts, findings and reports stay. With `preview` it says what it would remove, and does nothing. Throws
 * UsageError for a run that is not over.
 */
export async function purge(session: Session, request: PurgeRequest): Promise<PurgeDocument> {
  const database = await session.database();
  const { account, chosen } = await choose(session, database, request);
  const document = async (): Promise<PurgeDocument> => ({
    command: 'purge',
    preview: request.preview,
    account: account.slug,
    olderThanDays: request.olderThanDays ?? null,
    runs: await held(database, account, chosen),
    exitCode: 0,
  });
  if (request.preview) return document();
  return underLock(database, account, async () => {
    // Looked at again: somebody may have gone on with a run in the meantime.
    const done = await document();
    const at = session.environment.now().toISOString();
    for (const { run } of done.runs) await remove(database, run, at);
    return done;
  });
}

/** One run, or the end of those that are old enough. */
interface Chosen {
  readonly run?: string;
  readonly before?: string;
}

async function choose(
  session: Session,
  database: Database,
  { run: id, olderThanDays }: PurgeRequest,
): Promise<{ readonly account: Account; readonly chosen: Chosen }> {
  if (id === undefined) {
    if (olderThanDays === undefined) {
      throw new UsageError('Say what to purge: the id of a run, or --older-than with days.');
    }
    const before = new Date(session.environment.now().getTime() - olderThanDays * day);
    return { account: await session.account(), chosen: { before: before.toISOString() } };
  }
  const run = await findRun(database, id);
  if (!over.includes(run.status)) {
    throw new UsageError(`Run ${run.id} is ${run.status}; what it holds is still needed.`, {
      hint: `Go on with it (tesoro-migrate resume ${run.id}) or undo it (rollback) first.`,
    });
  }
  return { account: await findAccount(database, run.accountId), chosen: { run: run.id } };
}

const over: readonly string[] = ['planned', 'complete', 'failed', 'rolled-back'];

const rowSchema = z.object({
  run: z.string(),
  command: z.string(),
  status: z.string(),
  startedAt: z.string(),
  stagedTables: z.number(),
  rejects: z.number(),
  open: z.number(),
  beforeImages: z.number(),
});

/** What the chosen runs hold; those that hold nothing, or are not over, are not among them. */
async function held(
  database: Database,
  account: Account,
  { run, before }: Chosen,
): Promise<readonly PurgedRun[]> {
  const { rows } = await database.query(
    `SELECT run, command, status, "startedAt", "stagedTables", rejects, open, "beforeImages" FROM (
       SELECT r.id::text AS run, r.no, r.command, r.status, ${isoText('r.started_at')} AS "startedAt",
              (SELECT count(*) FROM pg_tables t WHERE t.schemaname = 'staging' AND t.tablename LIKE 'r' || r.no || '\\_%')::float8 AS "stagedTables",
              (SELECT count(*) FROM migration.rejects j WHERE j.run_no = r.no)::float8 AS rejects,
              (SELECT count(*) FROM migration.rejects j WHERE j.run_no = r.no AND r.command <> 'preview'
                  AND (j.later_fate IS NULL OR j.later_fate IN ('rejected', 'parked')))::float8 AS open,
              (SELECT count(*) FROM migration.before_images b WHERE b.run_no = r.no)::float8 AS "beforeImages"
         FROM migration.runs r
        WHERE r.account_id = $1 AND r.purged_at IS NULL AND r.status = ANY($2) AND ($3::uuid IS NULL OR r.id = $3)
          AND ($4::timestamptz IS NULL OR coalesce(r.finished_at, r.started_at) < $4)) x
      WHERE $3::uuid IS NOT NULL OR "stagedTables" + rejects + "beforeImages" > 0 ORDER BY no`,
    [account.id, over, run ?? null, before ?? null],
  );
  return rows.map((row) => rowSchema.parse(row));
}

/** Ids and fates of rejects stay, without what their records said. */
async function remove(database: Database, id: string, at: string): Promise<void> {
  const { no } = await findRun(database, id);
  await database.transaction(async (transaction) => {
    await transaction.query(
      `UPDATE migration.rejects SET fields = '{}', issues = '[]' WHERE run_no = $1`,
      [no],
    );
    await transaction.query(`DELETE FROM migration.before_images WHERE run_no = $1`, [no]);
    await transaction.query(`DELETE FROM migration.before_keys WHERE run_no = $1`, [no]);
    await dropStaging(transaction, no);
    await transaction.query(
      `UPDATE migration.runs SET purged_at = $2, undoable = false WHERE no = $1`,
      [no, at],
    );
  });
}
