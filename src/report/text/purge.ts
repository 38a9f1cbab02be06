import type { PurgeDocument } from '../../run/documents.ts';
import { count, moment, number } from '../figures.ts';
import { cell, nextSteps, page, paletteOf, table, wrap, type TextOptions } from './layout.ts';

/** What `purge` shows. */
export function renderPurgeText(document: PurgeDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const { runs, preview, olderThanDays } = document;
  const paint = preview ? palette.cyan : palette.green;
  const done = preview ? 'would be purged' : runs.length === 1 ? 'was purged' : 'were purged';
  const top = paint(
    palette.bold(
      runs.length === 0
        ? 'There is nothing to purge'
        : `${preview ? 'Preview: ' : ''}${count(runs.length, 'run')} ${done}`,
    ),
  );
  if (options.brief === true || runs.length === 0) return page([top]);
  const open = runs.reduce((sum, run) => sum + run.open, 0);
  const again =
    olderThanDays === null ? (runs[0]?.run ?? '') : `--older-than ${String(olderThanDays)}`;
  return page(
    [top],
    table(
      [
        { title: 'run' },
        { title: 'began' },
        { title: 'staged tables', align: 'right' },
        { title: 'rejects', align: 'right' },
        { title: 'rows before', align: 'right' },
      ],
      runs.map((run) => [
        cell(`${run.run.slice(0, 18)}  ${run.command}`, palette.bold),
        moment(run.startedAt),
        number(run.stagedTables),
        number(run.rejects),
        number(run.beforeImages),
      ]),
      palette,
    ),
    wrap(
      `${preview ? 'After that, these runs can' : 'These runs can'} no longer be undone, retried or applied. Ids, counts, findings and reports stay.`,
      0,
    ),
    open === 0
      ? []
      : wrap(
          `${count(open, 'record')} among the rejects ${open === 1 ? 'is' : 'are'} still not in the CRM: keep a copy with "rejects" ${preview ? 'first' : ''}`.trimEnd() +
            (preview ? '.' : ' of a backup.'),
          0,
        ).map(palette.yellow),
    nextSteps(preview ? [{ to: 'purge', run: `purge ${again}` }] : [], palette),
  );
}
