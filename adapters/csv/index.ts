import type { SourceAdapter } from '../../src/adapter/contract.ts';
import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import type { CsvOptions } from '../../src/adapter/csv-table.ts';

/** Reads any table, where no other adapter knows its columns: the last resort. */
export const csv: SourceAdapter<CsvOptions> = csvAdapter({
  name: 'csv',
  title: 'Any table (CSV)',
  entities: {},
  anyTable: entityOfFile,
});

/** What the rows of a table are called, where nothing says what they are: the name of its file. */
function entityOfFile(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  const slug = base
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'rows' : slug;
}
