import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** A CRM of leads, contacts, deals and quotes in which teammates set rows, too: one CSV file a kind. */
export const teammatesCrm = csvAdapter({
  name: 'teammates-crm',
  title: 'Teammates CRM (CSV)',
  entities,
});
