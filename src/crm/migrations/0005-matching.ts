import type { SchemaMigration } from './migration.ts';

/** A record that a row of the CRM stood for before it came: the row stays as it is, in later imports, too. */
export const matchingSchema: SchemaMigration = {
  name: '0005-matching',
  statements: [`ALTER TABLE migration.id_keys ADD COLUMN is_linked boolean NOT NULL DEFAULT false`],
};
