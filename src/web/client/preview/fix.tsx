import { useEffect, useState } from 'preact/hooks';
import type { Edit, EditEffect, EditResult } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useLoaded } from '../state/loaded.ts';
import { issueSentence, issueTitle, useWords } from '../words/index.ts';
import type { Problem } from './problems.tsx';

interface FixDialogProps {
  readonly id: string;
  readonly problem: Problem;
  readonly version: number;
  readonly onClose: () => void;
  readonly onMade: (result: EditResult) => void;
}

const pause = 250;

/** Corrects one value wherever it stands in a column: what will change, before it is changed. */
export function FixDialog({ id, problem, version, onClose, onMade }: FixDialogProps) {
  const words = useWords();
  const [from, setFrom] = useState(problem.values[0]?.value ?? '');
  const [to, setTo] = useState(from);
  const [settled, setSettled] = useState(from);
  const column = problem.column ?? '';
  const edit: Edit = { kind: 'equal', column, from, to };
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(to);
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [to]);
  const effect = useLoaded(`try ${id} ${column} ${from} → ${settled}`, async (signal) =>
    settled === from ? undefined : api.tryEdit(id, { ...edit, to: settled }, signal),
  );
  const make = useAction(async () => {
    const result = await api.edit(id, edit, version);
    announce(words.corrections.made(result.effect?.rows ?? 0));
    onMade(result);
  });
  const rows = problem.values.find(({ value }) => value === from)?.rows ?? problem.rows;
  const known = to === settled && to !== from ? effect.value : undefined;
  return (
    <Dialog
      title={issueTitle(words, problem)}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button
            rank="main"
            icon="pencil"
            busy={make.busy}
            disabled={to === from}
            onClick={make.run}
          >
            {words.fix.go(known?.rows ?? rows)}
          </Button>
        </>
      }
    >
      <RefusalNotice refusal={make.refusal} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== from) make.run();
        }}
      >
        <fieldset class="fix-values">
          <legend>{words.fix.which(column)}</legend>
          {problem.values.map(({ value, rows: count }) => (
            <label key={value} class="radio">
              <input
                type="radio"
                name="from"
                checked={from === value}
                onChange={() => {
                  setFrom(value);
                  setTo(value);
                  setSettled(value);
                }}
              />
              <span class="value">{value === '' ? words.preview.emptyValue : value}</span>
              <span class="soft numbers">{words.rows(count)}</span>
            </label>
          ))}
        </fieldset>
        <label class="field">
          <span>{words.fix.to}</span>
          <input
            type="text"
            value={to}
            onInput={(event) => {
              setTo(event.currentTarget.value);
            }}
          />
        </label>
      </form>
      <RefusalNotice refusal={effect.refusal} onRetry={effect.reload} />
      {to === from ? (
        <p class="soft">{words.fix.type}</p>
      ) : known === undefined ? (
        <Skeleton lines={2} />
      ) : (
        <Effect effect={known} />
      )}
    </Dialog>
  );
}

function Effect({ effect }: { readonly effect: EditEffect }) {
  const words = useWords();
  return (
    <div class="stack" aria-live="polite">
      <p class="strong">{words.fix.changes(effect.rows)}</p>
      <table class="list effect">
        <thead>
          <tr>
            <th scope="col">{words.line}</th>
            <th scope="col">{words.fix.before}</th>
            <th scope="col">{words.fix.after}</th>
            <th scope="col">{words.fix.then}</th>
          </tr>
        </thead>
        <tbody>
          {effect.examples.map((example) => (
            <tr key={example.row}>
              <td data-label={words.line} class="numbers">
                {example.line ?? example.row + 1}
              </td>
              <td data-label={words.fix.before}>
                <del>{example.before}</del>
              </td>
              <td data-label={words.fix.after}>
                <ins>{example.after === '' ? words.preview.emptyValue : example.after}</ins>
              </td>
              <td data-label={words.fix.then}>
                {example.issuesAfter[0] === undefined ? (
                  <span class="agree good">
                    <Icon name="check" /> {words.fix.fine}
                  </span>
                ) : (
                  <span class="agree bad">
                    <Icon name="warning" /> {issueSentence(words, example.issuesAfter[0])}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
