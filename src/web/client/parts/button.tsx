import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick?: (() => void) | undefined;
  /** `main` is what the page is for; there is one. */
  readonly rank?: 'main' | 'plain' | 'quiet' | 'danger' | undefined;
  readonly icon?: IconName | undefined;
  readonly busy?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly submit?: boolean | undefined;
  readonly label?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly small?: boolean | undefined;
}

/** A button; while it is busy it says so and does nothing. */
export function Button(props: ButtonProps) {
  const { children, onClick, rank = 'plain', icon, busy = false, disabled = false } = props;
  return (
    <button
      type={props.submit === true ? 'submit' : 'button'}
      class={`button ${rank}${props.small === true ? ' small' : ''}`}
      aria-label={props.label}
      aria-busy={busy}
      aria-pressed={props.pressed}
      aria-disabled={busy || disabled}
      onClick={(event) => {
        if (busy || disabled) event.preventDefault();
        else onClick?.();
      }}
    >
      {busy ? <span class="spinner" /> : icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
