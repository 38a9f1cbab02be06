import type { Import } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Fates } from '../parts/fates.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { useLoaded } from '../state/loaded.ts';
import { useWords } from '../words/index.ts';

interface ConfirmDialogProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onBegun: (newer: Import) => void;
}

/** The last question: the numbers of the whole plan, whatever filter is on, and what can be undone. */
export function ConfirmDialog({ id, onClose, onBegun }: ConfirmDialogProps) {
  const words = useWords();
  const counts = useLoaded(`all counts ${id}`, (signal) => api.counts(id, '', signal));
  const begin = useAction(async () => {
    onBegun(await api.apply(id));
  });
  return (
    <Dialog
      title={words.confirm.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            rank="main"
            icon="check"
            busy={begin.busy}
            disabled={counts.value === undefined}
            onClick={begin.run}
          >
            {words.confirm.go}
          </Button>
        </>
      }
    >
      <RefusalNotice refusal={begin.refusal} />
      <Waiting on={counts}>
        {({ fates, read }) => (
          <>
            <p>{words.confirm.exactly}</p>
            <Fates counts={fates} read={read} />
            {fates.rejected > 0 ? <p>{words.confirm.rejected(fates.rejected)}</p> : null}
            <p class="soft">{words.confirm.undo}</p>
          </>
        )}
      </Waiting>
    </Dialog>
  );
}
