import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { asRefusal, isCalledOff, type Refusal } from '../api/refusal.ts';

/** Something that is fetched. While it is fetched anew, the last value stays on the page. */
export interface Loaded<Value> {
  readonly value: Value | undefined;
  readonly refusal: Refusal | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Puts a newer value in its place, as an answer to a change brings it. */
  readonly put: (value: Value) => void;
}

/**
 * Fetches when the key changes. An answer that comes after a later question is dropped, so that a slow one never
 * overtakes a fast one.
 */
export function useLoaded<Value>(
  key: string,
  load: (signal: AbortSignal) => Promise<Value>,
): Loaded<Value> {
  const [held, setHeld] = useState<{
    key: string;
    value: Value | undefined;
    refusal: Refusal | undefined;
    loading: boolean;
  }>({ key, value: undefined, refusal: undefined, loading: true });
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const ending = new AbortController();
    setHeld((before) => ({ ...before, loading: true }));
    latest.current(ending.signal).then(
      (value) => {
        if (!ending.signal.aborted) setHeld({ key, value, refusal: undefined, loading: false });
      },
      (thrown: unknown) => {
        if (ending.signal.aborted || isCalledOff(thrown)) return;
        setHeld((before) => ({
          key,
          value: before.key === key ? before.value : undefined,
          refusal: asRefusal(thrown),
          loading: false,
        }));
      },
    );
    return () => {
      ending.abort();
    };
  }, [key, turn]);

  const reload = useCallback(() => {
    setTurn((count) => count + 1);
  }, []);
  const put = useCallback(
    (value: Value) => {
      setHeld({ key, value, refusal: undefined, loading: false });
    },
    [key],
  );
  return { value: held.value, refusal: held.refusal, loading: held.loading, reload, put };
}
