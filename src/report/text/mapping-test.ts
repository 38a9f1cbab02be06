import type { MappingTestDocument } from '../../run/contract.ts';
import { count } from '../figures.ts';
import type { TextOptions } from './layout.ts';
import { page, paletteOf, wrap } from './layout.ts';

/** What `mapping test` shows: each case, and where one came out otherwise. */
export function renderMappingTestText(document: MappingTestDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const { mapping, cases } = document;
  const failed = cases.filter(({ ok }) => !ok).length;
  const outcome =
    failed === 0
      ? palette.green(`${mapping}: ${count(cases.length, 'case')}, all as they should be`)
      : palette.red(`${mapping}: ${failed} of ${count(cases.length, 'case')} came out otherwise`);
  if (options.brief === true) return page([outcome]);
  return page(
    [outcome],
    cases.flatMap(({ name, ok, differences }) => [
      `  ${ok ? palette.green('✓') : palette.red('✗')} ${name}`,
      ...differences.flatMap((difference) => wrap(difference, 6)),
    ]),
  );
}
