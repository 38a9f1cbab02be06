import type { Database } from '../database/contract.ts';
import { TargetError } from '../model/errors.ts';
import { accountLock, markInterrupted } from './store.ts';
import { sweepStaging } from './sweep.ts';

/**
 * Runs `work` while holding the account, after tidying up behind runs whose process died. Throws TargetError when
 * another run holds it.
 */
export async function underLock<Result>(
  database: Database,
  account: { readonly id: string; readonly slug: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const outcome = await database.withLock(accountLock(account.id), async () => {
    await markInterrupted(database, account.id);
    await sweepStaging(database, account.id);
    return { value: await work() };
  });
  if (outcome === undefined) {
    throw new TargetError(`Another run is writing to the account "${account.slug}".`, {
      hint: 'Wait until it has ended; "tesoro-migrate runs" shows it.',
    });
  }
  return outcome.value;
}
