import type { RunLine } from '../../api.ts';
import { Empty } from '../parts/empty.tsx';
import { Link } from '../parts/link.tsx';
import { useWords } from '../words/index.ts';

const tones: Readonly<Record<RunLine['status'], string>> = {
  planned: 'unchanged',
  running: 'updated',
  interrupted: 'parked',
  complete: 'created',
  failed: 'rejected',
  'rolling-back': 'parked',
  'rolled-back': 'excluded',
};

/** The state of a run in a word. */
export function StatusMark({ run }: { readonly run: Pick<RunLine, 'status' | 'command'> }) {
  const words = useWords();
  return <span class={`mark ${tones[run.status]}`}>{words.runs.statuses[run.status]}</span>;
}

/** Runs as a table, newest first. */
export function RunTable({ runs }: { readonly runs: readonly RunLine[] }) {
  const words = useWords();
  if (runs.length === 0)
    return (
      <Empty icon="clock" title={words.runs.none}>
        <p>{words.runs.noneAbout}</p>
      </Empty>
    );
  return (
    <div class="card flush">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{words.runs.what}</th>
            <th scope="col">{words.runs.status}</th>
            <th scope="col">{words.runs.from}</th>
            <th scope="col">{words.runs.when}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td data-label={words.runs.what}>
                <Link to={`/runs/${run.id}`} class="strong">
                  {run.files[0] ?? words.runs.commands[run.command]}
                  {run.files.length > 1 ? ` ${words.andMore(run.files.length - 1)}` : ''}
                </Link>
                <span class="soft"> {words.runs.commands[run.command]}</span>
              </td>
              <td data-label={words.runs.status}>
                <StatusMark run={run} />
              </td>
              <td data-label={words.runs.from}>
                {run.source}
                <span class="soft">
                  {' '}
                  {run.import === null ? words.runs.commandLine : words.runs.wizard}
                </span>
              </td>
              <td data-label={words.runs.when}>
                <time dateTime={run.startedAt}>{words.time(run.startedAt)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
