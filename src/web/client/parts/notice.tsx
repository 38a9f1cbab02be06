import type { ComponentChildren } from 'preact';
import type { Refusal } from '../api/refusal.ts';
import { useWords } from '../words/index.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

type Tone = 'good' | 'info' | 'warning' | 'bad';

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  info: 'info',
  warning: 'warning',
  bad: 'stop',
};

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Read out as soon as it appears. */
  readonly urgent?: boolean | undefined;
}

/** A box that says what happened, and what to do. */
export function Notice({ tone, title, children, actions, urgent }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={urgent === true ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div class="notice-words">
        {title === undefined ? null : <p class="notice-title">{title}</p>}
        {children}
        {actions === undefined ? null : <div class="row">{actions}</div>}
      </div>
    </div>
  );
}

/** What went wrong with a request, and the way out of it. */
export function RefusalNotice({
  refusal,
  onRetry,
}: {
  readonly refusal: Refusal | undefined;
  readonly onRetry?: (() => void) | undefined;
}) {
  const words = useWords();
  if (refusal === undefined) return null;
  const { title, cure } = words.refusals[refusal.code];
  const own = refusal.code !== 'offline';
  return (
    <Notice
      tone="bad"
      urgent
      title={title}
      actions={
        onRetry === undefined ? undefined : (
          <Button icon="again" onClick={onRetry}>
            {words.tryAgain}
          </Button>
        )
      }
    >
      {own && refusal.message !== '' ? <p>{refusal.message}</p> : null}
      <p>{refusal.hint ?? cure}</p>
    </Notice>
  );
}
