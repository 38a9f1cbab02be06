import type { Feed } from '../../api.ts';
import { api } from '../api/index.ts';
import { Empty } from '../parts/empty.tsx';
import { Link } from '../parts/link.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useLoaded } from '../state/loaded.ts';
import { useMayChange } from '../state/me.ts';
import { useWords } from '../words/index.ts';

const tones: Readonly<Record<Feed['state'], string>> = {
  ok: 'created',
  new: 'unchanged',
  held: 'parked',
  stale: 'parked',
  failing: 'rejected',
};

/** How a feed is, in a word. */
export function FeedMark({ feed }: { readonly feed: Feed }) {
  const words = useWords();
  return <span class={`mark ${tones[feed.state]}`}>{words.feeds.states[feed.state]}</span>;
}

/** All feeds of the account. */
export function Feeds() {
  const words = useWords();
  const mayChange = useMayChange();
  const feeds = useLoaded('feeds', (signal) => api.feeds(signal));
  return (
    <Page title={words.feeds.title} lead={words.feeds.lead}>
      <Waiting on={feeds}>
        {({ feeds: list }) => (
          <>
            {list.length === 0 ? (
              <Empty icon="feed" title={words.feeds.none}>
                <p>{words.feeds.noneAbout}</p>
              </Empty>
            ) : (
              <ul class="begun">
                {list.map((feed) => (
                  <li key={feed.id} class="card">
                    <div class="grow">
                      <Link to={`/feeds/${feed.id}`} class="strong">
                        {feed.settings.name}
                      </Link>
                      <p class="soft">
                        {[
                          words.feeds.modes[feed.settings.mode],
                          words.feeds.onOffer(feed.listings.onOffer),
                          feed.lastSuccessAt === null
                            ? words.feeds.never
                            : words.feeds.last(words.time(feed.lastSuccessAt)),
                        ].join(' · ')}
                      </p>
                    </div>
                    {feed.listings.held > 0 ? (
                      <span class="soft">{words.feeds.held(feed.listings.held)}</span>
                    ) : null}
                    <FeedMark feed={feed} />
                  </li>
                ))}
              </ul>
            )}
            {mayChange ? (
              <div class="row">
                <Link to="/feeds/new" class="button main">
                  {words.feeds.add}
                </Link>
              </div>
            ) : null}
          </>
        )}
      </Waiting>
    </Page>
  );
}
