import type { ScreenCount, VerifyDocument, WorkbookLine } from '../../run/documents.ts';
import { excerpt, number } from '../figures.ts';
import { titleOfEntity } from '../words.ts';
import { explanationOf } from '../workbook.ts';
import type { Content, Markup } from './markup.ts';
import { html } from './markup.ts';
import { rest, table, type Heading } from './table.ts';

const right = (title: string): Heading => ({ title, align: 'right' });

// A customer reads these; a year of a kind is one line.
const shownLines = 300;

const sides = (counts: ScreenCount | null): readonly Content[] =>
  counts === null ? ['–', '–'] : [side(counts.active), side(counts.deleted)];
const side = (value: number | null): Content =>
  value === null ? '–' : value === 0 ? html`<span class="zero">0</span>` : number(value);

/** The screens of the old CRM, the source and the CRM side by side, per kind, status, year and the like. */
export function workbookComparison({ workbook, run }: VerifyDocument): Markup | null {
  const { lines, total } = workbook;
  if (lines.length === 0) return null;
  const withScreens = lines.some(({ screens }) => screens !== null);
  const shown = chosenLines(lines);
  return html`<p>
      Records of the old system, in its own words:
      ${
        withScreens
          ? 'as its screens show them, as the export holds them, and as the CRM has them'
          : 'as the export holds them, and as the CRM has them. Nobody has noted what its screens show'
      }.
      ${
        total.unexplained === 0
          ? 'Every deviation has an explanation.'
          : html`<strong class="warning"
              >${number(total.unexplained)} of ${number(total.lines)} lines deviate without an
              explanation.</strong
            >`
      }
    </p>
    ${table({
      class: 'comparison',
      caption: 'Records by kind, status and year, active and deleted',
      groups: [
        { title: '', span: 2 },
        { title: 'Screens', span: 2 },
        { title: 'Source', span: 2 },
        { title: 'Tesoro CRM', span: 2 },
        { title: '', span: 2 },
      ],
      headings: [
        { title: 'Kind' },
        { title: 'Of these' },
        ...[1, 2, 3].flatMap(() => [right('active'), right('deleted')]),
        { title: 'Explanation' },
        { title: 'Result' },
      ],
      rows: shown.map((line) => [
        titleOfEntity(line.entity),
        line.dimension === null
          ? 'all'
          : `${line.dimension}: ${excerpt(line.value || '(none)', 60)}`,
        ...sides(line.screens),
        ...sides(line.source),
        ...sides(line.crm),
        explanationOf(line) || '–',
        line.ok
          ? html`<span class="agree">agree</span>`
          : html`<strong class="differ">differ</strong>`,
      ]),
    })}
    ${rest(shown.length, total.lines, run)}`;
}

/** In their order: rather those that say something than those that agree. */
function chosenLines(lines: readonly WorkbookLine[]): readonly WorkbookLine[] {
  const weight = ({ ok, screens, dimension }: WorkbookLine): number =>
    !ok ? 0 : screens !== null ? 1 : dimension === null ? 2 : 3;
  const kept = new Set([...lines].sort((a, b) => weight(a) - weight(b)).slice(0, shownLines));
  return lines.filter((line) => kept.has(line));
}
