import type { SchemaMigration } from './migration.ts';

/**
 * Feeds, their syncs, and the withdrawals that wait for a person. A feed is known in the id map by its number in the
 * account, which is not given twice: two feeds of one provider may use the same ids.
 */
export const feedsSchema: SchemaMigration = {
  name: '0013-feeds',
  statements: [
    `CREATE TABLE migration.feeds (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  id uuid NOT NULL UNIQUE,
  number integer NOT NULL,
  name text NOT NULL,
  settings jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (account_id, number)
)`,
    `CREATE UNIQUE INDEX feeds_name_index ON migration.feeds (account_id, lower(name)) WHERE removed_at IS NULL`,
    // settings_hash: what decides, beside the body, what comes of a sync. body: its name, bytes, sha256 and path.
    `CREATE TABLE migration.feed_syncs (
  account_id uuid NOT NULL,
  feed_number integer NOT NULL,
  id uuid NOT NULL UNIQUE,
  no bigint GENERATED ALWAYS AS IDENTITY,
  reason text NOT NULL CHECK (reason IN ('manual', 'schedule')),
  outcome text NOT NULL CHECK (outcome IN ('running', 'interrupted', 'unchanged', 'previewed', 'synced', 'failed')),
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  run_no integer REFERENCES migration.runs (no),
  settings_hash text,
  body jsonb,
  etag text,
  last_modified text,
  withdrawal jsonb,
  error text,
  hint text,
  retriable boolean,
  exit_code integer,
  PRIMARY KEY (account_id, feed_number, no),
  FOREIGN KEY (account_id, feed_number) REFERENCES migration.feeds (account_id, number)
)`,
    `CREATE TABLE migration.feed_held (
  account_id uuid NOT NULL,
  feed_number integer NOT NULL,
  target_id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  reason text NOT NULL CHECK (reason IN ('absent', 'excluded')),
  guard text NOT NULL,
  since timestamptz NOT NULL,
  run_no integer NOT NULL REFERENCES migration.runs (no),
  PRIMARY KEY (account_id, feed_number, target_id),
  FOREIGN KEY (account_id, feed_number) REFERENCES migration.feeds (account_id, number)
)`,
  ],
};
