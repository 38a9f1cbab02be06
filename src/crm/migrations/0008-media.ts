import type { SchemaMigration } from './migration.ts';

/** The manifest: which file each row names, and what the media store has of it; `reason` says why it has nothing. */
export const mediaSchema: SchemaMigration = {
  name: '0008-media',
  statements: [
    `CREATE TABLE migration.media (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  table_no smallint NOT NULL,
  target_id uuid NOT NULL,
  run_no integer NOT NULL REFERENCES migration.runs (no),
  name text NOT NULL,
  sha256 text,
  size_bytes numeric,
  media_type text,
  reason text,
  PRIMARY KEY (account_id, table_no, target_id)
)`,
    `CREATE INDEX media_run_index ON migration.media (run_no)`,
  ],
};
