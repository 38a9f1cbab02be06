import type { VerifyDocument } from '../../run/documents.ts';
import type { ScreenCount, WorkbookLine } from '../../verify/workbook.ts';
import { count, excerpt, number } from '../figures.ts';
import { explanationOf, nameOfLine } from '../workbook.ts';
import { cell, table, type Palette } from './layout.ts';

const shownLines = 40;

/** Screens of the old CRM, source and CRM: what was read off a screen, and what nothing explains. */
export function workbookTable({ workbook }: VerifyDocument, palette: Palette): string[] {
  const telling = workbook.lines.filter(({ ok, screens }) => !ok || screens !== null);
  if (telling.length === 0) return [];
  const shown = [...telling].sort((a, b) => Number(a.ok) - Number(b.ok)).slice(0, shownLines);
  const kept = new Set(shown);
  const rest = telling.length - shown.length;
  return [
    `${palette.bold('Old CRM')}  active + deleted, as its screens show, as the source holds, as the CRM has`,
    ...table(
      [
        { title: '' },
        { title: 'screens', align: 'right' },
        { title: 'source', align: 'right' },
        { title: 'CRM', align: 'right' },
        { title: '' },
        { title: 'explanation' },
      ],
      telling.filter((line) => kept.has(line)).map((line) => row(line, palette)),
      palette,
    ),
    ...(rest > 0 ? [`  and ${count(rest, 'more line')}: see --json or the report`] : []),
  ];
}

const row = (line: WorkbookLine, palette: Palette) => [
  cell(excerpt(nameOfLine(line), 44), palette.bold),
  sides(line.screens),
  sides(line.source),
  sides(line.crm),
  line.ok ? cell('agree', palette.green) : cell('DIFFER', palette.red),
  excerpt(explanationOf(line), 100),
];

const sides = (counts: ScreenCount | null): string =>
  counts === null ? '–' : `${side(counts.active)} + ${side(counts.deleted)}`;
const side = (value: number | null): string => (value === null ? '?' : number(value));
