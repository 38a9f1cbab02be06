import type { Me } from '../../api.ts';
import { session } from '../api/session.ts';
import { useStore } from './store.ts';

/** Who is signed in; the pages are drawn for nobody else. */
export function useMe(): Me {
  const now = useStore(session);
  if (now.state === 'in' || now.state === 'ended') return now.me;
  throw new Error('a page was drawn for nobody');
}

/** Whether the person may change anything. */
export const useMayChange = (): boolean => useMe().role === 'admin';
