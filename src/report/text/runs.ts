import type { RunListDocument, RunStatus } from '../../run/documents.ts';
import { excerpt, number } from '../figures.ts';
import type { TextOptions } from './layout.ts';
import { cell, page, paletteOf, table } from './layout.ts';

/** What `runs` shows: newest first. */
export function renderRunsText(list: RunListDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  if (list.runs.length === 0) return 'No runs yet. Begin with: tesoro-migrate preview <file>\n';
  const paint: Readonly<Record<RunStatus, (text: string) => string>> = {
    planned: palette.cyan,
    running: palette.cyan,
    interrupted: palette.yellow,
    complete: palette.green,
    failed: palette.red,
    'rolling-back': palette.yellow,
    'rolled-back': palette.dim,
  };
  const balanced = { true: 'yes', false: 'NO', null: '–' };
  const rest = list.total - list.runs.length;
  return page(
    table(
      [
        { title: 'run' },
        { title: 'started (UTC)' },
        { title: 'command' },
        { title: 'status' },
        { title: 'source' },
        { title: 'account' },
        { title: 'balanced' },
      ],
      list.runs.map((run) => [
        run.run,
        run.startedAt.slice(0, 16).replace('T', ' '),
        run.command,
        cell(run.status, paint[run.status]),
        excerpt(run.source, 12),
        excerpt(run.account, 14),
        run.balanced === false ? cell('NO', palette.red) : balanced[`${run.balanced}`],
      ]),
      palette,
    ),
    rest > 0 ? [`  and ${number(rest)} older: --limit ${list.total} shows all`] : [],
  );
}
