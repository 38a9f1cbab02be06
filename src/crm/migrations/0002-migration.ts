import { tableNames } from '../column.ts';
import type { SchemaMigration } from './migration.ts';

// Numbers of the tables in the id map; a table keeps its number for ever.
const tableNumbers = tableNames
  .map((name, index) => `(${String(index + 1)}, '${name}')`)
  .join(', ');

/** Schemas `migration` (runs, ledger, issues, id map …) and `staging` (tables of single runs). */
export const migrationSchema: SchemaMigration = {
  name: '0002-migration',
  statements: [
    `CREATE SCHEMA IF NOT EXISTS migration`,
    `CREATE SCHEMA IF NOT EXISTS staging`,
    `CREATE TABLE migration.systems (
  no smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE
)`,
    `CREATE TABLE migration.tables (no smallint PRIMARY KEY, name text NOT NULL UNIQUE)`,
    `INSERT INTO migration.tables (no, name) VALUES ${tableNumbers}`,
    `CREATE TABLE migration.runs (
  no integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  command text NOT NULL,
  status text NOT NULL,
  system_no smallint NOT NULL REFERENCES migration.systems (no),
  adapter text NOT NULL,
  inputs jsonb NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  tool_version text NOT NULL,
  mapping_hash text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  records_read bigint,
  balanced boolean,
  exit_code integer,
  error text,
  document json
)`,
    `CREATE INDEX runs_account_index ON migration.runs (account_id, no)`,
    `CREATE TABLE migration.run_tables (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  table_name text NOT NULL,
  staged bigint NOT NULL,
  PRIMARY KEY (run_no, table_name)
)`,
    `CREATE TABLE migration.run_batches (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  table_name text NOT NULL,
  pass text NOT NULL CHECK (pass IN ('rows', 'links')),
  from_ordinal bigint NOT NULL,
  to_ordinal bigint NOT NULL,
  PRIMARY KEY (run_no, table_name, pass, from_ordinal)
)`,
    `CREATE TABLE migration.ledger (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  record bigint NOT NULL,
  entity text NOT NULL,
  source_id text NOT NULL,
  is_deleted boolean NOT NULL,
  file smallint NOT NULL,
  line integer,
  fate text NOT NULL,
  table_name text,
  target_id uuid,
  PRIMARY KEY (run_no, record)
)`,
    `CREATE TABLE migration.issues (
  run_no integer NOT NULL,
  code text NOT NULL,
  severity text NOT NULL,
  entity text,
  source_id text,
  file text,
  line integer,
  field text,
  value text,
  args jsonb
)`,
    `CREATE INDEX issues_run_index ON migration.issues (run_no, code)`,
    `CREATE TABLE migration.rejects (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  record bigint NOT NULL,
  entity text NOT NULL,
  source_id text NOT NULL,
  is_deleted boolean NOT NULL,
  file text NOT NULL,
  line integer,
  fate text NOT NULL,
  timezone text,
  fields jsonb NOT NULL,
  PRIMARY KEY (run_no, record)
)`,
    `CREATE TABLE migration.id_keys (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  system_no smallint NOT NULL REFERENCES migration.systems (no),
  table_no smallint NOT NULL REFERENCES migration.tables (no),
  key text COLLATE "C" NOT NULL,
  part_length smallint NOT NULL,
  target_id uuid NOT NULL,
  row_hash uuid NOT NULL,
  run_no integer NOT NULL REFERENCES migration.runs (no),
  PRIMARY KEY (account_id, system_no, table_no, key)
)`,
    `CREATE INDEX id_keys_target_index ON migration.id_keys (account_id, table_no, target_id)`,
    `CREATE VIEW migration.id_map AS
SELECT k.account_id,
       s.name AS source_system,
       split_part(k.key, ':', 1) AS entity,
       substr(k.key, length(split_part(k.key, ':', 1)) + 2,
              length(k.key) - length(split_part(k.key, ':', 1)) - 1 - k.part_length) AS source_id,
       CASE WHEN k.part_length > 0 THEN right(k.key, k.part_length - 1) END AS part,
       t.name AS target_table,
       k.target_id,
       k.row_hash,
       r.id AS run_id
FROM migration.id_keys k
JOIN migration.systems s ON s.no = k.system_no
JOIN migration.tables t ON t.no = k.table_no
JOIN migration.runs r ON r.no = k.run_no`,
    `CREATE TABLE migration.unplaced_keys (
  account_id uuid NOT NULL REFERENCES crm.accounts (id),
  system_no smallint NOT NULL REFERENCES migration.systems (no),
  table_no smallint NOT NULL REFERENCES migration.tables (no),
  key text COLLATE "C" NOT NULL,
  fate text NOT NULL,
  run_no integer NOT NULL REFERENCES migration.runs (no),
  PRIMARY KEY (account_id, system_no, table_no, key)
)`,
    `CREATE TABLE migration.before_images (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  table_no smallint NOT NULL,
  target_id uuid NOT NULL,
  row jsonb NOT NULL,
  PRIMARY KEY (run_no, table_no, target_id)
)`,
    `CREATE TABLE migration.baselines (
  run_no integer NOT NULL REFERENCES migration.runs (no),
  entity text NOT NULL,
  active bigint NOT NULL,
  deleted bigint NOT NULL,
  splits jsonb NOT NULL,
  PRIMARY KEY (run_no, entity)
)`,
  ],
};
