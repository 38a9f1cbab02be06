import { useState } from 'preact/hooks';
import type { PreviewCounts, RowFilter } from '../../api.ts';
import { Button } from '../parts/button.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { issueCure, issueSentence, issueSubject, issueTitle, useWords } from '../words/index.ts';

export type Problem = PreviewCounts['issues'][number];

const firstShown = 8;

export const severityIcons: Readonly<Record<Problem['severity'], IconName>> = {
  error: 'stop',
  warning: 'warning',
  info: 'info',
};

interface ProblemsProps {
  readonly counts: PreviewCounts;
  readonly filter: RowFilter;
  readonly mayFix: boolean;
  readonly onFilter: (filter: RowFilter) => void;
  readonly onFix: (problem: Problem) => void;
}

function Subject({
  problem,
  columns,
}: {
  readonly problem: Problem;
  readonly columns: readonly string[];
}) {
  const words = useWords();
  const subject = issueSubject(words, problem, columns);
  return subject === undefined ? null : <span class="soft"> · {subject}</span>;
}

/** What is wrong, grouped by kind and column, as filters; of the chosen one, what it means and what can be done. */
export function Problems({ counts, filter, mayFix, onFilter, onFix }: ProblemsProps) {
  const words = useWords();
  const [all, setAll] = useState(false);
  const { issues, remarks, columns } = counts;
  const isChosen = ({ code, column }: Problem) =>
    filter.code === code && (filter.column ?? null) === column;
  const chosen = issues.find(isChosen);
  const first = issues.slice(0, firstShown);
  const shown = all
    ? issues
    : chosen === undefined || first.includes(chosen)
      ? first
      : [...first, chosen];
  if (issues.length === 0 && remarks.length === 0)
    return Object.values(filter).some((part) => part !== undefined) ? null : (
      <p class="agree good">
        <Icon name="check" /> {words.preview.noProblems}
      </p>
    );
  return (
    <section class="problems" aria-labelledby="problems">
      <div class="row">
        <h2 id="problems">{words.preview.problems}</h2>
        <span class="soft">{words.preview.problemsHint}</span>
      </div>
      <div class="chips">
        {shown.map((problem) => (
          <button
            key={`${problem.code} ${problem.column ?? ''}`}
            type="button"
            class={`chip ${problem.severity}`}
            aria-pressed={isChosen(problem)}
            onClick={() => {
              onFilter(
                isChosen(problem)
                  ? { ...filter, code: undefined, column: undefined }
                  : { ...filter, code: problem.code, column: problem.column ?? undefined },
              );
            }}
          >
            <Icon name={severityIcons[problem.severity]} />
            <span>
              {issueTitle(words, problem)}
              <Subject problem={problem} columns={columns} />
            </span>{' '}
            <span class="numbers strong">{words.n(problem.rows)}</span>
          </button>
        ))}
        {issues.length > shown.length ? (
          <button
            type="button"
            class="chip"
            onClick={() => {
              setAll(true);
            }}
          >
            {words.preview.moreProblems(issues.length - shown.length)}
          </button>
        ) : null}
      </div>
      {chosen === undefined ? null : (
        <div class={`chosen-problem ${chosen.severity}`}>
          <Icon name={severityIcons[chosen.severity]} />
          <div class="grow">
            <p class="strong">
              {issueTitle(words, chosen)}
              <Subject problem={chosen} columns={columns} />
            </p>
            <p>
              {words.outcome[chosen.severity]} {issueCure(words, chosen)}
            </p>
            {chosen.values.length === 0 ? null : (
              <p class="soft">
                {chosen.values.slice(0, 4).map(({ value, rows }) => (
                  <span key={value} class="sample">
                    <span class="value">{value === '' ? words.preview.emptyValue : value}</span>{' '}
                    <span class="numbers">×{words.n(rows)}</span>
                  </span>
                ))}
              </p>
            )}
          </div>
          {mayFix && columns.includes(chosen.column ?? '') && chosen.values.length > 0 ? (
            <Button
              icon="pencil"
              onClick={() => {
                onFix(chosen);
              }}
            >
              {words.preview.fix(chosen.values[0]?.rows ?? chosen.rows)}
            </Button>
          ) : null}
        </div>
      )}
      {remarks.length === 0 ? null : (
        <details class="remarks">
          <summary>{words.preview.remarks(remarks.length)}</summary>
          <ul>
            {remarks.map((remark) => (
              <li
                key={`${remark.code} ${remark.column ?? ''} ${remark.value ?? ''}`}
                class={remark.severity}
              >
                <Icon name={severityIcons[remark.severity]} />
                <div class="grow">
                  <p>
                    {issueSentence(words, remark)}
                    {remark.column === null ? null : (
                      <span class="column-name">{remark.column}</span>
                    )}
                  </p>
                  <p class="soft">{issueCure(words, remark)}</p>
                </div>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
