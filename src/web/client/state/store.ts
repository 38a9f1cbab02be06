import { useEffect, useState } from 'preact/hooks';

/** A value that several parts of the page look at. */
export interface Store<Value> {
  get: () => Value;
  set: (value: Value) => void;
  /** Calls `listener` after every change until the function that it returns is called. */
  subscribe: (listener: () => void) => () => void;
}

/** A store that begins with `value`. */
export function createStore<Value>(value: Value): Store<Value> {
  const listeners = new Set<() => void>();
  let present = value;
  return {
    get: () => present,
    set: (next) => {
      if (Object.is(next, present)) return;
      present = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The present value of a store; the component is drawn again when it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(store.get);
  useEffect(() => {
    const take = () => {
      setValue(() => store.get());
    };
    take();
    return store.subscribe(take);
  }, [store]);
  return value;
}
