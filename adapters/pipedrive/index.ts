import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Exports of Pipedrive: people, organizations, deals, leads, activities and notes, one file a kind. */
export const pipedrive = csvAdapter({ name: 'pipedrive', title: 'Pipedrive (CSV)', entities });
