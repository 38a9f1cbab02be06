import type { BaselineDocument } from '../../run/contract.ts';
import { count, excerpt, number } from '../figures.ts';
import type { TextOptions } from './layout.ts';
import { cell, page, paletteOf, table, wrap } from './layout.ts';

/** What `baseline` shows: what the source holds, counted without the importer. */
export function renderBaselineText(document: BaselineDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const entities = Object.entries(document.entities);
  const records = entities.reduce((sum, [, { active, deleted }]) => sum + active + deleted, 0);
  const outcome = `${palette.bold(document.source)}  ${count(records, 'record')} counted`;
  if (options.brief === true) return page([outcome]);
  return page(
    [outcome],
    table(
      [
        { title: 'records' },
        { title: 'active', align: 'right' },
        { title: 'deleted', align: 'right' },
      ],
      entities.map(([name, { active, deleted }]) => [
        cell(name, palette.bold),
        number(active),
        number(deleted),
      ]),
      palette,
    ),
    ...entities.flatMap(([name, { by }]) =>
      Object.entries(by).map(([dimension, values]) =>
        wrap(
          `${name} by ${dimension}: ${Object.entries(values)
            .map(
              ([value, { active, deleted }]) =>
                `${value === '' ? '(none)' : excerpt(value, 30)} ${number(active)}${deleted === 0 ? '' : ` + ${number(deleted)}`}`,
            )
            .join(', ')}`,
        ),
      ),
    ),
  );
}
