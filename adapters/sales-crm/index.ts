import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** A CRM of leads, customers and deals in which the status of a lead says what was done: one CSV file a kind. */
export const salesCrm = csvAdapter({ name: 'sales-crm', title: 'Sales CRM (CSV)', entities });
