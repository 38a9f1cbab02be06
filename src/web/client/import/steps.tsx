import type { Import } from '../../api.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { useWords } from '../words/index.ts';

export const stepNames = ['file', 'reading', 'columns', 'values', 'preview', 'result'] as const;
export type StepName = (typeof stepNames)[number];

/** The steps of an import: an export of a known system has no columns to match. */
export function stepsOf(imported: Import): readonly StepName[] {
  return stepNames.filter(
    (step) => imported.matchable || (step !== 'columns' && step !== 'values'),
  );
}

/** Where an import is gone on with. */
export function stepOf(imported: Import): StepName {
  switch (imported.state) {
    case 'empty':
      return 'file';
    case 'open':
      return 'reading';
    case 'checking':
    case 'checked':
    case 'outdated':
      return 'preview';
    case 'failed':
      return imported.run === null ? 'reading' : 'preview';
    case 'importing':
    case 'interrupted':
    case 'imported':
    case 'undoing':
    case 'undone':
      return 'result';
  }
}

const isOver = ({ state }: Import) =>
  ['importing', 'interrupted', 'imported', 'undoing', 'undone'].includes(state);

function isOpen(step: StepName, imported: Import): boolean {
  if (step === 'result') return isOver(imported);
  if (step === 'file') return !isOver(imported);
  if (step === 'preview') return imported.file !== null && imported.state !== 'empty';
  return imported.file !== null && !isOver(imported);
}

/** The way through an import, and where on it one is. */
export function Steps({ imported, now }: { readonly imported: Import; readonly now: StepName }) {
  const words = useWords();
  const steps = stepsOf(imported);
  const place = steps.indexOf(now);
  return (
    <nav class="steps" aria-label={words.steps.label}>
      <ol>
        {steps.map((step, index) => {
          const state = index < place ? 'done' : index === place ? 'now' : 'coming';
          const inside = (
            <>
              <span class="step-mark">{state === 'done' ? <Icon name="check" /> : index + 1}</span>
              <span class="step-name">{words.steps.names[step]}</span>
            </>
          );
          return (
            <li key={step} class={state} aria-current={state === 'now' ? 'step' : undefined}>
              {isOpen(step, imported) && state !== 'now' ? (
                <Link to={`/imports/${imported.id}/${step}`}>{inside}</Link>
              ) : (
                <span>{inside}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
