import type { Session } from '../session.ts';
import type { SourceSurroundings } from '../source-of-run.ts';
import type { MappingSet } from '../../mapping/contract.ts';
import type { CountsDocument } from './contract.ts';
import type { Study } from './study.ts';

/** The session of an account in which imports are put together. */
export interface Workshop {
  readonly session: Session;
  readonly memory: Memory;
  /** Directory in which files that were sent are kept until their import is removed. */
  readonly uploads: string;
  /** Who does it, for people. */
  readonly by: string;
}

/** What need not be found out twice while the server lives; all of it can be found out anew. */
export interface Memory {
  readonly studies: Recent<Promise<Study>>;
  readonly mappings: Recent<Promise<MappingSet>>;
  readonly counts: Recent<Promise<CountsDocument>>;
}

export const newMemory = (): Memory => ({
  studies: new Recent(8),
  mappings: new Recent(8),
  counts: new Recent(200),
});

export const surroundingsOf = ({ session }: Workshop): SourceSurroundings => ({
  adapters: session.adapters,
  signal: session.environment.signal,
  standardInput: session.environment.standardInput,
});

/** What was asked for last, by key; the oldest is let go where there are too many. */
export class Recent<Value> {
  readonly #most: number;
  readonly #values = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a key, made where it is not there. A promise that fails is not kept. */
  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    const value = known ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (known === undefined && value instanceof Promise) {
      value.catch(() => {
        if (this.#values.get(key) === value) this.#values.delete(key);
      });
    }
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#most && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }
}
