import { useEffect, useRef } from 'preact/hooks';
import type { PreviewRow } from '../../api.ts';
import { isAbout, issueSentence, useWords } from '../words/index.ts';

interface CellProps {
  readonly id: string;
  /** From 1, the fixed columns counted. */
  readonly index: number;
  readonly name: string;
  readonly row: PreviewRow | undefined;
  readonly active: boolean;
  readonly editing: boolean;
  readonly onChoose: (edit: boolean) => void;
  readonly onLeave: () => void;
  /** `move` is where to go then: a column to the left or right, or nowhere. */
  readonly onSave: (to: string, move: -1 | 0 | 1) => void;
}

/** One cell of the file: what it says, what is wrong with it, and its correction. */
export function Cell({ id, index, name, row, active, editing, ...on }: CellProps) {
  const words = useWords();
  const value = row?.cells[name] ?? '';
  const issues = row?.issues.filter(({ column }) => isAbout(column, name)) ?? [];
  const before = row?.corrected[name];
  const worst = issues.some(({ severity }) => severity === 'error')
    ? 'error'
    : issues.some(({ severity }) => severity === 'warning')
      ? 'warning'
      : issues.length > 0
        ? 'info'
        : '';
  return (
    <span
      id={id}
      role="gridcell"
      aria-colindex={index}
      aria-invalid={worst === 'error' || worst === 'warning' ? true : undefined}
      class={`cell ${worst}${active ? ' active' : ''}${before === undefined ? '' : ' corrected'}`}
      title={
        issues.length === 0 ? value : issues.map((issue) => issueSentence(words, issue)).join('\n')
      }
      onClick={() => {
        on.onChoose(false);
      }}
      onDblClick={() => {
        on.onChoose(true);
      }}
    >
      {editing ? (
        <Editor label={words.preview.editLabel(name, row?.line ?? null)} value={value} {...on} />
      ) : (
        <>
          <span class="cell-text">{value}</span>
          {issues.length === 0 && before === undefined ? null : (
            <span class="unseen">
              {issues.map((issue) => issueSentence(words, issue)).join(' ')}
              {before === undefined ? '' : words.preview.was(before)}
            </span>
          )}
        </>
      )}
    </span>
  );
}

function Editor({
  label,
  value,
  onLeave,
  onSave,
}: Pick<CellProps, 'onLeave' | 'onSave'> & { readonly label: string; readonly value: string }) {
  const input = useRef<HTMLInputElement>(null);
  const left = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const leave = (act: () => void) => {
    if (left.current) return;
    left.current = true;
    act();
  };
  return (
    <input
      ref={input}
      class="cell-input"
      aria-label={label}
      defaultValue={value}
      onKeyDown={(event) => {
        const typed = event.currentTarget.value;
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          leave(onLeave);
        } else if (event.key === 'Enter') {
          event.preventDefault();
          event.stopPropagation();
          leave(() => {
            onSave(typed, 0);
          });
        } else if (event.key === 'Tab') {
          event.preventDefault();
          leave(() => {
            onSave(typed, event.shiftKey ? -1 : 1);
          });
        }
      }}
      onBlur={(event) => {
        const typed = event.currentTarget.value;
        leave(() => {
          onSave(typed, 0);
        });
      }}
    />
  );
}
