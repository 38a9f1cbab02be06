import type { Database } from '../database/contract.ts';
import {
  AbortedError,
  InternalError,
  MigrationError,
  TargetError,
  TransientTargetError,
} from '../model/errors.ts';
import type { Session } from './session.ts';
import { endRun } from './store.ts';

/** A run that stops before its end. */
export interface StoppedRun {
  readonly id: string;
  readonly runNo: number;
  readonly command: 'preview' | 'import' | 'retry' | 'sync';
  /** Whether its plan is complete and being applied. */
  readonly applying: boolean;
}

/** Writes down that a run did not come to its end. */
export async function recordFailure(
  session: Session,
  database: Database,
  run: StoppedRun,
  cause: unknown,
): Promise<void> {
  try {
    await endRun(database, run.runNo, {
      status: isInterruption(session, run, cause) ? 'interrupted' : 'failed',
      finishedAt: session.environment.now(),
      error: cause instanceof Error ? cause.message : String(cause),
      exitCode: isStopped(session, cause)
        ? 130
        : cause instanceof MigrationError
          ? cause.exitCode
          : 70,
    });
  } catch {
    // The database is gone, or the run is in other hands; the first failure is the one to report.
  }
}

/** Adds what state a stopped run left behind, and what to do. What fails once a run is to stop fails for that reason. */
export function explained(session: Session, run: StoppedRun, cause: unknown): unknown {
  const goOn =
    run.command === 'sync' ? 'tesoro-migrate feed sync' : `tesoro-migrate resume ${run.id}`;
  if (isStopped(session, cause)) {
    if (run.command === 'preview') {
      return new AbortedError('The preview was stopped. It writes nothing to the CRM.', {
        hint: 'Run it again.',
        cause,
      });
    }
    return new AbortedError(
      run.applying
        ? `The ${run.command} was stopped. What it had written is complete up to the last batch (run ${run.id}).`
        : `The ${run.command} was stopped before anything was written to the CRM (run ${run.id}).`,
      { hint: `Go on with: ${goOn}`, cause },
    );
  }
  if (run.command === 'preview' || !isInterruption(session, run, cause)) return cause;
  if (!(cause instanceof TargetError)) return cause;
  const hint = `${cause.hint === undefined ? '' : `${cause.hint} `}This ${run.command} goes on with: ${goOn}`;
  return cause.retriable
    ? new TransientTargetError(cause.message, { hint, cause })
    : new TargetError(cause.message, { hint, cause });
}

const isStopped = ({ environment }: Session, cause: unknown): boolean =>
  cause instanceof AbortedError || environment.signal.aborted;

/**
 * Whether the run can be gone on with: it was told to stop, or the database failed it; once its plan is complete,
 * whatever it was, but for a bug of ours.
 */
function isInterruption(session: Session, { applying }: StoppedRun, cause: unknown): boolean {
  if (isStopped(session, cause)) return true;
  if (!(cause instanceof MigrationError) || cause instanceof InternalError) return false;
  return applying || cause instanceof TargetError;
}
