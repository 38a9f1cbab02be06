import type { SourceAdapter } from '../../src/adapter/contract.ts';
import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import type { CsvOptions } from '../../src/adapter/csv-table.ts';
import { entities } from './fields.ts';

/** Reads the CSV files of Tesoro's own imports. */
export const tesoro: SourceAdapter<CsvOptions> = csvAdapter({
  name: 'tesoro',
  title: 'Tesoro CRM (CSV import)',
  entities,
});
