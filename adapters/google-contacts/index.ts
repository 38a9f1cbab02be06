import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Contacts that Google exports as "Google CSV". */
export const googleContacts = csvAdapter({
  name: 'google-contacts',
  title: 'Google Contacts (CSV)',
  entities,
});
