import type { SchemaMigration } from './migration.ts';

/** Imports that are put together on the web: the file, the steps of the person, and the mappings that were saved. */
export const importsSchema: SchemaMigration = {
  name: '0018-imports',
  statements: [
    `CREATE TABLE migration.profiles (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  columns jsonb NOT NULL,
  choices jsonb NOT NULL,
  saved_by text NOT NULL,
  saved_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (account_id, id),
  UNIQUE (account_id, name)
)`,
    // version grows with every change; checked_version is the one that the run has checked.
    `CREATE TABLE migration.imports (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  kind text,
  system text,
  requirements text,
  reading jsonb NOT NULL DEFAULT '{}',
  file jsonb,
  profile_id uuid,
  profile_recognised boolean NOT NULL DEFAULT false,
  run_id uuid,
  checked_version integer,
  previewed jsonb,
  failure jsonb,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, id)
)`,
    `CREATE INDEX imports_run_index ON migration.imports (run_id)`,
    `CREATE TABLE migration.import_edits (
  account_id uuid NOT NULL,
  import_id uuid NOT NULL,
  no integer NOT NULL,
  edit jsonb NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  undone_at timestamptz,
  PRIMARY KEY (account_id, import_id, no),
  FOREIGN KEY (account_id, import_id) REFERENCES migration.imports (account_id, id) ON DELETE CASCADE
)`,
  ],
};
