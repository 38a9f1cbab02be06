import type { DoctorDocument } from '../../run/contract.ts';
import type { TextOptions } from './layout.ts';
import { cell, page, paletteOf, table } from './layout.ts';

/** What `doctor` shows: each check, and what to do where something is amiss. */
export function renderDoctorText(document: DoctorDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const marks = {
    ok: cell('✓', palette.green),
    warning: cell('!', palette.yellow),
    failed: cell('✗', palette.red),
  };
  const failed = document.checks.filter(({ status }) => status === 'failed');
  const outcome =
    failed.length === 0
      ? palette.green('Everything is in order.')
      : palette.red(`Not in order: ${failed.map(({ name }) => name).join(', ')}.`);
  if (options.brief === true) return page([outcome]);
  return page(
    table(
      [{ title: '' }, { title: 'check' }, { title: 'found' }],
      document.checks.map(({ name, status, found }) => [marks[status], name, found]),
      palette,
    ),
    document.checks.flatMap(({ name, hint }) => (hint === undefined ? [] : [`${name}: ${hint}`])),
    [outcome],
  );
}
