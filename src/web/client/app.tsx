import { useEffect } from 'preact/hooks';
import { api } from './api/index.ts';
import { asRefusal } from './api/refusal.ts';
import { session } from './api/session.ts';
import { EditFeedPage, NewFeedPage } from './feeds/form.tsx';
import { Feeds } from './feeds/list.tsx';
import { FeedPage } from './feeds/page.tsx';
import { ImportPage } from './import/page.tsx';
import { Home } from './pages/home.tsx';
import { NotFound } from './pages/not-found.tsx';
import { Profiles } from './pages/profiles.tsx';
import { RunPage } from './pages/run.tsx';
import { Runs } from './pages/runs.tsx';
import { Shell } from './pages/shell.tsx';
import { SignIn, SignInAgain } from './pages/sign-in.tsx';
import { RefusalNotice } from './parts/notice.tsx';
import { Skeleton } from './parts/waiting.tsx';
import { useAction } from './state/action.ts';
import { partsOf, usePlace } from './state/place.ts';
import { useStore } from './state/store.ts';
import { language } from './words/index.ts';

/** The wizard. */
export function App() {
  const now = useStore(session);
  const ask = useAction(async () => {
    try {
      const me = await api.me();
      if (me.language !== null) language.set(me.language);
      session.set({ state: 'in', me });
    } catch (thrown) {
      if (asRefusal(thrown).code !== 'signed-out') throw thrown;
      session.set({ state: 'out' });
    }
  });
  useEffect(() => {
    ask.run();
  }, []);

  if (now.state === 'unknown')
    return (
      <main class="page">
        {ask.refusal === undefined ? (
          <Skeleton />
        ) : (
          <RefusalNotice refusal={ask.refusal} onRetry={ask.run} />
        )}
      </main>
    );
  if (now.state === 'out') return <SignIn />;
  return (
    <>
      <Shell>
        <Pages />
      </Shell>
      {now.state === 'ended' ? <SignInAgain account={now.me.account} /> : null}
    </>
  );
}

function Pages() {
  const { path } = usePlace();
  const [section, id, step] = partsOf(path);
  if (section === undefined) return <Home />;
  if (section === 'imports' && id !== undefined) return <ImportPage key={id} id={id} step={step} />;
  if (section === 'runs') return id === undefined ? <Runs /> : <RunPage key={id} id={id} />;
  if (section === 'feeds') {
    if (id === undefined) return <Feeds />;
    if (id === 'new') return <NewFeedPage />;
    return step === 'edit' ? <EditFeedPage key={id} id={id} /> : <FeedPage key={id} id={id} />;
  }
  if (section === 'mappings') return <Profiles />;
  return <NotFound />;
}
