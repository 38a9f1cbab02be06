import type { SchemaMigration } from './migration.ts';

/** Whether a row was written by the tool while a person's edits in it stayed (`src/plan/edits.ts`). */
export const editsSchema: SchemaMigration = {
  name: '0010-edits',
  statements: [`ALTER TABLE migration.id_keys ADD COLUMN has_edits boolean NOT NULL DEFAULT false`],
};
