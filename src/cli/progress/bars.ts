import type { SingleBar } from 'cli-progress';
import { MultiBar } from 'cli-progress';
import type { Progress, Stage } from '../../run/contract.ts';
import type { OutputStream } from '../terminal.ts';
import { Pace, stageTitle } from './pace.ts';
import type { ProgressView } from './view.ts';

const barWidth = 20;

interface Line {
  readonly bar: SingleBar;
  readonly pace: Pace;
}

function draw({ total }: Progress, share: number): string {
  if (total === undefined) return ' '.repeat(barWidth);
  const full = Math.round(Math.min(1, share) * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}

/** A bar for each stage of the run, with records, rate and time left. */
export function progressBars(stream: OutputStream, now: () => Date): ProgressView {
  const lines = new Map<Stage, Line>();
  const bars = new MultiBar({
    stream,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    emptyOnZero: true,
    format: (_options, _params, payload: { progress: Progress; words: string }) => {
      const { progress, words } = payload;
      const share = progress.total === undefined ? 0 : progress.done / (progress.total || 1);
      return `${stageTitle(progress).padEnd(24)} ${draw(progress, share)}  ${words}`;
    },
  });
  const begin = (progress: Progress): Line => {
    const pace = new Pace(progress, now().getTime());
    const words = pace.words(progress, now().getTime());
    const line = {
      bar: bars.create(progress.total ?? 0, progress.done, { progress, words }),
      pace,
    };
    lines.set(progress.stage, line);
    return line;
  };
  return {
    show: (progress) => {
      const { bar, pace } = lines.get(progress.stage) ?? begin(progress);
      bar.setTotal(progress.total ?? 0);
      bar.update(progress.done, { progress, words: pace.words(progress, now().getTime()) });
    },
    stop: () => {
      bars.stop();
    },
  };
}
