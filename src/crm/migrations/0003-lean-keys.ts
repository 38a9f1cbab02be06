import type { SchemaMigration } from './migration.ts';

/**
 * The id map and the ledger get a row for every record, in the transaction that writes the row itself, always by a run
 * that exists: checking five foreign keys for each took a third of the time of an import.
 */
export const leanKeys: SchemaMigration = {
  name: '0003-lean-keys',
  statements: [
    `ALTER TABLE migration.id_keys
  DROP CONSTRAINT id_keys_account_id_fkey,
  DROP CONSTRAINT id_keys_system_no_fkey,
  DROP CONSTRAINT id_keys_table_no_fkey,
  DROP CONSTRAINT id_keys_run_no_fkey`,
    `ALTER TABLE migration.ledger DROP CONSTRAINT ledger_run_no_fkey`,
  ],
};
