import type { CoverageLine, RunDocument } from '../../run/documents.ts';
import { count, number, percent } from '../figures.ts';
import { titleOfEntity } from '../words.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import { listLimit, rest, table } from './table.ts';

const destinations: Readonly<Record<CoverageLine['use'], Content>> = {
  mapped: 'a field of the CRM',
  custom: html`<strong class="kept">custom fields</strong>`,
  ignored: html`<span class="ignored">left out by the mapping</span>`,
};

function entityTable(entity: string, lines: readonly CoverageLine[], records: number): Markup {
  return table({
    class: 'coverage',
    caption: `${titleOfEntity(entity)}: ${count(lines.length, 'field')} with data`,
    headings: [
      { title: 'Field of the source' },
      { title: 'Records with data', align: 'right' },
      { title: 'Share', align: 'right' },
      { title: 'Where it went' },
    ],
    rows: lines.map(({ field, filled, use }) => [
      html`<code>${field}</code>`,
      number(filled),
      percent(filled, records),
      destinations[use],
    ]),
  });
}

/** Every field of the source that holds data, and where it went. */
export function coverage(run: RunDocument): Markup | null {
  const filled = run.coverage.filter((line) => line.filled > 0);
  if (filled.length === 0) return null;
  const shown = filled.slice(0, listLimit);
  const entities = [...new Set(shown.map(({ entity }) => entity))];
  const custom = filled.filter(({ use }) => use === 'custom').length;
  const ignored = filled.filter(({ use }) => use === 'ignored').length;
  return html`<p>
      ${count(filled.length, 'field')} of the source ${filled.length === 1 ? 'holds' : 'hold'} data.
      ${
        custom === 0
          ? null
          : `${number(custom)} ${custom === 1 ? 'has' : 'have'} no place of ${custom === 1 ? 'its' : 'their'} own in the CRM and ${custom === 1 ? 'is' : 'are'} kept in the custom fields of each record.`
      }
      ${ignored === 0 ? null : `${number(ignored)} ${ignored === 1 ? 'was' : 'were'} left out by a rule of the mapping.`}
    </p>
    ${entities.map((entity) =>
      entityTable(
        entity,
        shown.filter((line) => line.entity === entity),
        run.records[entity]?.read ?? 0,
      ),
    )}
    ${rest(shown.length, filled.length, run.run)}`;
}
