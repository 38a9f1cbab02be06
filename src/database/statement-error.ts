import { TargetError, TransientTargetError } from '../model/errors.ts';

/** A statement that the database refused; the connection still works. */
export class StatementError extends TargetError {
  /** Five characters, PostgreSQL's appendix A: class 22 is bad data, class 23 a broken constraint. */
  readonly sqlState: string;
  readonly constraint: string | undefined;

  constructor(
    message: string,
    details: { sqlState: string; constraint: string | undefined; cause: unknown },
  ) {
    super(message, { cause: details.cause, ...hintOf(details.sqlState) });
    this.sqlState = details.sqlState;
    this.constraint = details.constraint;
  }

  /** Whether one of the rows is at fault, rather than the statement or the server. */
  get isAboutData(): boolean {
    // 54000: a value that is too long for an index.
    return (
      this.sqlState.startsWith('22') || this.sqlState.startsWith('23') || this.sqlState === '54000'
    );
  }
}

function hintOf(sqlState: string): { hint?: string } {
  if (sqlState === '53100') return { hint: 'Free some disk space, and try again.' };
  if (sqlState === '42501')
    return { hint: 'Give the user of --db the right to create schemas and tables.' };
  return {};
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
const lost = new Set([
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  // The server ends sessions that were idle, alone or in a transaction, for longer than it allows.
  '57P05',
  '25P03',
]);
const conflicts = new Set(['40001', '40P01']);

/** Deadlock or serialisation: the transaction was taken back whole, and may go through the next time. */
export class ConflictError extends TransientTargetError {}

/** Turns what a driver throws into an error of ours; `doing` says what was attempted. */
export function targetError(cause: unknown, doing: string): TargetError {
  if (cause instanceof TargetError) return cause;
  const { code, message, constraint } = partsOf(cause);
  if (unreachable.has(code)) {
    return new TargetError(`${doing}: no database server answers (${message}).`, {
      hint: 'Check the address in --db or $DATABASE_URL, and that the server is running.',
      cause,
    });
  }
  if (code === '28P01' || code === '28000') {
    return new TargetError(`${doing}: the server refused the user name or password (${message}).`, {
      hint: 'Check the address in --db or $DATABASE_URL.',
      cause,
    });
  }
  if (code === '3D000') {
    return new TargetError(`${doing}: ${message}.`, { hint: 'Create the database first.', cause });
  }
  if (code === 'ENOSPC') {
    return new TargetError(`${doing}: the disk is full.`, {
      hint: 'Free some disk space, and try again.',
      cause,
    });
  }
  if (conflicts.has(code)) {
    return new ConflictError(`${doing}: another transaction was in the way (${message}).`, {
      hint: 'Try again when nobody else writes to the same rows.',
      cause,
    });
  }
  if (lost.has(code) || /Connection terminated|is not queryable/.test(message)) {
    return new TransientTargetError(
      `${doing}: the connection to the database was lost (${message}).`,
      {
        hint: 'See that the database answers, and try again.',
        cause,
      },
    );
  }
  if (/^[0-9A-Z]{5}$/.test(code)) {
    return new StatementError(`${doing}: ${message}`, { sqlState: code, constraint, cause });
  }
  return new TargetError(`${doing}: ${message}`, { cause });
}

function partsOf(cause: unknown): {
  code: string;
  message: string;
  constraint: string | undefined;
} {
  if (!(cause instanceof Error)) return { code: '', message: String(cause), constraint: undefined };
  // A refused connection to several addresses comes as an AggregateError with an empty message.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : undefined;
  const detail = 'detail' in cause && typeof cause.detail === 'string' ? ` (${cause.detail})` : '';
  return {
    code: 'code' in cause && typeof cause.code === 'string' ? cause.code : '',
    message:
      (cause.message === '' && first instanceof Error ? first.message : cause.message) + detail,
    constraint:
      'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : undefined,
  };
}
