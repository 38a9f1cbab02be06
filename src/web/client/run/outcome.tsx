import { useEffect, useState } from 'preact/hooks';
import type { Run } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Fates } from '../parts/fates.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Skeleton } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { useLoaded } from '../state/loaded.ts';
import { useMayChange } from '../state/me.ts';
import { issueTitle, useWords } from '../words/index.ts';
import { JobProgress } from './job.tsx';
import { sumOf } from './sum.ts';
import { UndoDialog } from './undo.tsx';
import { Verdict } from './verdict.tsx';

const pace = 700;

/** A run: what came of it, in the numbers of the preview, and what can be done about it. */
export function Outcome({ id, onChange }: { readonly id: string; readonly onChange?: () => void }) {
  const words = useWords();
  const mayChange = useMayChange();
  const run = useLoaded(`run ${id}`, (signal) => api.run(id, signal));
  const [undoing, setUndoing] = useState(false);
  const begin = useAction(async (what: 'resume' | 'verify' | 'undo') => {
    run.put(await api[what](id));
    setUndoing(false);
    onChange?.();
  });
  const { value, reload } = run;
  const working = value !== undefined && value.job !== null;
  useEffect(() => {
    if (!working && run.refusal === undefined) return;
    const timer = setTimeout(reload, working && run.refusal === undefined ? pace : pace * 3);
    return () => {
      clearTimeout(timer);
    };
  }, [working, value, run.refusal, reload]);

  if (value === undefined)
    return (
      <div class="page">
        {run.refusal === undefined ? <Skeleton lines={6} /> : null}
        <RefusalNotice refusal={run.refusal} onRetry={reload} />
      </div>
    );
  const { read, fates } = sumOf(value);
  return (
    <Page title={words.result.title(value.command, value.files[0] ?? value.source)}>
      <Verdict run={value} />
      {value.job === null ? null : <JobProgress job={value.job} />}
      <RefusalNotice refusal={begin.refusal} />
      <Actions
        run={value}
        mayChange={mayChange && value.job === null}
        busy={begin.busy}
        onBegin={begin.run}
        onUndo={() => {
          begin.forget();
          setUndoing(true);
        }}
      />
      <section class="card stack" aria-labelledby="ledger">
        <div class="row apart">
          <h2 id="ledger">{words.result.ledger}</h2>
          <span class="soft">{words.rows(read)}</span>
        </div>
        <Fates counts={fates} read={read} done={value.status === 'complete'} />
        <Agreement run={value} />
      </section>
      <Findings run={value} />
      <Facts run={value} />
      {undoing ? (
        <UndoDialog
          id={id}
          busy={begin.busy}
          refusal={begin.refusal}
          onClose={() => {
            setUndoing(false);
          }}
          onUndo={() => {
            begin.run('undo');
          }}
        />
      ) : null}
    </Page>
  );
}

function Actions({
  run,
  mayChange,
  busy,
  onBegin,
  onUndo,
}: {
  readonly run: Run;
  readonly mayChange: boolean;
  readonly busy: boolean;
  readonly onBegin: (what: 'resume' | 'verify') => void;
  readonly onUndo: () => void;
}) {
  const words = useWords();
  const resume = mayChange && run.can.resume;
  const verify = mayChange && run.can.verify;
  return (
    <div class="row actions">
      {resume ? (
        <Button
          rank="main"
          icon="again"
          busy={busy}
          onClick={() => {
            onBegin('resume');
          }}
        >
          {words.result.resume}
        </Button>
      ) : null}
      <a class="button plain" href={`/api/runs/${run.id}/report`} target="_blank" rel="noopener">
        <Icon name="file" />
        <span>{words.result.report}</span>
      </a>
      {run.rejects.kept > 0 ? (
        <a class="button plain" href={`/api/runs/${run.id}/rejects`} download="">
          <Icon name="download" />
          <span>{words.result.rejects(run.rejects.kept)}</span>
        </a>
      ) : null}
      {verify ? (
        <Button
          icon="check"
          busy={busy}
          onClick={() => {
            onBegin('verify');
          }}
        >
          {words.result.verify}
        </Button>
      ) : null}
      {mayChange && run.can.undo ? (
        <Button rank="danger" icon="undo" onClick={onUndo}>
          {words.result.undo}
        </Button>
      ) : null}
      {run.import === null || run.command !== 'preview' ? null : (
        <Link to={`/imports/${run.import}`} class="button plain">
          {words.result.openImport}
        </Link>
      )}
    </div>
  );
}

/** Whether the numbers are those that the preview showed; another number is an error, and said as one. */
function Agreement({ run }: { readonly run: Run }) {
  const words = useWords();
  if (run.asPreviewed === null) return null;
  return run.asPreviewed ? (
    <p class="agree good">
      <Icon name="check" /> {words.result.asPreviewed}
    </p>
  ) : (
    <Notice tone="bad" title={words.result.notAsPreviewed}>
      <p>{words.result.notAsPreviewedCure}</p>
    </Notice>
  );
}

function Findings({ run }: { readonly run: Run }) {
  const words = useWords();
  if (run.groups.length === 0) return null;
  return (
    <section class="card stack" aria-labelledby="findings">
      <h2 id="findings">{words.result.findings}</h2>
      <ul class="findings">
        {run.groups.map((group) => (
          <li
            key={`${group.code} ${group.entity ?? ''} ${group.field ?? ''}`}
            class={group.severity}
          >
            <Icon
              name={
                group.severity === 'error'
                  ? 'stop'
                  : group.severity === 'warning'
                    ? 'warning'
                    : 'info'
              }
            />
            <span class="grow">
              {issueTitle(words, group)}
              {group.field === null ? null : <span class="soft"> · {group.field}</span>}
            </span>
            <span class="numbers">{words.n(group.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ run }: { readonly run: Run }) {
  const words = useWords();
  return (
    <dl class="facts">
      <div>
        <dt>{words.runs.when}</dt>
        <dd>{words.time(run.startedAt)}</dd>
      </div>
      <div>
        <dt>{words.result.took}</dt>
        <dd>{words.seconds(run.seconds)}</dd>
      </div>
      <div>
        <dt>{words.runs.from}</dt>
        <dd>
          {run.source} · {run.files.join(', ')}
        </dd>
      </div>
      <div>
        <dt>{words.result.number}</dt>
        <dd>
          <code>{run.id}</code>
        </dd>
      </div>
      {run.of === null ? null : (
        <div>
          <dt>{words.result.of}</dt>
          <dd>
            <Link to={`/runs/${run.of}`}>
              <code>{run.of}</code>
            </Link>
          </dd>
        </div>
      )}
    </dl>
  );
}
