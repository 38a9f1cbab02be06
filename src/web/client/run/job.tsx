import { useEffect, useRef } from 'preact/hooks';
import type { Job } from '../../api.ts';
import { Button } from '../parts/button.tsx';
import { Progress } from '../parts/progress.tsx';
import { announce } from '../state/announcement.ts';
import { useWords } from '../words/index.ts';

interface JobProgressProps {
  readonly job: Job;
  readonly onStop?: (() => void) | undefined;
  readonly stopping?: boolean | undefined;
}

const betweenWords = 5000;

/** Work in the background: what is done now, how far it is, and a way to stop it. */
export function JobProgress({ job, onStop, stopping }: JobProgressProps) {
  const words = useWords();
  const spoken = useRef(0);
  const { progress } = job;
  const share =
    progress === null || progress.total === null || progress.total === 0
      ? undefined
      : Math.min(1, progress.done / progress.total);
  const doing = progress === null ? words.jobs[job.kind].title : words.stage(progress.stage);
  const count =
    progress === null || (progress.done === 0 && progress.total === null)
      ? ''
      : words.progress(progress.done, progress.total, progress.unit);
  useEffect(() => {
    const now = Date.now();
    if (now - spoken.current < betweenWords) return;
    spoken.current = now;
    announce(`${doing} ${share === undefined ? count : words.percent(share)}`);
  }, [doing, count]);
  return (
    <div class="card stack job">
      <div class="row apart">
        <p class="strong">{doing}</p>
        <span class="soft numbers">{count}</span>
      </div>
      <Progress label={doing} share={share} />
      <div class="row apart">
        <span class="soft">{words.jobs.mayLeave}</span>
        {onStop === undefined ? null : (
          <Button icon="cross" busy={stopping} onClick={onStop}>
            {words.stop}
          </Button>
        )}
      </div>
    </div>
  );
}
