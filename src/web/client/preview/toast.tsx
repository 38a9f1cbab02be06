import type { EditResult } from '../../api.ts';
import type { Refusal } from '../api/refusal.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';

interface ToastProps {
  readonly result: EditResult;
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

/** What was just corrected, and the way back. It stays until the next thing is done. */
export function Toast({ result, busy, refusal, onUndo, onClose }: ToastProps) {
  const words = useWords();
  return (
    <div class="toast" role="status">
      <Icon name="check" />
      <span>
        {refusal === undefined ? words.corrections.made(result.effect?.rows ?? 1) : refusal.message}
      </span>
      <Button small icon="undo" busy={busy} onClick={onUndo}>
        {words.corrections.undo}
      </Button>
      <Button small rank="quiet" icon="cross" label={words.close} onClick={onClose}>
        {''}
      </Button>
    </div>
  );
}
