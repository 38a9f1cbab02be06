import type { SchemaMigration } from './migration.ts';

/** Who ran what, and which runs no longer hold what their source said. */
export const auditSchema: SchemaMigration = {
  name: '0011-audit',
  statements: [
    `ALTER TABLE migration.runs
  ADD COLUMN run_by text,
  ADD COLUMN purged_at timestamptz`,
  ],
};
