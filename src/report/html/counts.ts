import { fates } from '../../model/fate.ts';
import type {
  CountComparison,
  RunDocument,
  TableCounts,
  VerifyDocument,
} from '../../run/documents.ts';
import { number } from '../figures.ts';
import { meaningOfFate, titleOfEntity } from '../words.ts';
import { fateChart } from './chart.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Heading } from './table.ts';
import { table } from './table.ts';

const right = (title: string): Heading => ({ title, align: 'right' });

/** A number, quiet where it is zero. */
const figure = (value: number): Content =>
  value === 0 ? html`<span class="zero">0</span>` : number(value);

const accountedFor = ({ accounted }: CountComparison) =>
  Object.entries(accounted)
    .filter(([, value]) => value > 0)
    .map(([fate, value]) => `${number(value)} ${fate}`)
    .join(', ') || '–';

/** Baseline, source and CRM side by side. */
export function comparison({ counts }: VerifyDocument): Markup {
  return html`<p>
      The <em>baseline</em> is counted in the files by other means than the import. The
      <em>source</em>
      is what was read a second time for the verification. Records that were deleted in the old
      system are moved too, marked as deleted.
    </p>
    ${table({
      class: 'comparison',
      caption: 'Rows by kind, active and deleted',
      groups: [
        { title: '', span: 1 },
        { title: 'Baseline', span: 2 },
        { title: 'Source', span: 2 },
        { title: 'Tesoro CRM', span: 2 },
        { title: '', span: 2 },
      ],
      headings: [
        { title: 'Kind' },
        right('active'),
        right('deleted'),
        right('active'),
        right('deleted'),
        right('active'),
        right('deleted'),
        { title: 'Accounted for' },
        { title: 'Result' },
      ],
      rows: counts.map((line) => [
        titleOfEntity(line.entity),
        ...[line.baseline, line.source, line.crm].flatMap((side) =>
          side === null ? ['–', '–'] : [figure(side.active), figure(side.deleted)],
        ),
        accountedFor(line),
        line.ok
          ? html`<span class="agree">agree</span>`
          : html`<strong class="differ">differ</strong>`,
      ]),
    })}`;
}

function fateTable(
  caption: string,
  kind: string,
  tables: Readonly<Record<string, TableCounts>>,
): Markup {
  const rows = Object.entries(tables);
  const happened = fates.filter((fate) => rows.some(([, counts]) => counts.fates[fate] > 0));
  return table({
    class: 'counted',
    caption,
    headings: [
      { title: kind },
      right('read'),
      right('active'),
      right('deleted'),
      ...happened.map(right),
    ],
    rows: rows.map(([name, counts]) => [
      titleOfEntity(name),
      figure(counts.read),
      figure(counts.active),
      figure(counts.deleted),
      ...happened.map((fate) => figure(counts.fates[fate])),
    ]),
  });
}

/** What became of the records of the source, and which rows they gave. */
export function outcomes(run: RunDocument): Markup | null {
  if (Object.keys(run.entities).length + Object.keys(run.records).length === 0) return null;
  const happened = fates.filter((fate) =>
    [...Object.values(run.records), ...Object.values(run.entities)].some(
      (counts) => counts.fates[fate] > 0,
    ),
  );
  return html`<p>
      ${
        run.balanced
          ? 'Each record of the source has exactly one outcome, and the outcomes add up to the records read.'
          : html`<strong class="warning">The outcomes do not add up to the records read.</strong>`
      }
    </p>
    ${Object.keys(run.records).length === 0 ? null : fateChart(run.records)}
    ${fateTable('Records of the source, each counted once', 'Kind', run.records)}
    ${fateTable(
      `Rows ${run.status === 'planned' ? 'that they would give' : 'that they gave'} in the CRM; one record can give several`,
      'Table',
      run.entities,
    )}
    ${
      happened.length === 0
        ? null
        : html`<dl class="meanings">
            ${happened.map(
              (fate) =>
                html`<div>
                  <dt>${fate}</dt>
                  <dd>${meaningOfFate[fate]}</dd>
                </div>`,
            )}
          </dl>`
    }`;
}
