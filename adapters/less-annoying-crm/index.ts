import { csvAdapter } from '../../src/adapter/csv-adapter.ts';
import { entities } from './fields.ts';

/** Less Annoying CRM: people and companies in one list, and pipeline items attached to them; one CSV file a kind. */
export const lessAnnoyingCrm = csvAdapter({
  name: 'less-annoying-crm',
  title: 'Less Annoying CRM (CSV)',
  entities,
});
