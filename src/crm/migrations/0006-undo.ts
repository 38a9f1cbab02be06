import type { SchemaMigration } from './migration.ts';

/**
 * What a run needs to be undone, and what an import needs to see that a person has edited a row since: which run
 * created a row, a hash of each column as it was last written (`src/plan/imprint.ts`) and the transaction that wrote
 * it, and the entries of the id map as they were before a run.
 */
export const undoSchema: SchemaMigration = {
  name: '0006-undo',
  statements: [
    `ALTER TABLE migration.id_keys
  ADD COLUMN created_by integer,
  ADD COLUMN imprint integer[],
  ADD COLUMN imprinted xid`,
    `CREATE TABLE migration.before_keys (
  run_no integer NOT NULL,
  list text NOT NULL CHECK (list IN ('placed', 'unplaced')),
  table_no smallint NOT NULL,
  key text COLLATE "C" NOT NULL,
  entry jsonb NOT NULL,
  PRIMARY KEY (run_no, list, table_no, key)
)`,
    `ALTER TABLE migration.runs
  ADD COLUMN of_run integer REFERENCES migration.runs (no),
  ADD COLUMN undoable boolean NOT NULL DEFAULT false`,
    `ALTER TABLE migration.runs ALTER COLUMN undoable SET DEFAULT true`,
    `CREATE INDEX runs_of_run_index ON migration.runs (of_run) WHERE of_run IS NOT NULL`,
  ],
};
