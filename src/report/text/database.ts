import type { DatabaseDocument } from '../../run/contract.ts';
import { number } from '../figures.ts';
import type { TextOptions } from './layout.ts';
import { page, paletteOf, table } from './layout.ts';

/** What `db migrate` and `db info` show. */
export function renderDatabaseText(document: DatabaseDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const { kind, location, server, schemaVersion, newestVersion, migrations, rows } = document;
  const schema =
    schemaVersion === null
      ? 'no schema yet; the first use creates it'
      : schemaVersion === newestVersion
        ? `schema ${schemaVersion}, up to date`
        : `schema ${schemaVersion}; this program knows ${newestVersion}`;
  if (options.brief === true) return page([schema]);
  return page(
    [
      palette.bold(location),
      `${kind === 'embedded' ? 'embedded database' : 'server'}, PostgreSQL ${server}`,
      schema,
      ...migrations.map((migration) => `  ${migration}`),
    ],
    Object.keys(rows).length === 0
      ? []
      : table(
          [{ title: 'table' }, { title: 'rows', align: 'right' }],
          Object.entries(rows).map(([name, value]) => [name, number(value)]),
          palette,
        ),
  );
}
