import type { MappingSuggestionDocument } from '../../run/contract.ts';
import { count, excerpt, percent } from '../figures.ts';
import type { Palette, TextOptions } from './layout.ts';
import { cell, page, paletteOf, table, wrap } from './layout.ts';

type Column = MappingSuggestionDocument['columns'][number];

function row({ column, filled, rows, match, kept, examples }: Column, palette: Palette) {
  const paint =
    match === null
      ? palette.dim
      : { high: palette.green, medium: palette.yellow, low: palette.dim }[match.level];
  return [
    excerpt(column, 32),
    percent(filled, rows),
    cell(match === null || match.level === 'low' ? 'kept' : excerpt(match.title, 28), paint),
    match === null ? '' : percent(match.confidence, 1),
    excerpt(match === null ? (kept ?? '') : match.reason, 60),
    excerpt(examples.slice(0, 2).join(' · '), 30),
  ];
}

/** What `mapping suggest` shows beside the file that it writes. */
export function renderSuggestionText(
  document: MappingSuggestionDocument,
  options: TextOptions,
): string {
  const palette = paletteOf(options);
  const { kind, columns } = document;
  const sure = columns.filter(({ match }) => match?.level === 'high').length;
  const doubtful = columns.filter(({ match }) => match?.level === 'medium').length;
  const top = [
    `${palette.bold(kind.kind)}  ${percent(kind.confidence, 1)} sure: ${kind.reason}`,
    `${count(columns.length, 'column')}: ${String(sure)} sure, ${String(doubtful)} to check, ${String(columns.length - sure - doubtful)} kept in custom_fields`,
  ];
  if (options.brief === true) return page(top);
  return page(
    top,
    table(
      [
        { title: 'column' },
        { title: 'filled', align: 'right' },
        { title: 'is' },
        { title: 'sure', align: 'right' },
        { title: 'because' },
        { title: 'examples' },
      ],
      columns.map((column) => row(column, palette)),
      palette,
    ),
    kind.level === 'high'
      ? []
      : wrap(
          `What the rows are is not sure: say --as ${kind.kind}${kind.others.map((other) => `, or --as ${other}`).join('')}.`,
          0,
        ).map(palette.yellow),
  );
}
