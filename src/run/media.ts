import { dirname, join } from 'node:path';
import type { SourceFile } from '../adapter/contract.ts';
import { addStored, forgetStored, recordMedia, type StoredFile } from '../apply/media.ts';
import { matchMedia, mediaOf, mediaTablesOf, noteMedia } from '../media/match.ts';
import { directoryStore, type MediaStore } from '../media/store.ts';
import { AbortedError, MigrationError, SourceError } from '../model/errors.ts';
import type { PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import type { Outcome } from './applying.ts';
import type { Environment } from './contract.ts';
import type { Session } from './session.ts';
import type { ReadySource } from './source-of-run.ts';

/** The files beside an export that no adapter takes for data: documents and photos. */
export function filesBeside({ opened, source }: ReadySource): readonly SourceFile[] {
  const names = new Set(
    source.beside.filter(({ looksLike }) => looksLike === undefined).map(({ file }) => file),
  );
  return opened.files.filter(({ name }) => names.has(name));
}

/** Finds the files that the rows of a plan name, and reports what is missing and what nobody names. */
export async function planMedia(scope: PlanScope, files: readonly SourceFile[]): Promise<void> {
  const names = files.map(({ name }) => name);
  await matchMedia(
    scope,
    names,
    (table) =>
      `JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal` +
      ` AND p.fate IN ('created', 'updated', 'unchanged') AND NOT p._linked`,
  );
  await noteMedia(scope, names);
}

const filesPerStep = 200;

/** Keeps the files that the rows of an applied plan name, and writes what they are into the rows. */
export async function storeMedia(session: Session, outcome: Outcome): Promise<void> {
  const { database, beside } = outcome;
  const scope: PlanScope = { ...outcome.scope, database };
  if (mediaTablesOf(scope).length === 0) return;
  const { rows } = await database.query(
    `SELECT DISTINCT file_no AS no FROM ${mediaOf(scope)} WHERE file_no IS NOT NULL ORDER BY 1`,
  );
  const store = await storeOf(session.environment);
  await forgetStored(scope);
  await addStored(scope, []);
  for (let start = 0; start < rows.length; start += filesPerStep) {
    const stored: StoredFile[] = [];
    for (const { no } of rows.slice(start, start + filesPerStep)) {
      session.environment.signal.throwIfAborted();
      const file = beside[Number(no)];
      if (file !== undefined) stored.push(await keep(store, Number(no), file));
    }
    await addStored(scope, stored);
    session.environment.progress({
      stage: 'storing',
      done: Math.min(start + filesPerStep, rows.length),
      total: rows.length,
      unit: 'files',
    });
  }
  await database.transaction((transaction) => recordMedia({ ...scope, database: transaction }));
}

/** One file that cannot be read is a finding; a store that cannot be written ends the run. */
async function keep(store: MediaStore, no: number, file: SourceFile): Promise<StoredFile> {
  try {
    return { no, contents: await store.put(file.open()), reason: null };
  } catch (cause) {
    if (cause instanceof AbortedError) throw cause;
    if (cause instanceof MigrationError && !(cause instanceof SourceError)) throw cause;
    return {
      no,
      contents: undefined,
      reason: cause instanceof Error ? cause.message : String(cause),
    };
  }
}

/** The store of the files: the bucket or directory that was named, else one beside the embedded database, or here. */
export async function storeOf({
  media,
  mediaEndpoint,
  database,
}: Pick<Environment, 'media' | 'mediaEndpoint' | 'database'>): Promise<MediaStore> {
  if (media?.startsWith('s3:') === true) {
    const { s3Store } = await import('../media/s3-store.ts');
    return s3Store(media, mediaEndpoint);
  }
  const beside = /^[a-z]+:\/\//i.test(database) ? '.tesoro' : dirname(database);
  return directoryStore(media ?? join(beside, 'media'));
}
