import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Data exports and reports of Salesforce, one file an object. */
export const salesforce = csvAdapter({ name: 'salesforce', title: 'Salesforce (CSV)', entities });
