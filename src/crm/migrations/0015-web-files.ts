import type { SchemaMigration } from './migration.ts';

/**
 * Photos and documents that rows name by an address of the web: what is stored of each address, or why nothing is, and
 * which rows name it. `next_at` is when the address is to be asked: in the past, it is due; NULL, never by itself.
 * Addresses are told apart by their sha256, for they may be longer than an index takes.
 */
export const webFilesSchema: SchemaMigration = {
  name: '0015-web-files',
  statements: [
    `CREATE TABLE migration.web_files (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  url_sum bytea NOT NULL,
  url text NOT NULL,
  is_image boolean NOT NULL,
  sha256 text,
  size_bytes numeric,
  media_type text,
  width integer,
  height integer,
  etag text,
  last_modified text,
  stored_at timestamptz,
  checked_at timestamptz,
  failures integer NOT NULL DEFAULT 0,
  reason text,
  message text,
  next_at timestamptz,
  PRIMARY KEY (account_id, url_sum)
)`,
    `CREATE INDEX web_files_due_index ON migration.web_files (account_id, next_at, url_sum) WHERE next_at IS NOT NULL`,
    `CREATE TABLE migration.web_rows (
  account_id uuid NOT NULL,
  table_no smallint NOT NULL,
  target_id uuid NOT NULL,
  url_sum bytea NOT NULL,
  PRIMARY KEY (account_id, table_no, target_id)
)`,
    `CREATE INDEX web_rows_url_index ON migration.web_rows (account_id, url_sum)`,
  ],
};
