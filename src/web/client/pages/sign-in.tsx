import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/index.ts';
import { session } from '../api/session.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Languages } from '../parts/languages.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { useAction } from '../state/action.ts';
import { goTo } from '../state/place.ts';
import { useWords } from '../words/index.ts';

/** The token of a sign-in link, which stands behind `#` so that no server writes it down; taken out of the address. */
function tokenOfAddress(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  goTo(location.pathname + location.search, { replace: true });
  return token;
}

function useSignIn(formerAccount?: string) {
  const [token, setToken] = useState('');
  const signIn = useAction(async (given: string) => {
    const me = await api.signIn(given.trim());
    // What is on the page belongs to the account that was signed in before.
    if (formerAccount !== undefined && formerAccount !== me.account) location.assign('/');
    session.set({ state: 'in', me });
  });
  return { token, setToken, signIn };
}

/** The page of those who are not signed in; the address stays, so that one comes to where one wanted to go. */
export function SignIn() {
  const words = useWords();
  const { token, setToken, signIn } = useSignIn();
  useEffect(() => {
    document.title = `${words.signIn.title} · ${words.product}`;
    document.documentElement.lang = words.language;
    const linked = tokenOfAddress();
    if (linked !== undefined) signIn.run(linked);
  }, []);
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <svg class="brand-mark large" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" />
          <path d="M8 10h16v4h-6v10h-4V14H8z" />
        </svg>
        <h1>{words.signIn.title}</h1>
        <p class="lead">{words.signIn.lead}</p>
        <Form token={token} setToken={setToken} signIn={signIn} />
        <details>
          <summary>{words.signIn.noToken}</summary>
          <p>{words.signIn.how}</p>
          <p>
            <code>tesoro-migrate token create --role admin --name Ana</code>
          </p>
        </details>
        <Languages />
      </div>
    </main>
  );
}

/** The same over a page whose session has ended. What is on the page stays, and what was asked for goes on after. */
export function SignInAgain({ account }: { readonly account: string }) {
  const words = useWords();
  const { token, setToken, signIn } = useSignIn(account);
  return (
    <Dialog title={words.signIn.endedTitle} onClose={() => undefined} firm actions={null}>
      <Notice tone="info">
        <p>{words.signIn.ended}</p>
      </Notice>
      <Form token={token} setToken={setToken} signIn={signIn} />
    </Dialog>
  );
}

function Form({ token, setToken, signIn }: ReturnType<typeof useSignIn>) {
  const words = useWords();
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== '') signIn.run(token);
      }}
    >
      {signIn.refusal?.code === 'signed-out' ? (
        <Notice tone="bad" urgent title={words.signIn.wrong}>
          <p>{words.signIn.wrongCure}</p>
        </Notice>
      ) : (
        <RefusalNotice refusal={signIn.refusal} />
      )}
      <label class="field">
        <span>{words.signIn.token}</span>
        <input
          type="password"
          autocomplete="current-password"
          required
          maxLength={200}
          value={token}
          onInput={(event) => {
            setToken(event.currentTarget.value);
          }}
        />
      </label>
      <Button rank="main" icon="key" submit busy={signIn.busy}>
        {words.signIn.go}
      </Button>
    </form>
  );
}
