import type { Failure } from '../../api.ts';

/** `offline`: the server was not reached; `unknown`: it answered something that this page does not understand. */
export type RefusalCode = Failure['error']['code'] | 'offline' | 'unknown';

/** A request that was not answered as it should have been, with what the server says about it. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly hint: string | null;

  constructor(code: RefusalCode, message: string, hint: string | null = null) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.hint = hint;
  }
}

/** Any thrown thing as a refusal: what is no refusal is a fault of the page itself. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  return new Refusal('unknown', thrown instanceof Error ? thrown.message : String(thrown));
}

/** Whether a request was called off because nobody waits for its answer any more. */
export const isCalledOff = (thrown: unknown): boolean =>
  thrown instanceof DOMException && thrown.name === 'AbortError';
