// Where in the wizard one is: the address of the page, and nothing beside it.
import { createStore, useStore } from './store.ts';

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

const fromAddress = (): Place => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
});

const place = createStore<Place>(fromAddress());

window.addEventListener('popstate', () => {
  place.set(fromAddress());
});

/** The present place. */
export const usePlace = (): Place => useStore(place);

/** Goes to an address of the wizard; `replace` leaves no step for the back button. */
export function goTo(address: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  const before = place.get().path;
  place.set(fromAddress());
  if (before !== place.get().path) window.scrollTo(0, 0);
}

/** The parts of a path: `/runs/7` is `['runs', '7']`. */
export function partsOf(path: string): readonly string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}
