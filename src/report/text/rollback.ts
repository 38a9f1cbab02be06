import type { LeftRow, RollbackDocument, UndoneTable } from '../../run/documents.ts';
import { count, duration, excerpt, number, recordId } from '../figures.ts';
import { reasonToStay } from '../words.ts';
import type { Palette, TextOptions } from './layout.ts';
import { cell, nextSteps, page, paletteOf, table, wrap } from './layout.ts';

const shownOfEach = 10;

/** The rows of each table that a rollback deletes, restores and leaves. */
export function undoneTable(
  tables: Readonly<Record<string, UndoneTable>>,
  { preview }: { readonly preview: boolean },
  palette: Palette,
): string[] {
  const rows = Object.entries(tables);
  if (rows.length === 0) return [];
  return table(
    [
      { title: 'rows of the CRM' },
      { title: preview ? 'to be deleted' : 'deleted', align: 'right' },
      { title: preview ? 'to be restored' : 'restored', align: 'right' },
      { title: 'left alone', align: 'right' },
    ],
    rows.map(([name, { deleted, restored, left }]) => [
      cell(name, palette.bold),
      number(deleted),
      number(restored),
      left === 0 ? cell('0', palette.dim) : cell(number(left), palette.yellow),
    ]),
    palette,
  );
}

const leftLine = ({ entity, sourceId, part, id, reason, fields }: LeftRow) => {
  const name = `${entity} ${recordId(sourceId ?? id, 32)}${part === undefined ? '' : ` (${excerpt(part, 24)})`}`;
  return `  ${name}: ${reasonToStay[reason]}${fields.length === 0 ? '' : ` (${excerpt(fields.join(', '), 40)})`}`;
};

/** The rows that a rollback leaves as they are, the first of them. */
export function leftRows(left: readonly LeftRow[], total: number, palette: Palette): string[] {
  if (total === 0) return [];
  const shown = left.slice(0, shownOfEach);
  const rest = total - shown.length;
  return [
    palette.yellow(`Left as they are: ${count(total, 'row')}`),
    ...shown.map(leftLine),
    ...(rest > 0 ? [`  and ${number(rest)} more: see --json or the report`] : []),
  ];
}

const sumOf = (tables: Readonly<Record<string, UndoneTable>>, which: keyof UndoneTable) =>
  Object.values(tables).reduce((sum, counts) => sum + counts[which], 0);

function outcome({ tables, preview, total }: RollbackDocument): string {
  const done = sumOf(tables, 'deleted') + sumOf(tables, 'restored');
  if (done === 0 && total.left === 0) return 'There is nothing left of this run to undo';
  if (preview)
    return `Preview: ${count(done, 'row')} would be undone, ${number(total.left)} left alone`;
  return total.left === 0
    ? `Undone: the CRM is as it was before, ${count(done, 'row')} taken back`
    : `Undone but for ${count(total.left, 'row')}, left as ${total.left === 1 ? 'it is' : 'they are'}`;
}

/** What `rollback` shows. */
export function renderRollbackText(document: RollbackDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const { run, preview, left, total } = document;
  const paint = preview ? palette.cyan : total.left === 0 ? palette.green : palette.yellow;
  const top = paint(palette.bold(outcome(document)));
  if (options.brief === true) return page([top]);
  return page(
    [top],
    [palette.dim(`run ${run} → account ${document.account} · ${duration(document.seconds)}`)],
    undoneTable(document.tables, { preview }, palette),
    leftRows(left, total.left, palette),
    preview
      ? []
      : wrap(
          'Its keys are taken out of the id map, so that importing the files again creates the rows anew.',
          0,
        ),
    nextSteps(
      preview
        ? [{ to: 'undo', run: `rollback ${run}` }]
        : [{ to: 'report', run: `report ${run} -o report.html` }],
      palette,
    ),
  );
}
