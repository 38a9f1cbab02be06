import type { Database } from '../database/contract.ts';
import { BusyError, UsageError } from '../model/errors.ts';
import { accountLock, markInterrupted } from './store.ts';
import { sweepStaging } from './sweep.ts';

/**
 * Runs `work` while holding the account, after tidying up behind runs whose process died. Throws TargetError when
 * another run holds it, and UsageError while a run is half undone, but for the rollback that goes on `undoing` it.
 */
export async function underLock<Result>(
  database: Database,
  account: { readonly id: string; readonly slug: string },
  work: () => Promise<Result>,
  { undoing }: { readonly undoing?: string } = {},
): Promise<Result> {
  const outcome = await database.withLock(accountLock(account.id), async () => {
    await markInterrupted(database, account.id);
    await sweepStaging(database, account.id);
    await assertNoneHalfUndone(database, account, undoing);
    return { value: await work() };
  });
  if (outcome === undefined) {
    throw new BusyError(`Another run is writing to the account "${account.slug}".`, {
      hint: 'Wait until it has ended; "tesoro-migrate runs" shows it.',
    });
  }
  return outcome.value;
}

async function assertNoneHalfUndone(
  database: Database,
  account: { readonly id: string; readonly slug: string },
  undoing: string | undefined,
): Promise<void> {
  const { rows } = await database.query(
    `SELECT id::text FROM migration.runs WHERE account_id = $1 AND status = 'rolling-back' AND id IS DISTINCT FROM $2::uuid LIMIT 1`,
    [account.id, undoing ?? null],
  );
  if (rows[0] === undefined) return;
  const run = String(rows[0]['id']);
  throw new UsageError(
    `The rollback of run ${run} of the account "${account.slug}" was stopped half-way.`,
    {
      hint: `Go on with it first: tesoro-migrate rollback ${run}`,
    },
  );
}
