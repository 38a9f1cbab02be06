import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Address books that Thunderbird exports as CSV. */
export const thunderbird = csvAdapter({
  name: 'thunderbird',
  title: 'Thunderbird address book (CSV)',
  entities,
});
