import type { Progress as RunProgress } from '../run/contract.ts';
import type { Failure, Job } from './api.ts';
import { failureOf, Refusal } from './failure.ts';

/** Work in the background: of an import, or of a run. */
interface Running {
  readonly subject: string;
  readonly kind: Job['kind'];
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly controller: AbortController;
  progress: Job['progress'];
}

/** Work to be done: it is told when to stop, and tells how far it is. */
export interface Order {
  readonly account: string;
  /** Id of the import or the run that it is about. */
  readonly subject: string;
  readonly kind: Job['kind'];
  readonly by: string;
  readonly work: (
    progress: (progress: RunProgress) => void,
    signal: AbortSignal,
  ) => Promise<unknown>;
}

/**
 * What goes on in the background, one after the other within an account: two admins who import at once wait for each other.
 * Nothing here needs to outlive the server: where a run stands is in the database.
 */
export class Jobs {
  readonly #now: () => Date;
  readonly #log: (cause: unknown) => void;
  readonly #running = new Map<string, Running>();
  readonly #failures = new Map<string, Failure['error']>();
  readonly #queues = new Map<string, Promise<void>>();
  #isStopping = false;

  constructor(now: () => Date, log: (cause: unknown) => void) {
    this.#now = now;
    this.#log = log;
  }

  /** Begins some work, or lets it wait for its turn. Throws Refusal where the same import or run is worked on already. */
  start({ account, subject, kind, by, work }: Order): void {
    if (this.#isStopping)
      throw new Refusal(409, 'busy', 'The server is being stopped.', 'Try again in a moment.');
    const known = this.#running.get(keyOf(account, subject));
    if (known !== undefined) {
      const since = known.startedAt.toISOString().slice(11, 16);
      throw new Refusal(
        409,
        'busy',
        `${known.startedBy} started this at ${since} (UTC), and it is not done yet.`,
        'Wait until it has ended, or stop it.',
      );
    }
    const running: Running = {
      subject,
      kind,
      startedAt: this.#now(),
      startedBy: by,
      controller: new AbortController(),
      progress: { stage: 'waiting', done: 0, total: null, unit: 'records', table: null },
    };
    const key = keyOf(account, subject);
    this.#running.set(key, running);
    this.#failures.delete(key);
    const before = this.#queues.get(account) ?? Promise.resolve();
    const done = before.then(() => this.#run(key, running, work));
    this.#queues.set(account, done);
    void done.then(() => {
      if (this.#queues.get(account) === done) this.#queues.delete(account);
    });
  }

  async #run(key: string, running: Running, work: Order['work']): Promise<void> {
    const { signal } = running.controller;
    try {
      if (signal.aborted) return;
      await work(({ stage, done, total, unit = 'records', table }) => {
        running.progress = { stage, done, total: total ?? null, unit, table: table ?? null };
      }, signal);
    } catch (cause) {
      if (!signal.aborted) {
        const { status, body } = failureOf(cause);
        this.#failures.set(key, body.error);
        if (status >= 500) this.#log(cause);
      }
    } finally {
      this.#running.delete(key);
    }
  }

  /** What is going on about an import or a run. */
  of(account: string, subject: string): Job | null {
    const running = this.#running.get(keyOf(account, subject));
    if (running === undefined) return null;
    const { kind, startedAt, startedBy, progress } = running;
    return { kind, startedAt: startedAt.toISOString(), startedBy, progress };
  }

  /** Why the last work about an import or a run came to nothing, while the server lives. */
  failure(account: string, subject: string): Failure['error'] | null {
    return this.#failures.get(keyOf(account, subject)) ?? null;
  }

  /** Stops what is going on about an import or a run; resolves once it has stopped, or is still waiting for its turn. */
  async stop(account: string, subject: string): Promise<void> {
    const running = this.#running.get(keyOf(account, subject));
    if (running === undefined) return;
    running.controller.abort();
    if (running.progress?.stage === 'waiting') this.#running.delete(keyOf(account, subject));
    else await this.#queues.get(account);
  }

  /** Stops everything, and waits for it. */
  async stopAll(): Promise<void> {
    this.#isStopping = true;
    for (const { controller } of this.#running.values()) controller.abort();
    await Promise.all(this.#queues.values());
  }
}

const keyOf = (account: string, subject: string): string => `${account} ${subject}`;
