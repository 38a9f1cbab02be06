import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Exports of HubSpot CRM: contacts, companies, deals, tasks and notes, one file a kind. */
export const hubspot = csvAdapter({ name: 'hubspot', title: 'HubSpot (CSV)', entities });
