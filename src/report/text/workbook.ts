import type { ScreenCount, VerifyDocument, WorkbookLine } from '../../run/documents.ts';
import { count, excerpt, number } from '../figures.ts';
import { explanationOf, nameOfLine } from '../workbook.ts';
import { cell, table, wrap, type Palette } from './layout.ts';

const shownLines = 40;

/** Screens of the old CRM, source and CRM: what was read off a screen, and what nothing explains. */
export function workbookTable({ workbook }: VerifyDocument, palette: Palette): string[] {
  const telling = workbook.lines.filter(({ ok, screens }) => !ok || screens !== null);
  if (telling.length === 0) return [];
  const shown = [...telling].sort((a, b) => Number(a.ok) - Number(b.ok)).slice(0, shownLines);
  const kept = new Set(shown);
  const rest = telling.length - shown.length;
  return [
    `${palette.bold('Old CRM')}  active + deleted: its screens, the source, the CRM`,
    ...table(
      [
        { title: '' },
        { title: 'screens', align: 'right' },
        { title: 'source', align: 'right' },
        { title: 'CRM', align: 'right' },
        { title: '' },
      ],
      telling.filter((line) => kept.has(line)).map((line) => row(line, palette)),
      palette,
    ),
    ...shown.flatMap((line) => {
      const explanation = explanationOf(line);
      return explanation === '' ? [] : wrap(`${nameIn(line)}: ${explanation}`);
    }),
    ...(rest > 0 ? [`  and ${count(rest, 'more line')}: see --json or the report`] : []),
  ];
}

const nameIn = (line: WorkbookLine): string => excerpt(nameOfLine(line), 44);

const row = (line: WorkbookLine, palette: Palette) => [
  cell(nameIn(line), palette.bold),
  sides(line.screens),
  sides(line.source),
  sides(line.crm),
  line.ok ? cell('agree', palette.green) : cell('DIFFER', palette.red),
];

const sides = (counts: ScreenCount | null): string =>
  counts === null ? '–' : `${side(counts.active)} + ${side(counts.deleted)}`;
const side = (value: number | null): string => (value === null ? '?' : number(value));
