/** What a broken run says: what happened, to what, and what to do next. Data findings are Issues instead. */
export interface ErrorDetails {
  /** What to do next, one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A run that cannot go on. Each subclass has the exit code of its kind (`cli.md`). */
export abstract class MigrationError extends Error {
  abstract readonly exitCode: number;
  readonly retriable: boolean = false;
  readonly hint: string | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.hint = details.hint;
  }
}

/** A wrong flag, an unknown name, a missing file argument. */
export class UsageError extends MigrationError {
  readonly exitCode = 2;
}

/** A mapping file that cannot be used; the message lists every finding with file, line and path. */
export class MappingError extends MigrationError {
  readonly exitCode = 2;
}

/** An input that cannot be read to its end, with the position. */
export class SourceError extends MigrationError {
  readonly exitCode = 4;
}

/** A database that cannot be reached, is too new, is in use, or has no room. */
export class TargetError extends MigrationError {
  readonly exitCode: number = 5;
}

/** A failure that may pass: connection lost, deadlock, serialisation. */
export class TransientTargetError extends TargetError {
  override readonly retriable = true;
}

/** Stopped by Ctrl-C or a deadline. */
export class AbortedError extends MigrationError {
  readonly exitCode = 130;
}

/** A law of ours was broken: a bug of the program. */
export class InternalError extends MigrationError {
  readonly exitCode = 70;
}

/** Something that is not there, or not for who asks. */
export class NotFoundError extends UsageError {}

/** Something was changed elsewhere since it was looked at. */
export class OutdatedError extends UsageError {
  constructor() {
    super('This import was changed elsewhere in the meantime.', {
      hint: 'Look at it as it is now, and do it again.',
    });
  }
}

/** Something that needs a step before it that was not made. */
export class NotReadyError extends UsageError {}

/** Another run is writing to the account. */
export class BusyError extends TargetError {
  override readonly retriable = true;
}
