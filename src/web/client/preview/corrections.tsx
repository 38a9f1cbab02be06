import type { Edit } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import type { Working } from '../import/working.ts';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useLoaded } from '../state/loaded.ts';
import { useCatalog } from '../state/catalog.ts';
import { fieldTitle, useWords, type Words } from '../words/index.ts';

/** Every step that was made in this import; each can be taken back, whatever came after it. */
export function Corrections({
  working,
  onClose,
}: {
  readonly working: Working;
  readonly onClose: () => void;
}) {
  const { imported, put, mayChange } = working;
  const words = useWords();
  const catalog = useCatalog();
  const edits = useLoaded(`edits ${imported.id} ${imported.version}`, (signal) =>
    api.edits(imported.id, signal),
  );
  const undo = useAction(async (no: number) => {
    put((await api.undoEdit(imported.id, no)).import);
    announce(words.corrections.undone);
  });
  const titles = new Map(
    (catalog.value?.fields ?? []).map((field) => [field.name, fieldTitle(words, field)]),
  );
  return (
    <Dialog
      title={words.corrections.title}
      wide
      onClose={onClose}
      actions={<Button onClick={onClose}>{words.close}</Button>}
    >
      <RefusalNotice refusal={undo.refusal} />
      <Waiting on={edits}>
        {({ edits: list }) => (
          <ol class="made">
            {[...list].reverse().map(({ no, edit, by, at, undoneAt }) => (
              <li key={no} class={undoneAt === null ? undefined : 'undone'}>
                <div class="grow">
                  <p>{sentenceOf(edit, titles, words)}</p>
                  <p class="soft">
                    {by} · {words.time(at)}
                    {undoneAt === null ? '' : ` · ${words.corrections.takenBack}`}
                  </p>
                </div>
                {undoneAt === null && mayChange ? (
                  <Button
                    small
                    icon="undo"
                    busy={undo.busy}
                    onClick={() => {
                      undo.run(no);
                    }}
                  >
                    {words.corrections.undo}
                  </Button>
                ) : null}
              </li>
            ))}
          </ol>
        )}
      </Waiting>
    </Dialog>
  );
}

function sentenceOf(edit: Edit, titles: ReadonlyMap<string, string>, words: Words): string {
  const { steps } = words.corrections;
  switch (edit.kind) {
    case 'column':
      return edit.field === null
        ? edit.refuse === true
          ? steps.refused(edit.column)
          : steps.kept(edit.column)
        : steps.column(edit.column, titles.get(edit.field) ?? edit.field);
    case 'value':
      return steps.value(edit.column, edit.value, edit.to);
    case 'form':
      return steps.form(edit.column, words.columnsStep.forms[edit.form]);
    case 'cell':
      return steps.cell(edit.column, edit.row + 1, edit.to);
    case 'equal':
      return steps.equal(edit.column, edit.from, edit.to);
  }
}
