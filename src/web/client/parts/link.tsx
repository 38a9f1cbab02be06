import type { ComponentChildren } from 'preact';
import { goTo } from '../state/place.ts';

interface LinkProps {
  readonly to: string;
  readonly class?: string | undefined;
  readonly current?: boolean | undefined;
  readonly label?: string | undefined;
  readonly replace?: boolean | undefined;
  readonly children: ComponentChildren;
}

/** A link within the wizard: a real address, gone to without loading the page again. */
export function Link({ to, class: look, current, label, replace, children }: LinkProps) {
  return (
    <a
      href={to}
      class={look}
      aria-current={current === true ? 'page' : undefined}
      aria-label={label}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        goTo(to, { replace: replace === true });
      }}
    >
      {children}
    </a>
  );
}
