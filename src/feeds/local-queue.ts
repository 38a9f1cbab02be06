import type { FeedJob, FeedQueue, QueuePace } from './queue.ts';

interface Waiting {
  readonly job: FeedJob;
  readonly failures: number;
  /** Milliseconds of the epoch. */
  readonly notBefore: number;
}

/** A queue in this process. It dies with it: what was due is due again when the next process looks. */
export function localQueue(pace: QueuePace, now: () => Date): FeedQueue {
  const waiting = new Map<string, Waiting>();
  let dead = 0;
  const next = () =>
    [...waiting.values()]
      .filter(({ notBefore }) => notBefore <= now().getTime())
      .sort((a, b) => b.job.priority - a.job.priority)[0];
  const again = ({ job, failures }: Waiting) => {
    if (failures + 1 >= pace.attempts) {
      dead++;
      waiting.delete(job.id);
      return;
    }
    const notBefore = now().getTime() + pace.retrySeconds * 1000 * 2 ** failures;
    waiting.set(job.id, { job, failures: failures + 1, notBefore });
  };
  return {
    add: (jobs) => {
      for (const job of jobs)
        if (!waiting.has(job.id)) waiting.set(job.id, { job, failures: 0, notBefore: 0 });
      return Promise.resolve();
    },
    work: async (run) => {
      const taken = next();
      if (taken === undefined) return false;
      let isDone = false;
      try {
        isDone = (await run(taken.job)).done;
      } finally {
        if (isDone) waiting.delete(taken.job.id);
        else again(taken);
      }
      return true;
    },
    takeOver: () => Promise.resolve(),
    counts: () => Promise.resolve({ waiting: waiting.size, active: 0, dead }),
    close: () => Promise.resolve(),
  };
}
