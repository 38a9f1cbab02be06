// Who is signed in. A request that finds the session ended waits here until somebody has signed in again.
import type { Me } from '../../api.ts';
import { createStore } from '../state/store.ts';

/** `unknown`: not asked yet; `ended`: was signed in, and has to sign in again to go on where they are. */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly me: Me }
  | { readonly state: 'ended'; readonly me: Me };

export const session = createStore<Session>({ state: 'unknown' });

/** The value for the header that proves that a change was asked for by this page. */
export function csrfToken(): string {
  const now = session.get();
  return now.state === 'in' || now.state === 'ended' ? now.me.csrf : '';
}

/** Marks the session as ended and waits for the next one. */
export function signedInAgain(): Promise<void> {
  const now = session.get();
  session.set(
    now.state === 'in' || now.state === 'ended' ? { ...now, state: 'ended' } : { state: 'out' },
  );
  return new Promise((resolve) => {
    const stop = session.subscribe(() => {
      if (session.get().state !== 'in') return;
      stop();
      resolve();
    });
  });
}
