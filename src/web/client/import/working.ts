import { useEffect } from 'preact/hooks';
import type { Import } from '../../api.ts';
import { api } from '../api/index.ts';
import { useLoaded, type Loaded } from '../state/loaded.ts';

const pace = 700;

/** What every step of an import is given. */
export interface Working {
  readonly imported: Import;
  readonly reload: () => void;
  /** Takes the newer state that an answer brought. */
  readonly put: (newer: Import) => void;
  readonly mayChange: boolean;
}

/** An import, asked for again while work goes on in the background and whenever one comes back to the window. */
export function useImport(id: string): Loaded<Import> {
  const loaded = useLoaded(`import ${id}`, (signal) => api.import(id, signal));
  const { value, refusal, reload } = loaded;
  const working = value !== undefined && value.job !== null;
  useEffect(() => {
    if (!working && refusal === undefined) return;
    if (value === undefined) return;
    // Also after a failure: a server that starts again is found by asking again.
    const timer = setTimeout(reload, refusal === undefined ? pace : pace * 3);
    return () => {
      clearTimeout(timer);
    };
  }, [value, refusal, working, reload]);
  useEffect(() => {
    window.addEventListener('focus', reload);
    return () => {
      window.removeEventListener('focus', reload);
    };
  }, [reload]);
  return loaded;
}
