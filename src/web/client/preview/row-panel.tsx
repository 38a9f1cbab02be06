import type { PreviewRow } from '../../api.ts';
import { FateMark } from '../parts/fates.tsx';
import { Icon } from '../parts/icon.tsx';
import { fieldLabel, issueCure, issueSentence, useWords } from '../words/index.ts';
import { severityIcons } from './problems.tsx';

/** The chosen row: what becomes of it and why, what is wrong, and what the CRM will hold, field by field. */
export function RowPanel({ row }: { readonly row: PreviewRow | undefined }) {
  const words = useWords();
  return (
    <aside class="card row-panel" id="row-panel" tabIndex={0} aria-label={words.preview.rowLabel}>
      {row === undefined ? (
        <p class="soft">{words.preview.chooseRow}</p>
      ) : (
        <>
          <div class="row apart">
            <h2>{row.line === null ? words.rowNo(row.row + 1) : words.lineNo(row.line)}</h2>
            <FateMark fate={row.fate} />
          </div>
          {row.pending ? <p class="soft">{words.preview.pendingAbout}</p> : null}
          {row.fate === null ? null : <p>{words.fates[row.fate].row}</p>}
          {row.issues.length === 0 ? null : (
            <ul class="row-issues">
              {row.issues.map((issue) => (
                <li
                  key={`${issue.code} ${issue.column ?? ''} ${issue.value ?? ''}`}
                  class={issue.severity}
                >
                  <Icon name={severityIcons[issue.severity]} />
                  <div>
                    <p>
                      {issueSentence(words, issue)}
                      {issue.column === null ? null : (
                        <span class="column-name">{issue.column}</span>
                      )}
                    </p>
                    <p class="soft">
                      {words.outcome[issue.severity]} {issueCure(words, issue)}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )}
          <Corrected row={row} />
          {row.results.map((result) => (
            <section key={`${result.table} ${result.part ?? ''} ${result.id ?? ''}`} class="result">
              <h3>
                {words.tables[result.table] ?? result.table}
                {result.fate === null ? null : (
                  <span class="soft"> · {words.fates[result.fate].name}</span>
                )}
              </h3>
              {result.fields.length === 0 ? (
                <p class="soft">{words.preview.noFields}</p>
              ) : (
                <dl class="changes">
                  {result.fields.map(({ field, old, new: next }) => (
                    <div key={field}>
                      <dt>{fieldLabel(words, field)}</dt>
                      <dd>
                        {old === null ? null : (
                          <>
                            <del>{old}</del> <span class="unseen">{words.preview.becomes}</span>
                            <Icon name="right" />{' '}
                          </>
                        )}
                        {next === null ? (
                          <span class="soft">{words.preview.emptyValue}</span>
                        ) : (
                          <ins>{next}</ins>
                        )}
                      </dd>
                    </div>
                  ))}
                </dl>
              )}
            </section>
          ))}
        </>
      )}
    </aside>
  );
}

function Corrected({ row }: { readonly row: PreviewRow }) {
  const words = useWords();
  const corrected = Object.entries(row.corrected);
  if (corrected.length === 0) return null;
  return (
    <section class="result">
      <h3>{words.preview.correctedHere}</h3>
      <dl class="changes">
        {corrected.map(([column, before]) => (
          <div key={column}>
            <dt>{column}</dt>
            <dd>
              <del>{before === '' ? words.preview.emptyValue : before}</del> <Icon name="right" />{' '}
              <ins>{row.cells[column] ?? words.preview.emptyValue}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
