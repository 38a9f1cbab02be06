import type { Refusal } from '../api/refusal.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useLoaded } from '../state/loaded.ts';
import { useWords } from '../words/index.ts';

interface UndoDialogProps {
  readonly id: string;
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  readonly onClose: () => void;
  readonly onUndo: () => void;
}

/** Says what undoing a run will do before it is done. */
export function UndoDialog({ id, busy, refusal, onClose, onUndo }: UndoDialogProps) {
  const words = useWords();
  const plan = useLoaded(`undo ${id}`, (signal) => api.undoPlan(id, signal));
  return (
    <Dialog
      title={words.undo.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            rank="danger"
            icon="undo"
            busy={busy}
            disabled={plan.value === undefined}
            onClick={onUndo}
          >
            {words.undo.go}
          </Button>
        </>
      }
    >
      <RefusalNotice refusal={refusal} />
      <p>{words.undo.about}</p>
      <Waiting on={plan} lines={3}>
        {({ tables, left, totalLeft }) => (
          <>
            <table class="list">
              <thead>
                <tr>
                  <th scope="col">{words.undo.table}</th>
                  <th scope="col" class="right">
                    {words.undo.deleted}
                  </th>
                  <th scope="col" class="right">
                    {words.undo.restored}
                  </th>
                  <th scope="col" class="right">
                    {words.undo.left}
                  </th>
                </tr>
              </thead>
              <tbody>
                {Object.entries(tables).map(([table, counts]) => (
                  <tr key={table}>
                    <td>{words.tables[table] ?? table}</td>
                    <td class="right numbers">{words.n(counts.deleted)}</td>
                    <td class="right numbers">{words.n(counts.restored)}</td>
                    <td class="right numbers">{words.n(counts.left)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {totalLeft === 0 ? null : (
              <Notice tone="warning" title={words.undo.stay(totalLeft)}>
                <ul>
                  {left.slice(0, 5).map((row) => (
                    <li key={`${row.table} ${row.sourceId ?? ''} ${row.fields.join()}`}>
                      {words.tables[row.table] ?? row.table} {row.sourceId ?? ''}:{' '}
                      {words.undo.reasons[row.reason] ?? row.reason}
                      {row.fields.length === 0 ? '' : ` (${row.fields.join(', ')})`}
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
          </>
        )}
      </Waiting>
    </Dialog>
  );
}
