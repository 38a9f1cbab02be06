import { useEffect, useState } from 'preact/hooks';
import type { Feed, FeedSync } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Empty } from '../parts/empty.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Skeleton, Waiting } from '../parts/waiting.tsx';
import { JobProgress } from '../run/job.tsx';
import { useAction } from '../state/action.ts';
import { useLoaded } from '../state/loaded.ts';
import { useMayChange } from '../state/me.ts';
import { goTo } from '../state/place.ts';
import { useWords } from '../words/index.ts';
import { Held } from './held.tsx';
import { FeedMark } from './list.tsx';
import { Picture } from './picture.tsx';

const pace = 900;
const historyLength = 60;

/** One feed: how it is, its listings over time, what waits for approval, and every sync. */
export function FeedPage({ id }: { readonly id: string }) {
  const words = useWords();
  const mayChange = useMayChange();
  const feed = useLoaded(`feed ${id}`, (signal) => api.feed(id, signal));
  const [removing, setRemoving] = useState(false);
  const { value, reload } = feed;
  const sync = useAction(async () => {
    feed.put(await api.syncFeed(id));
  });
  const remove = useAction(async () => {
    await api.removeFeed(id);
    goTo('/feeds');
  });
  const working = value !== undefined && value.job !== null;
  useEffect(() => {
    if (!working) return;
    const timer = setTimeout(reload, pace);
    return () => {
      clearTimeout(timer);
    };
  }, [working, value, reload]);
  if (value === undefined)
    return (
      <div class="page">
        {feed.refusal === undefined ? <Skeleton lines={6} /> : null}
        <RefusalNotice refusal={feed.refusal} onRetry={reload} />
      </div>
    );
  const isDraft = value.settings.mode === 'draft';
  const key = `${id} ${value.lastSync?.id ?? ''} ${value.listings.held} ${working}`;
  return (
    <>
      <nav class="crumbs" aria-label={words.ways}>
        <Link to="/feeds">{words.feeds.title}</Link>
      </nav>
      <Page title={value.settings.name} lead={value.settings.url}>
        <State feed={value} />
        {value.job === null ? null : <JobProgress job={value.job} />}
        <RefusalNotice refusal={sync.refusal ?? remove.refusal} />
        {mayChange ? (
          <div class="row">
            <Button rank="main" icon="again" busy={sync.busy || working} onClick={sync.run}>
              {isDraft ? words.feeds.test : words.feeds.sync}
            </Button>
            <Link to={`/feeds/${id}/edit`} class="button plain">
              {words.feeds.edit}
            </Link>
            <Button
              rank="danger"
              icon="trash"
              onClick={() => {
                setRemoving(true);
              }}
            >
              {words.remove}
            </Button>
          </div>
        ) : null}
        {value.listings.held > 0 ? (
          <Held id={id} revision={key} mayChange={mayChange} onApproved={reload} />
        ) : null}
        <History id={id} revision={key} />
      </Page>
      {removing ? (
        <Dialog
          title={words.feeds.removeTitle(value.settings.name)}
          onClose={() => {
            setRemoving(false);
          }}
          actions={
            <>
              <Button
                onClick={() => {
                  setRemoving(false);
                }}
              >
                {words.cancel}
              </Button>
              <Button rank="danger" icon="trash" busy={remove.busy} onClick={remove.run}>
                {words.remove}
              </Button>
            </>
          }
        >
          <p>{words.feeds.removeAbout}</p>
        </Dialog>
      ) : null}
    </>
  );
}

function State({ feed }: { readonly feed: Feed }) {
  const words = useWords();
  const { lastSync, failure } = feed;
  const error = failure?.message ?? lastSync?.error ?? null;
  const hint = failure?.hint ?? lastSync?.hint ?? null;
  return (
    <div class="stack">
      <p class="row">
        <FeedMark feed={feed} />
        <span class="soft">{words.feeds.modes[feed.settings.mode]}</span>
        <span class="soft">{words.feeds.onOffer(feed.listings.onOffer)}</span>
        {feed.listings.withdrawn > 0 ? (
          <span class="soft">{words.feeds.withdrawn(feed.listings.withdrawn)}</span>
        ) : null}
      </p>
      {feed.state === 'failing' || failure !== null ? (
        <Notice tone="bad" title={words.feeds.failing(feed.failures)}>
          {error === null ? null : <p>{error}</p>}
          {hint === null ? null : <p>{hint}</p>}
          <p>{words.feeds.failingAbout}</p>
        </Notice>
      ) : null}
    </div>
  );
}

function History({ id, revision }: { readonly id: string; readonly revision: string }) {
  const words = useWords();
  const history = useLoaded(`history ${revision}`, (signal) =>
    api.feedHistory(id, 0, historyLength, signal),
  );
  return (
    <section class="stack" aria-labelledby="history">
      <h2 id="history">{words.feeds.history}</h2>
      <Waiting on={history}>
        {({ syncs }) =>
          syncs.length === 0 ? (
            <Empty icon="clock" title={words.feeds.never} />
          ) : (
            <>
              <Picture syncs={syncs} />
              <div class="card flush scroll" tabIndex={0}>
                <table class="list">
                  <thead>
                    <tr>
                      <th scope="col">{words.runs.when}</th>
                      <th scope="col">{words.runs.status}</th>
                      <th scope="col">{words.feeds.changes}</th>
                      <th scope="col" class="right">
                        {words.feeds.offer}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {syncs.map((sync) => (
                      <Sync key={sync.id} sync={sync} />
                    ))}
                  </tbody>
                </table>
              </div>
            </>
          )
        }
      </Waiting>
    </section>
  );
}

const tones: Readonly<Record<FeedSync['outcome'], string>> = {
  running: 'updated',
  interrupted: 'parked',
  unchanged: 'unchanged',
  previewed: 'unchanged',
  synced: 'created',
  failed: 'rejected',
};

function Sync({ sync }: { readonly sync: FeedSync }) {
  const words = useWords();
  const { fates, withdrawal } = sync;
  const changes = [
    ...Object.entries(fates ?? {})
      .filter(([fate, count]) => count > 0 && fate !== 'unchanged')
      .map(([fate, count]) => words.feeds.fate(fate, count)),
    ...(withdrawal === null || withdrawal.withdrawn === 0
      ? []
      : [words.feeds.withdrawn(withdrawal.withdrawn)]),
    ...(withdrawal === null || withdrawal.held === 0 ? [] : [words.feeds.held(withdrawal.held)]),
  ];
  return (
    <tr>
      <td data-label={words.runs.when}>
        {sync.run === null ? (
          words.time(sync.startedAt)
        ) : (
          <Link to={`/runs/${sync.run}`}>{words.time(sync.startedAt)}</Link>
        )}
      </td>
      <td data-label={words.runs.status}>
        <span class={`mark ${tones[sync.outcome]}`}>{words.feeds.outcomes[sync.outcome]}</span>
      </td>
      <td data-label={words.feeds.changes}>{sync.error ?? changes.join(', ')}</td>
      <td data-label={words.feeds.offer} class="right numbers">
        {withdrawal === null ? '–' : words.n(withdrawal.onOffer)}
      </td>
    </tr>
  );
}
