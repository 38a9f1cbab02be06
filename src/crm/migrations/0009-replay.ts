import type { SchemaMigration } from './migration.ts';

/**
 * What a record that did not come in needs to come in later: what was found while reading it, the rows it waits for,
 * and which later run read it again, with what fate.
 */
export const replaySchema: SchemaMigration = {
  name: '0009-replay',
  statements: [
    // whole: the record itself did not come in; else some of its further rows wait.
    `ALTER TABLE migration.rejects
  ADD COLUMN whole boolean NOT NULL DEFAULT true,
  ADD COLUMN issues jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN awaits text[] NOT NULL DEFAULT '{}',
  ADD COLUMN later_run integer REFERENCES migration.runs (no),
  ADD COLUMN later_fate text`,
    `CREATE INDEX rejects_open_index ON migration.rejects (run_no) WHERE later_run IS NULL`,
  ],
};
