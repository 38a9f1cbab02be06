import type { SchemaMigration } from './migration.ts';

/** Who may use the web server: tokens that the command line makes, and the sessions that were begun with them. */
export const accessSchema: SchemaMigration = {
  name: '0017-access',
  statements: [
    // Of a token and of a session only a hash is kept: who reads the database cannot sign in with it.
    `CREATE TABLE migration.tokens (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  id uuid NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'viewer')),
  hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (account_id, id)
)`,
    `CREATE TABLE migration.sessions (
  hash text PRIMARY KEY,
  account_id uuid NOT NULL,
  token_id uuid NOT NULL,
  language text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (account_id, token_id) REFERENCES migration.tokens (account_id, id) ON DELETE CASCADE
)`,
    `CREATE INDEX sessions_token_index ON migration.sessions (account_id, token_id)`,
  ],
};
