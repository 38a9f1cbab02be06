import type { Run } from '../../api.ts';
import { Notice } from '../parts/notice.tsx';
import { useWords } from '../words/index.ts';
import { sumOf } from './sum.ts';

/** The one sentence for which one came: did it work? Never green while rows are missing. */
export function Verdict({ run }: { readonly run: Run }) {
  const words = useWords();
  const { read, fates } = sumOf(run);
  const out = (fates['rejected'] ?? 0) + (fates['parked'] ?? 0);
  if (run.failure !== null && run.job === null)
    return (
      <Notice tone="bad" urgent title={words.result.failed}>
        <p>{run.failure.message}</p>
        {run.failure.hint === null ? null : <p>{run.failure.hint}</p>}
      </Notice>
    );
  if (run.undone !== null)
    return (
      <Notice tone="info" title={words.result.undone}>
        <p>{words.result.undoneAbout(run.undone.deleted, run.undone.restored, run.undone.left)}</p>
      </Notice>
    );
  switch (run.status) {
    case 'failed':
      return (
        <Notice tone="bad" title={words.result.failed}>
          <p>{words.result.failedAbout}</p>
        </Notice>
      );
    case 'interrupted':
      return (
        <Notice tone="warning" title={words.result.interrupted}>
          <p>{words.result.interruptedAbout}</p>
        </Notice>
      );
    case 'rolling-back':
    case 'running':
      return (
        <Notice tone="info" title={words.runs.statuses[run.status]}>
          <p>{words.jobs.mayLeave}</p>
        </Notice>
      );
    case 'planned':
      return (
        <Notice tone="info" title={words.result.planned}>
          <p>{words.nothingSaved}</p>
        </Notice>
      );
    case 'rolled-back':
      return <Notice tone="info" title={words.result.undone} />;
    case 'complete':
      break;
  }
  if (!run.balanced)
    return (
      <Notice tone="bad" title={words.result.unbalanced}>
        <p>{words.result.notAsPreviewedCure}</p>
      </Notice>
    );
  if (run.command === 'verify') return <Notice tone="good" title={words.result.verified} />;
  if (run.command === 'rollback') return <Notice tone="good" title={words.result.rollback} />;
  return out === 0 ? (
    <Notice tone="good" title={words.result.allIn(read)} />
  ) : (
    <Notice tone="warning" title={words.result.someOut(read - out, read, out)}>
      <p>{words.result.someOutAbout}</p>
    </Notice>
  );
}
