import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Contacts that Outlook and Outlook.com export as CSV. */
export const outlook = csvAdapter({ name: 'outlook', title: 'Outlook contacts (CSV)', entities });
