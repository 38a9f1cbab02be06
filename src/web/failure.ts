import {
  BusyError,
  MappingError,
  MigrationError,
  NotFoundError,
  NotReadyError,
  OutdatedError,
  SourceError,
  TargetError,
  UsageError,
} from '../model/errors.ts';
import { TooLargeError } from '../run/imports/upload.ts';
import type { Failure } from './api.ts';

type Code = Failure['error']['code'];

/** A request that is refused before a use case is asked. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: Code;
  readonly hint: string | null;

  constructor(status: number, code: Code, message: string, hint: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

const kinds: readonly [abstract new (...args: never[]) => Error, number, Code][] = [
  [NotFoundError, 404, 'not-found'],
  [OutdatedError, 409, 'outdated'],
  [NotReadyError, 409, 'not-ready'],
  [BusyError, 409, 'busy'],
  [TooLargeError, 413, 'too-large'],
  [SourceError, 400, 'source'],
  [MappingError, 400, 'mapping'],
  [UsageError, 400, 'invalid'],
  [TargetError, 500, 'database'],
];

/** The answer to a request that failed. What is no failure of the request's own says nothing of its cause. */
export function failureOf(cause: unknown): { readonly status: number; readonly body: Failure } {
  if (cause instanceof Refusal) {
    const { status, code, message, hint } = cause;
    return { status, body: { error: { code, message, hint } } };
  }
  const kind = kinds.find(([type]) => cause instanceof type);
  if (kind !== undefined && cause instanceof MigrationError) {
    const [, status, code] = kind;
    return { status, body: { error: { code, message: cause.message, hint: cause.hint ?? null } } };
  }
  return {
    status: 500,
    body: {
      error: {
        code: 'broken',
        message: 'Something went wrong that should not have: this is a bug of ours.',
        hint: 'Try again; the cause is in the log of the server.',
      },
    },
  };
}
