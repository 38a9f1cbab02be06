import type { AdapterListDocument, MappingListDocument } from '../../run/contract.ts';
import type { TextOptions } from './layout.ts';
import { cell, page, paletteOf, table, wrap } from './layout.ts';

/** What `adapters` shows. */
export function renderAdaptersText(
  { adapters }: AdapterListDocument,
  options: TextOptions,
): string {
  const palette = paletteOf(options);
  return page(
    ...adapters.map(({ name, title, entities }) => [
      `${palette.bold(name)}  ${title}`,
      ...wrap(entities.join(', ')),
    ]),
  );
}

/** What `mappings` shows. */
export function renderMappingsText(
  { mappings }: MappingListDocument,
  options: TextOptions,
): string {
  const palette = paletteOf(options);
  return page(
    table(
      [{ title: 'mapping' }, { title: 'takes' }, { title: 'of' }, { title: 'fills' }],
      mappings.map(({ name, adapter, from, to }) => [cell(name, palette.bold), from, adapter, to]),
      palette,
    ),
  );
}
