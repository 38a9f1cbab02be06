import { useEffect } from 'preact/hooks';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { Preview } from '../preview/page.tsx';
import { useMayChange } from '../state/me.ts';
import { goTo } from '../state/place.ts';
import { useWords } from '../words/index.ts';
import { ColumnsStep } from './columns.tsx';
import { FileStep } from './file.tsx';
import { ReadingStep } from './reading.tsx';
import { ResultStep } from './result.tsx';
import { Steps, stepNames, stepOf, stepsOf, type StepName } from './steps.tsx';
import { ValuesStep } from './values.tsx';
import { useImport, type Working } from './working.ts';

const isStep = (text: string | undefined): text is StepName =>
  stepNames.some((name) => name === text);

/** One import, at the step that its address names; without one, at the step where it stands. */
export function ImportPage({
  id,
  step,
}: {
  readonly id: string;
  readonly step: string | undefined;
}) {
  const words = useWords();
  const mayChange = useMayChange();
  const loaded = useImport(id);
  const imported = loaded.value;
  const wanted = isStep(step) ? step : undefined;
  const now =
    imported === undefined
      ? undefined
      : wanted !== undefined && stepsOf(imported).includes(wanted)
        ? wanted
        : stepOf(imported);

  useEffect(() => {
    if (now !== undefined && now !== step)
      goTo(`/imports/${id}/${now}${location.search}`, { replace: true });
  }, [id, now, step]);

  if (imported === undefined || now === undefined)
    return (
      <div class="page">
        {loaded.refusal === undefined ? <Skeleton lines={6} /> : null}
        <RefusalNotice refusal={loaded.refusal} onRetry={loaded.reload} />
        {loaded.refusal === undefined ? null : <Link to="/">{words.notFound.home}</Link>}
      </div>
    );
  const working: Working = { imported, reload: loaded.reload, put: loaded.put, mayChange };
  return (
    <>
      <Steps imported={imported} now={now} />
      {loaded.refusal === undefined ? null : (
        <div class="page slim">
          <Notice tone="warning" urgent title={words.lost.title}>
            <p>{words.lost.about}</p>
          </Notice>
        </div>
      )}
      <Step key={now} now={now} working={working} />
    </>
  );
}

function Step({ now, working }: { readonly now: StepName; readonly working: Working }) {
  switch (now) {
    case 'file':
      return <FileStep {...working} />;
    case 'reading':
      return <ReadingStep {...working} />;
    case 'columns':
      return <ColumnsStep {...working} />;
    case 'values':
      return <ValuesStep {...working} />;
    case 'preview':
      return <Preview {...working} />;
    case 'result':
      return <ResultStep {...working} />;
  }
}
