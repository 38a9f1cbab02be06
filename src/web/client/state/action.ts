import { useEffect, useRef, useState } from 'preact/hooks';
import { asRefusal, isCalledOff, type Refusal } from '../api/refusal.ts';

/** Something that a person sets off, and that takes its time. */
export interface Action<Given extends readonly unknown[]> {
  /** Begins it, unless it is going on. */
  readonly run: (...given: Given) => void;
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  readonly forget: () => void;
}

/** An action out of a function; what it throws is shown and not lost. */
export function useAction<Given extends readonly unknown[]>(
  act: (...given: Given) => Promise<unknown>,
): Action<Given> {
  const [state, setState] = useState<{ busy: boolean; refusal: Refusal | undefined }>({
    busy: false,
    refusal: undefined,
  });
  const going = useRef(false);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  return {
    ...state,
    run: (...given) => {
      if (going.current) return;
      going.current = true;
      setState({ busy: true, refusal: undefined });
      void act(...given)
        .then(
          () => undefined,
          (thrown: unknown) => (isCalledOff(thrown) ? undefined : asRefusal(thrown)),
        )
        .then((refusal) => {
          going.current = false;
          if (alive.current) setState({ busy: false, refusal });
        });
    },
    forget: () => {
      setState({ busy: false, refusal: undefined });
    },
  };
}
