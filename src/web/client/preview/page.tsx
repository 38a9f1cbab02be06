import { useEffect, useState } from 'preact/hooks';
import type { EditResult, Fate, PreviewCounts } from '../../api.ts';
import { api } from '../api/index.ts';
import { Refusal } from '../api/refusal.ts';
import type { Working } from '../import/working.ts';
import { Button } from '../parts/button.tsx';
import { Fates } from '../parts/fates.tsx';
import { Foot } from '../parts/foot.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { JobProgress } from '../run/job.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useLoaded } from '../state/loaded.ts';
import { goTo } from '../state/place.ts';
import { useWords } from '../words/index.ts';
import { stepsOf } from '../import/steps.tsx';
import { ConfirmDialog } from './confirm.tsx';
import { Corrections } from './corrections.tsx';
import { Duplicates } from './duplicates.tsx';
import { useFilter } from './filter.ts';
import { FixDialog } from './fix.tsx';
import { Grid } from './grid.tsx';
import { Problems, type Problem } from './problems.tsx';
import { RowPanel } from './row-panel.tsx';
import { useRows } from './rows.ts';
import { Toast } from './toast.tsx';
import { Tools } from './tools.tsx';

/** The fifth step: every row as it will be, before anything is saved. */
export function Preview(working: Working) {
  const { imported, put, mayChange } = working;
  const words = useWords();
  const { id, state, job, version } = imported;
  const check = useAction(async () => {
    put(await api.check(id));
  });
  const wantsCheck = mayChange && job === null && (state === 'open' || state === 'outdated');
  useEffect(() => {
    // Coming from the mapping there is nothing to see before the check; corrections made here wait for a word.
    if (wantsCheck) check.run();
  }, []);

  const isChecking = job?.kind === 'preview' || check.busy;
  const filter = useFilter();
  const revision = `${version} ${imported.run ?? ''} ${isChecking}`;
  const hasPlan = imported.run !== null && !isChecking && state !== 'failed';
  const counts = useLoaded(`counts ${id} ${filter.text} ${revision} ${hasPlan}`, async (signal) =>
    hasPlan ? api.counts(id, filter.text, signal) : undefined,
  );
  return (
    <Page title={words.preview.title} lead={words.preview.lead} wide>
      <RefusalNotice refusal={check.refusal} onRetry={check.run} />
      {imported.failure === null || isChecking ? null : (
        <RefusalNotice
          refusal={
            new Refusal(imported.failure.code, imported.failure.message, imported.failure.hint)
          }
          onRetry={mayChange ? check.run : undefined}
        />
      )}
      {job !== null ? (
        <JobProgress
          job={job}
          onStop={
            mayChange
              ? () => {
                  void api.stop(id).then(put, () => {
                    working.reload();
                  });
                }
              : undefined
          }
        />
      ) : null}
      {state === 'open' && job === null && !check.busy && !mayChange ? (
        <Notice tone="info" title={words.preview.notChecked} />
      ) : null}
      <Body
        key={id}
        working={working}
        counts={counts.value}
        countsRefusal={counts.refusal}
        reloadCounts={counts.reload}
        revision={revision}
        isChecking={isChecking}
        check={check.run}
      />
    </Page>
  );
}

interface BodyProps {
  readonly working: Working;
  readonly counts: PreviewCounts | undefined;
  readonly countsRefusal: Refusal | undefined;
  readonly reloadCounts: () => void;
  readonly revision: string;
  readonly isChecking: boolean;
  readonly check: () => void;
}

type Asked = 'confirm' | 'corrections' | undefined;

function Body(props: BodyProps) {
  const { working, counts, revision, isChecking } = props;
  const { imported, put, mayChange } = working;
  const { id, state } = imported;
  const words = useWords();
  const { filter, text, set } = useFilter();
  const rows = useRows(id, text, revision);
  const [place, setPlace] = useState(0);
  const [fixing, setFixing] = useState<Problem>();
  const [asked, setAsked] = useState<Asked>();
  const [made, setMade] = useState<EditResult>();
  const [showDuplicates, setShowDuplicates] = useState(false);
  useEffect(() => {
    setPlace(0);
  }, [text]);
  useEffect(() => {
    if (isChecking) setMade(undefined);
  }, [isChecking]);

  const took = (result: EditResult) => {
    put(result.import);
    setMade(result);
  };
  const undo = useAction(async (no: number) => {
    const result = await api.undoEdit(id, no);
    put(result.import);
    setMade(undefined);
    announce(words.corrections.undone);
  });
  const closeAsked = () => {
    setAsked(undefined);
  };
  const canEdit = mayChange && imported.job === null && imported.file !== null;
  const canImport = mayChange && state === 'checked' && !isChecking;
  const steps = stepsOf(imported);
  const before = steps[steps.indexOf('preview') - 1] ?? 'reading';
  const coming = counts === undefined ? 0 : comingIn(counts);
  // Rows come while they are still being checked; where nothing was ever checked there are none.
  const hasRows = imported.run !== null || (rows.total ?? 0) > 0;
  const { need } = rows;
  useEffect(() => {
    if (isChecking) need(0, 1);
  }, [isChecking, need]);

  return (
    <>
      <RefusalNotice refusal={props.countsRefusal} onRetry={props.reloadCounts} />
      {counts === undefined ? (
        imported.run !== null &&
        props.countsRefusal === undefined &&
        !isChecking &&
        state !== 'failed' ? (
          <Skeleton lines={3} />
        ) : null
      ) : (
        <>
          <Fates
            counts={counts.fates}
            read={text === '' ? counts.read : undefined}
            chosen={filter.fate}
            onChoose={(fate) => {
              set({ ...filter, fate });
            }}
          />
          <Problems
            counts={counts}
            filter={filter}
            mayFix={canEdit}
            onFilter={set}
            onFix={setFixing}
          />
          <Tools
            counts={counts}
            filter={filter}
            edits={imported.edits}
            onFilter={set}
            onCorrections={() => {
              setAsked('corrections');
            }}
            duplicatesShown={showDuplicates}
            onDuplicates={() => {
              setShowDuplicates(!showDuplicates);
            }}
          />
        </>
      )}
      {showDuplicates ? <Duplicates id={id} revision={revision} /> : null}
      {hasRows ? (
        <div class="rows-and-row">
          <Grid
            id={id}
            rows={rows}
            columns={counts?.columns}
            place={place}
            onPlace={setPlace}
            version={imported.version}
            canEdit={canEdit}
            onMade={took}
            empty={text !== ''}
            onClear={() => {
              set({});
            }}
          />
          <RowPanel row={rows.at(place)} />
        </div>
      ) : null}
      {made === undefined ? null : (
        <Toast
          result={made}
          busy={undo.busy}
          refusal={undo.refusal}
          onUndo={() => {
            undo.run(made.edit.no);
          }}
          onClose={() => {
            setMade(undefined);
          }}
        />
      )}
      <Foot
        said={
          state === 'outdated' && !isChecking
            ? words.preview.outdated(imported.edits)
            : state === 'checked' && counts !== undefined && text === '' && coming === 0
              ? words.preview.nothingToImport
              : words.nothingSaved
        }
      >
        <Link to={`/imports/${id}/${before}`} class="button plain">
          {words.back}
        </Link>
        {mayChange && state === 'outdated' ? (
          <Button rank="main" icon="again" busy={isChecking} onClick={props.check}>
            {words.preview.checkAgain}
          </Button>
        ) : null}
        {canImport && counts !== undefined ? (
          <Button
            rank="main"
            icon="right"
            disabled={text === '' && coming === 0}
            onClick={() => {
              setAsked('confirm');
            }}
          >
            {text === '' ? words.preview.import(coming) : words.preview.importAll}
          </Button>
        ) : null}
      </Foot>
      {fixing === undefined ? null : (
        <FixDialog
          id={id}
          problem={fixing}
          version={imported.version}
          onClose={() => {
            setFixing(undefined);
          }}
          onMade={(result) => {
            setFixing(undefined);
            took(result);
          }}
        />
      )}
      {asked === 'corrections' ? <Corrections working={working} onClose={closeAsked} /> : null}
      {asked === 'confirm' ? (
        <ConfirmDialog
          id={id}
          onClose={closeAsked}
          onBegun={(newer) => {
            put(newer);
            goTo(`/imports/${id}/result`);
          }}
        />
      ) : null}
    </>
  );
}

const incoming: readonly Fate[] = ['created', 'updated'];

/** Rows that the import will write. */
export const comingIn = ({ fates }: Pick<PreviewCounts, 'fates'>): number =>
  incoming.reduce((sum, fate) => sum + fates[fate], 0);
