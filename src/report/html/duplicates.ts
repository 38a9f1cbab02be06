import type { DuplicateRow, RunDocument } from '../../run/documents.ts';
import { describedRow, likelihoodOf, originOf, reasonsOf } from '../duplicates.ts';
import { count, excerpt, recordId } from '../figures.ts';
import { titleOfEntity } from '../words.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import { listLimit, rest, table } from './table.ts';

const side = (row: DuplicateRow): Content =>
  html`<b>${excerpt(describedRow(row), 160)}</b> <small>${recordId(originOf(row), 60)}</small>`;

/** Pairs of rows that may be one, both sides beside each other; nothing is merged. */
export function possibleDuplicates({ duplicates, run }: RunDocument): Markup | null {
  const { total, pairs } = duplicates;
  if (total === 0) return null;
  const shown = pairs.slice(0, listLimit);
  return html`<p>
      ${count(total, 'pair')} of rows may be one person or company each. Nothing is merged: a person
      decides, in the CRM.
    </p>
    ${table({
      class: 'values',
      caption: 'Possible duplicates, the likeliest first',
      headings: [
        { title: 'One' },
        { title: 'The other' },
        { title: 'In common' },
        { title: 'The same?' },
      ],
      rows: shown.map((pair) => [
        html`${side(pair.first)} <small>${titleOfEntity(pair.entity)}</small>`,
        side(pair.second),
        reasonsOf(pair),
        likelihoodOf(pair),
      ]),
    })}
    ${rest(shown.length, total, run)}`;
}
