import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/index.ts';
import { session } from '../api/session.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Languages } from '../parts/languages.tsx';
import { Link } from '../parts/link.tsx';
import { useAction } from '../state/action.ts';
import { announcement } from '../state/announcement.ts';
import { useLoaded } from '../state/loaded.ts';
import { useMe } from '../state/me.ts';
import { usePlace } from '../state/place.ts';
import { useStore } from '../state/store.ts';
import { useWords } from '../words/index.ts';

/** What stands around every page: name, ways, language, who is signed in. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const words = useWords();
  const me = useMe();
  const { path } = usePlace();
  const leave = useAction(async () => {
    await api.signOut();
    session.set({ state: 'out' });
  });
  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words]);
  const under = (start: string) => path === start || path.startsWith(`${start}/`);
  return (
    <>
      <a class="unseen skip" href="#main">
        {words.skip}
      </a>
      <header class="top">
        <Link to="/" class="brand" label={words.product}>
          <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M8 10h16v4h-6v10h-4V14H8z" />
          </svg>
          <span>{words.product}</span>
        </Link>
        <nav class="ways" aria-label={words.ways}>
          <Link to="/" current={path === '/' || under('/imports')}>
            {words.home.way}
          </Link>
          <Link to="/runs" current={under('/runs')}>
            {words.runs.way}
          </Link>
          <FeedsLink current={under('/feeds')} />
          <Link to="/mappings" current={under('/mappings')}>
            {words.profiles.way}
          </Link>
        </nav>
        <div class="who">
          <Languages remember />
          <span class="who-name" title={words.role[me.role]}>
            <Icon name="people" />
            <span>
              {me.name} <small>{me.account}</small>
            </span>
          </span>
          <Button rank="quiet" icon="door" busy={leave.busy} onClick={leave.run}>
            {words.signOut}
          </Button>
        </div>
      </header>
      {me.role === 'viewer' ? <p class="viewing">{words.viewing}</p> : null}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Announcer />
    </>
  );
}

/** The way to the feeds, with the number of those that wait for a person; where the server has none there is no way. */
function FeedsLink({ current }: { readonly current: boolean }) {
  const words = useWords();
  const feeds = useLoaded('feeds', (signal) => api.feeds(signal));
  if (feeds.value === undefined) return null;
  const waiting = feeds.value.feeds.filter(({ state }) => state === 'held' || state === 'failing');
  return (
    <Link to="/feeds" current={current}>
      {words.feeds.way}
      {waiting.length === 0 ? '' : ` (${words.n(waiting.length)})`}
    </Link>
  );
}

function Announcer() {
  const sentence = useStore(announcement);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {sentence}
    </p>
  );
}
