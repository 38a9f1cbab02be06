import * as z from 'zod';
import { AbortedError, InternalError, TargetError, TransientTargetError } from '../model/errors.ts';
import type { QueryResult } from './contract.ts';
import { ConflictError, StatementError } from './statement-error.ts';

/** What is asked of a database in another thread; `transaction` is the number that `begin` gave. */
export type Question =
  | {
      readonly kind: 'query';
      readonly sql: string;
      readonly parameters: readonly unknown[];
      readonly transaction: number | undefined;
    }
  | {
      readonly kind: 'copy';
      readonly table: string;
      readonly columns: readonly string[];
      readonly data: Uint8Array;
      readonly transaction: number | undefined;
    }
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' | 'rollback'; readonly transaction: number }
  | { readonly kind: 'close' };

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

/** An error on its way between threads. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly hint: string | null;
  readonly sqlState: string | null;
  readonly constraint: string | null;
  readonly stack: string;
}

export type Answer =
  | { readonly id: number; readonly result: QueryResult | number | null }
  | { readonly id: number; readonly error: SentError };

/** The messages come from our own code in the same process; only their kind is checked. */
export const askedSchema = z.custom<Asked>(
  (value) => typeof value === 'object' && value !== null && 'question' in value,
);
export const answerSchema = z.custom<Answer>(
  (value) => typeof value === 'object' && value !== null && 'id' in value,
);

export function sentError(cause: unknown): SentError {
  if (!(cause instanceof Error)) return { ...bare, message: String(cause) };
  return {
    name: cause.name,
    message: cause.message,
    hint: cause instanceof TargetError ? (cause.hint ?? null) : null,
    sqlState: cause instanceof StatementError ? cause.sqlState : null,
    constraint: cause instanceof StatementError ? (cause.constraint ?? null) : null,
    stack: cause.stack ?? '',
  };
}

const bare = {
  name: 'Error',
  hint: null,
  sqlState: null,
  constraint: null,
  stack: '',
} as const;

/** The error of another thread, as the error that it was. */
export function receivedError({ name, message, hint, sqlState, ...rest }: SentError): Error {
  const details = { ...(hint === null ? {} : { hint }), cause: rest.stack };
  switch (name) {
    case 'StatementError':
      return new StatementError(message, {
        sqlState: sqlState ?? '',
        constraint: rest.constraint ?? undefined,
        cause: rest.stack,
      });
    case 'ConflictError':
      return new ConflictError(message, details);
    case 'TransientTargetError':
      return new TransientTargetError(message, details);
    case 'TargetError':
      return new TargetError(message, details);
    case 'AbortedError':
      return new AbortedError(message, details);
    default:
      return new InternalError(message, details);
  }
}
