import { createStore } from './store.ts';

/** What is read out to those who do not see the page change. */
export const announcement = createStore('');

/** Has a sentence read out, also when it is the same as the last. */
export function announce(sentence: string): void {
  announcement.set('');
  setTimeout(() => {
    announcement.set(sentence);
  }, 50);
}
