import { AbortedError, InternalError, MigrationError } from '../model/errors.ts';

/** An error as the command line tells it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly exitCode: number;
  readonly stack: string | undefined;
  /** Whether it is a bug of ours; then the stack is always shown. */
  readonly bug: boolean;
}

/** What went wrong, with its exit code. What is thrown after an interruption is a consequence of it. */
export function failureOf(error: unknown, interrupted: boolean): Failure {
  const known =
    error instanceof MigrationError
      ? error
      : interrupted
        ? new AbortedError('Interrupted.', { cause: error })
        : new InternalError(error instanceof Error ? error.message : String(error), {
            cause: error,
            hint: 'This is a bug. Please report it with the lines above.',
          });
  return {
    code: known.name,
    message: known.message,
    hint: known.hint,
    exitCode: known.exitCode,
    stack: stackOf(known),
    bug: known instanceof InternalError,
  };
}

function stackOf(error: Error): string | undefined {
  const cause = error.cause instanceof Error ? stackOf(error.cause) : undefined;
  return cause === undefined ? error.stack : `${error.stack ?? ''}\nCaused by: ${cause}`;
}

/** The failure in words. */
export function failureText(
  failure: Failure,
  { verbose, version }: { verbose: boolean; version: string },
): string {
  const lines = [
    `Error: ${failure.message}`,
    ...(failure.bug || verbose ? [failure.stack ?? ''] : []),
    ...(failure.bug ? [`tesoro-migrate ${version}, Node ${process.version}`] : []),
    ...(failure.hint === undefined ? [] : [failure.hint]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The failure as the one JSON document of `--json`. */
export function failureDocument({ code, message, hint, exitCode }: Failure) {
  return { error: { code, message, hint: hint ?? null }, exitCode };
}
