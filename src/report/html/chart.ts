import type { TableCounts } from '../../run/documents.ts';
import { count, number } from '../figures.ts';
import { titleOfEntity } from '../words.ts';
import type { BarFate } from './fate-colours.ts';
import { barOrder, fateColours } from './fate-colours.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';

const width = 800;
const labelWidth = 168;
const barWidth = width - labelWidth;
const barHeight = 20;
const rowHeight = 60;
const smallest = 4;

interface Segment {
  readonly fate: BarFate;
  readonly value: number;
  readonly x: number;
  readonly width: number;
}

const fillOf = (fate: BarFate) =>
  fateColours[fate].stripes === undefined ? fateColours[fate].fill : `url(#stripes-${fate})`;

/** A bar's parts. However few, none is narrower than can be seen; the widest gives what that takes. */
function segmentsOf({ fates, read }: TableCounts): Segment[] {
  const present = barOrder.filter((fate) => fates[fate] > 0);
  const widths = present.map((fate) => Math.max(smallest, (fates[fate] / read) * barWidth));
  const widest = widths.indexOf(Math.max(...widths));
  const excess = widths.reduce((sum, part) => sum + part, 0) - barWidth;
  const fitted = widths.map((part, index) => (index === widest ? part - excess : part));
  return present.map((fate, index) => ({
    fate,
    value: fates[fate],
    x: fitted.slice(0, index).reduce((sum, part) => sum + part, labelWidth),
    width: fitted[index] ?? 0,
  }));
}

const inWords = ({ fates }: TableCounts) =>
  barOrder
    .filter((fate) => fates[fate] > 0)
    .map((fate) => `${number(fates[fate])} ${fate}`)
    .join(' · ');

function bar(name: string, counts: TableCounts, top: number): Markup {
  const gap = 1.5;
  return html`<g transform="translate(0 ${top})">
    <text class="name" x="0" y="14">${titleOfEntity(name)}</text>
    <text class="note" x="0" y="33">${count(counts.read, 'record')}</text>
    ${
      counts.read === 0
        ? html`<rect
            class="empty"
            x="${labelWidth}"
            y="0.5"
            width="${barWidth - 1}"
            height="${barHeight - 1}"
            rx="3"
          />`
        : segmentsOf(counts).map(
            ({ fate, x, width: length }) =>
              html`<rect
                x="${x.toFixed(1)}"
                y="0"
                width="${Math.max(2, length - gap).toFixed(1)}"
                height="${barHeight}"
                rx="2"
                fill="${fillOf(fate)}"
              />`,
          )
    }
    <text class="note" x="${labelWidth}" y="${barHeight + 16}"
      >${counts.read === 0 ? 'no records' : inWords(counts)}</text
    >
  </g>`;
}

const stripes = barOrder.map((fate) => {
  const { fill, stripes: line } = fateColours[fate];
  return line === undefined
    ? null
    : html`<pattern
        id="stripes-${fate}"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="${fill}" /><rect width="2" height="6" fill="${line}" />
      </pattern>`;
});

function legend(fates: readonly BarFate[]): Markup {
  return html`<ul class="legend" aria-hidden="true">
    ${fates.map(
      (fate) =>
        html`<li>
          <svg width="14" height="14">
            <rect width="14" height="14" rx="2" fill="${fillOf(fate)}" /></svg
          >${fate}
        </li>`,
    )}
  </ul>`;
}

/** A bar for each entity, divided by what became of its records; the same in words for who cannot see it. */
export function fateChart(tables: Readonly<Record<string, TableCounts>>): Markup {
  const rows = Object.entries(tables);
  const present = barOrder.filter((fate) => rows.some(([, { fates }]) => fates[fate] > 0));
  const description = rows
    .map(
      ([name, counts]) =>
        `${titleOfEntity(name)}: ${count(counts.read, 'record')}, ${inWords(counts) || 'none'}.`,
    )
    .join(' ');
  const height = Math.max(1, rows.length * rowHeight - 16);
  return html`<figure class="chart">
    ${legend(present)}
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title chart-text">
      <title id="chart-title">What became of the records, by kind</title>
      <desc id="chart-text">${description}</desc>
      <defs>${stripes}</defs>
      ${rows.map(([name, counts], index) => bar(name, counts, index * rowHeight))}
    </svg>
    <figcaption>Each bar is the whole of one kind of record, whatever its number.</figcaption>
  </figure>`;
}
