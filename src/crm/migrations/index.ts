import { crmSchema } from './0001-crm.ts';
import { migrationSchema } from './0002-migration.ts';
import { leanKeys } from './0003-lean-keys.ts';
import { resumeSchema } from './0004-resume.ts';
import { matchingSchema } from './0005-matching.ts';
import { undoSchema } from './0006-undo.ts';
import { duplicatesSchema } from './0007-duplicates.ts';
import { mediaSchema } from './0008-media.ts';
import { replaySchema } from './0009-replay.ts';
import { editsSchema } from './0010-edits.ts';
import { auditSchema } from './0011-audit.ts';
import { feedsSchema } from './0013-feeds.ts';
import { accessSchema } from './0017-access.ts';
import { importsSchema } from './0018-imports.ts';
import type { SchemaMigration } from './migration.ts';

/** Every step of the schema, oldest first. */
export const schemaMigrations: readonly SchemaMigration[] = [
  crmSchema,
  migrationSchema,
  leanKeys,
  resumeSchema,
  matchingSchema,
  undoSchema,
  duplicatesSchema,
  mediaSchema,
  replaySchema,
  editsSchema,
  auditSchema,
  feedsSchema,
  accessSchema,
  importsSchema,
];
