import type { FieldChange, IssueExample, IssueGroup, RunDocument } from '../../run/documents.ts';
import { count, excerpt, number, quoted, recordId, recordName } from '../figures.ts';
import { adviceOf, titleOf } from '../messages.ts';
import { become, recordsOf } from '../verdict.ts';
import { meaningOfFate, titleOfEntity } from '../words.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import { listLimit, rest, table } from './table.ts';

const examplesShown = 3;

function placeOf({ entity, field }: IssueGroup): Content {
  const kind = entity === null ? null : titleOfEntity(entity);
  if (field === null) return kind;
  return html`${kind === null ? null : html`${kind} · `}<code>${field}</code>`;
}

function ids(group: IssueGroup, run: string): Markup {
  const shown = group.examples.slice(0, listLimit);
  return html`<ul class="ids">
      ${shown.map(
        ({ sourceId, line, value }) =>
          html`<li>
            ${sourceId === null ? 'without id' : html`<b>${recordName({ sourceId, line }, 60)}</b>`}${value === null ? null : html` ${quoted(value, 60)}`}
          </li>`,
      )}
    </ul>
    ${rest(shown.length, group.count, run)}`;
}

function rejectedGroup(group: IssueGroup, run: string): Markup {
  return html`<section class="group">
    <h3><span class="many">${number(group.count)} ×</span> ${titleOf(group)}</h3>
    <p class="place">${placeOf(group)}</p>
    <p>${adviceOf(group.code, group.severity)}</p>
    ${ids(group, run)}
  </section>`;
}

/** Records without a row of their own: what was rejected and why, by name, and what was left out otherwise. */
export function leftOut(run: RunDocument): Markup | null {
  if (recordsOf(run, 'read') === 0) return null;
  const errors = run.groups.filter(({ severity }) => severity === 'error');
  const others = (['parked', 'excluded', 'duplicate'] as const).filter(
    (fate) => recordsOf(run, fate) > 0,
  );
  const rejected = recordsOf(run, 'rejected');
  return html`${
    rejected + others.length === 0 && errors.length === 0
      ? html`<p>Nothing ${become(run, 1)} left out: every record has its row in the CRM.</p>`
      : null
  }
  ${
    rejected === 0
      ? null
      : html`<p>
          ${count(rejected, 'record')} ${become(run, rejected)} rejected. All of them, in the shape
          of the source and with the reason:
          <code>tesoro-migrate rejects ${run.run} -o rejects</code>
        </p>`
  }
  ${errors.map((group) => rejectedGroup(group, run.run))}
  ${
    others.length === 0
      ? null
      : html`<ul class="others">
          ${others.map((fate) => html`<li><strong>${count(recordsOf(run, fate), 'record')} ${fate}</strong>: each ${meaningOfFate[fate]}.</li>`)}
        </ul>`
  }`;
}

const exampleOf = ({ sourceId, line, value }: IssueExample): Content =>
  html`<span class="example"
    >${sourceId === null ? null : html`<b>${recordName({ sourceId, line })}</b> `}${value === null ? null : quoted(value, 40)}</span
  >`;

/** Values that were changed, left empty or are in doubt, by kind; and what else the tool explains. */
export function doubtfulValues(run: RunDocument): Markup | null {
  const groups = run.groups.filter(({ severity }) => severity !== 'error');
  if (groups.length === 0) return null;
  const shown = groups.slice(0, listLimit);
  return html`<p>
      These records come in. What is done with a value, and what a person may want to look at, is
      said here for each kind of finding.
    </p>
    ${table({
      class: 'values',
      caption: 'Findings about values, with the first examples',
      headings: [
        { title: 'What was found, and what is done' },
        { title: 'Where' },
        { title: 'Number', align: 'right' },
        { title: 'Examples' },
      ],
      rows: shown.map((group) => [
        html`${titleOf(group)} <small>${adviceOf(group.code, group.severity)}</small>`,
        placeOf(group),
        number(group.count),
        group.examples.slice(0, examplesShown).map(exampleOf),
      ]),
    })}
    ${rest(shown.length, groups.length, run.run)}`;
}

const shownValue = (value: string | null): Content =>
  value === null ? html`<span class="zero">(empty)</span>` : excerpt(value, 160);

function changeRow({ entity, sourceId, field, ...change }: FieldChange): Content[] {
  return [
    html`${titleOfEntity(entity)} <b>${recordId(sourceId, 60)}</b>`,
    html`<code>${field}</code>`,
    shownValue(change.old),
    shownValue(change.new),
  ];
}

function changedColumns({ changedColumns: columns, run }: RunDocument): Markup | null {
  if (columns.length === 0) return null;
  const shown = columns.slice(0, listLimit);
  return html`${table({
    caption: 'Column by column, with the first examples',
    headings: [
      { title: 'Column' },
      { title: 'Rows', align: 'right' },
      { title: 'Was empty', align: 'right' },
      { title: 'Becomes empty', align: 'right' },
      { title: 'Examples' },
    ],
    rows: shown.map(({ entity, field, rows, filled, emptied, examples }) => [
      html`${titleOfEntity(entity)} <code>${field}</code>`,
      number(rows),
      number(filled),
      number(emptied),
      examples.map(
        (example) =>
          html`<span class="example"
            ><b>${recordId(example.sourceId, 40)}</b> ${shownValue(example.old)} →
            ${shownValue(example.new)}</span
          >`,
      ),
    ]),
  })}
  ${rest(shown.length, columns.length, run)}`;
}

/** Rows that the CRM already had, and what the import changed in them. */
export function changedRows(run: RunDocument): Markup | null {
  if (run.changes.length === 0) return null;
  const shown = run.changes.slice(0, listLimit);
  const updated = Object.values(run.entities).reduce((sum, { fates }) => sum + fates.updated, 0);
  return html`${changedColumns(run)}
  ${table({
    caption: `The first ${count(shown.length, 'changed value')} of ${count(updated, 'updated row')}`,
    headings: [{ title: 'Row' }, { title: 'Field' }, { title: 'Before' }, { title: 'After' }],
    rows: shown.map(changeRow),
  })}
  ${rest(shown.length, run.changes.length, run.run)}`;
}
