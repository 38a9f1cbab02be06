import * as z from 'zod';
import type { Database } from '../database/contract.ts';
import { dropStaging } from '../staging/tables.ts';
import { runLock } from './store.ts';

const leftSchema = z.object({ no: z.number(), id: z.string(), command: z.string() });

/**
 * Drops the staged rows that nobody will ask for again: those of runs of an account that are over, whose plan a later
 * import has made void, or that cannot be gone on with (a preview, a verification or a sync whose process died). What lasts
 * of a run is in the CRM, the ledger and the rejects. To be called while holding the account.
 */
export async function sweepStaging(database: Database, accountId: string): Promise<void> {
  const { rows } = await database.query(
    `SELECT r.no, r.id::text, r.command FROM migration.runs r
      WHERE r.account_id = $1
        AND r.no IN (SELECT substring(tablename FROM '^r([0-9]+)_')::int FROM pg_tables WHERE schemaname = 'staging')
        AND (r.status IN ('complete', 'failed', 'rolled-back') OR r.superseded_by IS NOT NULL OR r.command = 'verify'
             OR (r.command IN ('preview', 'rollback', 'sync') AND r.status = 'interrupted'))`,
    [accountId],
  );
  for (const row of rows) {
    const { no, id, command } = leftSchema.parse(row);
    // A verification keeps nobody out of its account, so it may be going on at this moment.
    if (command === 'verify') {
      if (await database.isLocked(runLock(id))) continue;
      await database.query(`DELETE FROM migration.issues WHERE run_no = $1`, [no]);
    }
    await dropStaging(database, no);
  }
}
