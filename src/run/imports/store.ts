import * as z from 'zod';
import type { Database, Queryable } from '../../database/contract.ts';
import { NotFoundError, OutdatedError } from '../../model/errors.ts';
import { rowKinds } from '../contract.ts';
import { isoText, lasting } from '../store.ts';
import type { ReadingChoice } from './contract.ts';
import { editSchema, type MadeEdit } from './edits.ts';

const readingSchema = z.object({
  encoding: z.string().nullish(),
  delimiter: z.string().nullish(),
  headerLine: z.number().nullish(),
  sheet: z.string().nullish(),
});

export const failureSchema = z.object({
  code: z.enum(['source', 'mapping', 'invalid', 'database', 'broken', 'busy']),
  message: z.string(),
  hint: z.string().nullable(),
});

const fileSchema = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  path: z.string(),
  /** What it was taken for when it came. */
  detected: z.string().nullable(),
});

const importSchema = z.object({
  id: z.string(),
  version: z.number(),
  kind: z.enum(rowKinds).nullable(),
  system: z.string().nullable(),
  requirements: z.enum(['strict', 'lenient']).nullable(),
  reading: readingSchema,
  file: fileSchema.nullable(),
  profileId: z.string().nullable(),
  profileRecognised: z.boolean(),
  runId: z.string().nullable(),
  checkedVersion: z.number().nullable(),
  /** The counts that the preview showed, by entity and fate. */
  previewed: z.record(z.string(), z.record(z.string(), z.number())).nullable(),
  failure: failureSchema.nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  changedAt: z.string(),
});

/** An import as the database keeps it. */
export type StoredImport = z.infer<typeof importSchema>;
export type StoredFile = z.infer<typeof fileSchema>;

const columns =
  `i.id::text, i.version, i.kind, i.system, i.requirements, i.reading, i.file, i.profile_id::text AS "profileId",` +
  ` i.profile_recognised AS "profileRecognised", i.run_id::text AS "runId", i.checked_version AS "checkedVersion", i.previewed,` +
  ` i.failure, i.created_by AS "createdBy", ${isoText('i.created_at')} AS "createdAt", ${isoText('i.changed_at')} AS "changedAt"`;

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

/** An import of an account. Throws NotFoundError for one that is not there, or is another account's. */
export async function findImport(
  database: Queryable,
  accountId: string,
  id: string,
): Promise<StoredImport> {
  const { rows } = isId(id)
    ? await database.query(
        `SELECT ${columns} FROM migration.imports i WHERE i.account_id = $1 AND i.id = $2`,
        [accountId, id],
      )
    : { rows: [] };
  if (rows[0] === undefined) throw new NotFoundError('There is no such import.');
  return importSchema.parse(rows[0]);
}

/** The imports of an account, newest first. */
export async function listImports(
  database: Queryable,
  accountId: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly imports: readonly StoredImport[]; readonly total: number }> {
  const { rows } = await database.query(
    `SELECT ${columns} FROM migration.imports i WHERE i.account_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT $2 OFFSET $3`,
    [accountId, limit, offset],
  );
  const { rows: counted } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.imports WHERE account_id = $1`,
    [accountId],
  );
  return {
    imports: rows.map((row) => importSchema.parse(row)),
    total: Number(counted[0]?.['n'] ?? 0),
  };
}

/** Begins an import. */
export async function insertImport(
  database: Database,
  accountId: string,
  made: Pick<StoredImport, 'id' | 'kind' | 'system' | 'createdBy'> & { readonly now: Date },
): Promise<void> {
  await lasting(database, (transaction) =>
    transaction.query(
      `INSERT INTO migration.imports (account_id, id, kind, system, created_by, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [accountId, made.id, made.kind, made.system, made.createdBy, made.now.toISOString()],
    ),
  );
}

/** What of an import can be set; what is absent stays. */
export interface ImportSettings {
  readonly kind?: StoredImport['kind'];
  readonly system?: string | null;
  readonly requirements?: StoredImport['requirements'];
  readonly reading?: ReadingChoice;
  readonly file?: StoredFile;
  readonly profileId?: string | null;
  readonly profileRecognised?: boolean;
}

/**
 * Changes an import, which makes a new version of it. Throws OutdatedError when it is not at `ifVersion` any more.
 */
export async function updateImport(
  database: Database,
  accountId: string,
  id: string,
  change: ImportSettings & { readonly now: Date; readonly ifVersion?: number | undefined },
): Promise<void> {
  const given: [string, unknown][] = [];
  if (change.kind !== undefined) given.push(['kind', change.kind]);
  if (change.system !== undefined) given.push(['system', change.system]);
  if (change.requirements !== undefined) given.push(['requirements', change.requirements]);
  if (change.reading !== undefined) given.push(['reading', JSON.stringify(change.reading)]);
  if (change.file !== undefined) given.push(['file', JSON.stringify(change.file)]);
  if (change.profileId !== undefined) given.push(['profile_id', change.profileId]);
  if (change.profileRecognised !== undefined)
    given.push(['profile_recognised', change.profileRecognised]);
  const sets = given.map(
    ([name], place) =>
      `${name} = $${String(place + 5)}${name === 'reading' || name === 'file' ? '::jsonb' : ''}`,
  );
  const { affected } = await lasting(database, (transaction) =>
    transaction.query(
      `UPDATE migration.imports SET version = version + 1, failure = NULL, changed_at = $3${sets.map((set) => `, ${set}`).join('')}` +
        ` WHERE account_id = $1 AND id = $2 AND version = coalesce($4, version)`,
      [
        accountId,
        id,
        change.now.toISOString(),
        change.ifVersion ?? null,
        ...given.map(([, value]) => value),
      ],
    ),
  );
  if (affected === 0) throw new OutdatedError();
}

/** Notes which run checks an import, and which version of it. */
export async function noteRun(
  database: Database,
  accountId: string,
  { id, run, version }: { readonly id: string; readonly run: string; readonly version: number },
): Promise<void> {
  await lasting(database, (transaction) =>
    transaction.query(
      `UPDATE migration.imports SET run_id = $3, checked_version = $4, previewed = NULL, failure = NULL WHERE account_id = $1 AND id = $2`,
      [accountId, id, run, version],
    ),
  );
}

/** Notes the counts that a preview showed. */
export async function notePreviewed(
  database: Database,
  accountId: string,
  id: string,
  previewed: NonNullable<StoredImport['previewed']>,
): Promise<void> {
  await lasting(database, (transaction) =>
    transaction.query(
      `UPDATE migration.imports SET previewed = $3::jsonb WHERE account_id = $1 AND id = $2`,
      [accountId, id, JSON.stringify(previewed)],
    ),
  );
}

/** Notes why something came to nothing. */
export async function noteFailure(
  database: Database,
  accountId: string,
  id: string,
  failure: z.infer<typeof failureSchema> | null,
): Promise<void> {
  await lasting(database, (transaction) =>
    transaction.query(
      `UPDATE migration.imports SET failure = $3::jsonb WHERE account_id = $1 AND id = $2`,
      [accountId, id, failure === null ? null : JSON.stringify(failure)],
    ),
  );
}

export async function deleteImport(
  database: Database,
  accountId: string,
  id: string,
): Promise<void> {
  await lasting(database, (transaction) =>
    transaction.query(`DELETE FROM migration.imports WHERE account_id = $1 AND id = $2`, [
      accountId,
      id,
    ]),
  );
}

const madeSchema = z.object({
  no: z.number(),
  edit: editSchema,
  by: z.string(),
  at: z.string(),
  undoneAt: z.string().nullable(),
});

/** The steps of an import, in the order in which they were made. */
export async function editsOf(
  database: Queryable,
  accountId: string,
  id: string,
): Promise<readonly MadeEdit[]> {
  const { rows } = await database.query(
    `SELECT no, edit, made_by AS by, ${isoText('made_at')} AS at, ${isoText('undone_at')} AS "undoneAt"
       FROM migration.import_edits WHERE account_id = $1 AND import_id = $2 ORDER BY no`,
    [accountId, id],
  );
  return rows.map((row) => madeSchema.parse(row));
}

/** Adds a step; gives its number. */
export async function insertEdit(
  database: Database,
  accountId: string,
  id: string,
  made: Pick<MadeEdit, 'edit' | 'by'> & { readonly now: Date },
): Promise<number> {
  const { rows } = await lasting(database, (transaction) =>
    transaction.query(
      `INSERT INTO migration.import_edits (account_id, import_id, no, edit, made_by, made_at)
     SELECT $1, $2, coalesce(max(no), 0) + 1, $3::jsonb, $4, $5 FROM migration.import_edits WHERE account_id = $1 AND import_id = $2
     RETURNING no`,
      [accountId, id, JSON.stringify(made.edit), made.by, made.now.toISOString()],
    ),
  );
  return z.object({ no: z.number() }).parse(rows[0]).no;
}

/** Takes steps back that stand: one by its number, or all of a kind. */
export async function takeBack(
  database: Database,
  accountId: string,
  id: string,
  which: { readonly no: number } | { readonly kind: string },
  now: Date,
): Promise<void> {
  const [condition, value] =
    'no' in which ? [`no = $3::int`, which.no] : [`edit->>'kind' = $3`, which.kind];
  await lasting(database, (transaction) =>
    transaction.query(
      `UPDATE migration.import_edits SET undone_at = $4 WHERE account_id = $1 AND import_id = $2 AND ${condition} AND undone_at IS NULL`,
      [accountId, id, value, now.toISOString()],
    ),
  );
}
