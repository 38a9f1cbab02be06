import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Exports and backups of Zoho CRM, one file a module. */
export const zoho = csvAdapter({ name: 'zoho', title: 'Zoho CRM (CSV)', entities });
