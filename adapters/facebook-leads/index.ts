import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Leads that Facebook's forms give as a CSV download. */
export const facebookLeads = csvAdapter({
  name: 'facebook-leads',
  title: 'Facebook lead ads (CSV)',
  entities,
});
