import { api } from '../api/index.ts';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useLoaded } from '../state/loaded.ts';
import { usePlace } from '../state/place.ts';
import { useWords } from '../words/index.ts';
import { RunTable } from './run-table.tsx';

const pageLength = 25;

/** The history of all runs of the account, those of the command line too. */
export function Runs() {
  const words = useWords();
  const { query } = usePlace();
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const offset = (page - 1) * pageLength;
  const runs = useLoaded(`runs ${page}`, (signal) => api.runs(offset, pageLength, signal));
  return (
    <Page title={words.runs.title} lead={words.runs.lead}>
      <Waiting on={runs} lines={8}>
        {({ runs: list, total }) => (
          <>
            <RunTable runs={list} />
            {total > pageLength ? (
              <nav class="row apart" aria-label={words.pages}>
                <span class="soft">{words.range(offset + 1, offset + list.length, total)}</span>
                <span class="row">
                  {page > 1 ? (
                    <Link to={`/runs?page=${page - 1}`} class="button plain">
                      {words.newer}
                    </Link>
                  ) : null}
                  {offset + list.length < total ? (
                    <Link to={`/runs?page=${page + 1}`} class="button plain">
                      {words.older}
                    </Link>
                  ) : null}
                </span>
              </nav>
            ) : null}
          </>
        )}
      </Waiting>
    </Page>
  );
}
