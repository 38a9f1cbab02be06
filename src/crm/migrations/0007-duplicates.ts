import type { SchemaMigration } from './migration.ts';

/** Pairs of rows that may be one person or company, found by a run, with both sides as the run saw them. */
export const duplicatesSchema: SchemaMigration = {
  name: '0007-duplicates',
  statements: [
    `CREATE TABLE migration.duplicates (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  table_name text NOT NULL,
  score integer NOT NULL,
  reasons text[] NOT NULL,
  first_id uuid NOT NULL,
  second_id uuid NOT NULL,
  first jsonb NOT NULL,
  second jsonb NOT NULL,
  PRIMARY KEY (run_no, table_name, first_id, second_id)
)`,
  ],
};
