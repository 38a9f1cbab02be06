import type { Database } from '../database/contract.ts';
import { AbortedError, MigrationError } from '../model/errors.ts';
import type { Session } from './session.ts';
import { endRun } from './store.ts';

/** Writes down that a run did not come to its end. */
export async function recordFailure(
  session: Session,
  database: Database,
  run: { readonly runNo: number; readonly applying: boolean },
  cause: unknown,
): Promise<void> {
  const stopped =
    session.environment.signal.aborted || (cause instanceof MigrationError && cause.retriable);
  try {
    await endRun(database, run.runNo, {
      status: run.applying && stopped ? 'interrupted' : 'failed',
      finishedAt: session.environment.now(),
      error: cause instanceof Error ? cause.message : String(cause),
      exitCode: cause instanceof MigrationError ? cause.exitCode : 70,
    });
  } catch {
    // The database is gone; the first failure is the one to report.
  }
}

/** Adds what state a stopped run left behind. What fails once a run is to stop fails for that reason. */
export function explained(
  { environment }: Session,
  cause: unknown,
  run: string,
  applying: boolean,
): unknown {
  if (!(cause instanceof AbortedError) && !environment.signal.aborted) return cause;
  return new AbortedError(
    applying
      ? `The import was stopped. What it had written is complete up to the last batch (run ${run}).`
      : `The run was stopped before anything was written to the CRM (run ${run}).`,
    {
      hint: 'Import the same files again: what is already in the CRM is recognised and left as it is.',
      cause,
    },
  );
}
