import type { ComponentChildren } from 'preact';
import type { Loaded } from '../state/loaded.ts';
import { useWords } from '../words/index.ts';
import { RefusalNotice } from './notice.tsx';

/** Grey lines in the place of what comes; said only once to those who listen. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  const words = useWords();
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{words.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class={`bone bone-${line % 4}`} />
      ))}
    </div>
  );
}

/** What was fetched, or the state of its fetching. */
export function Waiting<Value>({
  on,
  lines,
  children,
}: {
  readonly on: Loaded<Value>;
  readonly lines?: number;
  readonly children: (value: Value) => ComponentChildren;
}) {
  return (
    <>
      <RefusalNotice refusal={on.refusal} onRetry={on.reload} />
      {on.value !== undefined ? (
        children(on.value)
      ) : on.refusal === undefined ? (
        <Skeleton lines={lines ?? 4} />
      ) : null}
    </>
  );
}
