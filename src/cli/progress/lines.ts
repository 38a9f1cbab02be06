import type { Progress, Stage } from '../../run/contract.ts';
import { Pace, stageTitle } from './pace.ts';
import type { ProgressView } from './view.ts';

const interval = 5000;

/** A plain line every few seconds, for logs; with `everyStage` also when a stage begins. */
export function progressLines(
  write: (line: string) => void,
  now: () => Date,
  { everyStage }: { everyStage: boolean },
): ProgressView {
  const paces = new Map<Stage, Pace>();
  let last = now().getTime();
  return {
    show: (progress: Progress) => {
      const time = now().getTime();
      const known = paces.get(progress.stage);
      const pace = known ?? new Pace(progress, time);
      paces.set(progress.stage, pace);
      if (time - last < interval && !(everyStage && known === undefined)) return;
      last = time;
      write(`${stageTitle(progress)} ${pace.words(progress, time)}\n`);
    },
    stop: () => undefined,
  };
}
