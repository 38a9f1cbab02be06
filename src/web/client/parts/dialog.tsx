import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useWords } from '../words/index.ts';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly actions: ComponentChildren;
  readonly wide?: boolean | undefined;
  /** Cannot be left without an answer. */
  readonly firm?: boolean | undefined;
}

/** A question over the page. Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children, actions, wide, firm }: DialogProps) {
  const words = useWords();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={wide === true ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (firm !== true) onClose();
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        {firm === true ? null : (
          <Button rank="quiet" icon="cross" label={words.close} onClick={onClose}>
            {''}
          </Button>
        )}
      </div>
      <div class="dialog-body">{children}</div>
      <div class="dialog-foot">{actions}</div>
    </dialog>
  );
}
