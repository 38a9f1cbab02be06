import { api } from '../api/index.ts';
import { Foot } from '../parts/foot.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { Outcome } from '../run/outcome.tsx';
import { JobProgress } from '../run/job.tsx';
import { useAction } from '../state/action.ts';
import { useWords } from '../words/index.ts';
import type { Working } from './working.ts';

/** The last step: the import as it goes on, and what came of it. */
export function ResultStep({ imported, reload, put, mayChange }: Working) {
  const words = useWords();
  const stop = useAction(async () => {
    put(await api.stop(imported.id));
  });
  const { job, run } = imported;
  if (job !== null)
    return (
      <Page title={words.jobs[job.kind].title} lead={words.jobs[job.kind].lead}>
        <JobProgress job={job} onStop={mayChange ? stop.run : undefined} stopping={stop.busy} />
      </Page>
    );
  if (run === null) return <Skeleton />;
  return (
    <>
      <Outcome key={`${run} ${imported.version} ${imported.state}`} id={run} onChange={reload} />
      <Foot>
        <Link to="/runs" class="button plain">
          {words.runs.way}
        </Link>
        <Link to="/" class="button main">
          {words.result.another}
        </Link>
      </Foot>
    </>
  );
}
