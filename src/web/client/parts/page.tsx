import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../words/index.ts';

let first = true;

interface PageProps {
  readonly title: string;
  /** One sentence under the title. */
  readonly lead?: ComponentChildren;
  readonly wide?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A page: its title is that of the window, and has the focus when one comes here. */
export function Page({ title, lead, wide, children }: PageProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.product}`;
  }, [title, words]);
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  return (
    <div class={wide === true ? 'page wide' : 'page'}>
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <p class="lead">{lead}</p>}
      </header>
      {children}
    </div>
  );
}
