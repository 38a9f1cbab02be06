import { quoteText } from '../database/sql.ts';
import type { Contents } from '../media/contents.ts';
import { mediaOf, mediaTablesOf, type MediaTable } from '../media/match.ts';
import { columnHash, imprintAt } from '../plan/imprint.ts';
import { issueInsert, keysOf, tableNo, type PlanScope } from '../plan/scope.ts';
import { copyText } from '../staging/copy-text.ts';
import { stagingTable } from '../staging/tables.ts';
import { keepRows } from './before.ts';

/** A file beside the export that a row names: what the store has of it, or why it has nothing. */
export interface StoredFile {
  /** Its place among the files beside the export. */
  readonly no: number;
  readonly contents: Contents | undefined;
  readonly reason: string | null;
}

const storedOf = (scope: PlanScope): string => `staging.r${String(scope.runNo)}_stored`;

/** Takes in what became of some files. */
export async function addStored(scope: PlanScope, files: readonly StoredFile[]): Promise<void> {
  await scope.database.query(
    `CREATE TABLE IF NOT EXISTS ${storedOf(scope)} (no integer, sha256 text, bytes numeric, media_type text, reason text)`,
  );
  const lines = files.map(({ no, contents, reason }) =>
    [
      String(no),
      copyText(contents?.sha256),
      contents === undefined ? '\\N' : String(contents.bytes),
      copyText(contents?.mediaType),
      copyText(reason),
    ].join('\t'),
  );
  if (lines.length === 0) return;
  await scope.database.copyIn(
    storedOf(scope),
    ['no', 'sha256', 'bytes', 'media_type', 'reason'],
    Buffer.from(`${lines.join('\n')}\n`),
  );
}

/** Forgets what an attempt that was interrupted had stored: all of it is looked at again. */
export async function forgetStored(scope: PlanScope): Promise<void> {
  await scope.database.query(`DROP TABLE IF EXISTS ${storedOf(scope)}`);
}

/**
 * Writes the manifest of the files that rows of the run name (`migration.media`), and what they are into the rows: the
 * checksum, and size and media type where the source says none. To be run inside one transaction.
 */
export async function recordMedia(scope: PlanScope): Promise<void> {
  await scope.database.query(
    `DELETE FROM migration.issues WHERE run_no = $1 AND code IN ('MEDIA_UNREADABLE', 'MEDIA_DIFFERS')`,
    [scope.runNo],
  );
  for (const table of mediaTablesOf(scope)) {
    await recordManifest(scope, table);
    await fillRows(scope, table);
    await noteFiles(scope, table);
  }
}

async function recordManifest(scope: PlanScope, table: MediaTable): Promise<void> {
  await scope.database.query(
    `INSERT INTO migration.media AS o (account_id, table_no, target_id, run_no, name, sha256, size_bytes, media_type, reason)` +
      ` SELECT DISTINCT ON (m.target_id) '${scope.accountId}'::uuid, ${String(tableNo(table))}, m.target_id, ${String(scope.runNo)}, m.wanted,` +
      ` f.sha256, f.bytes, f.media_type, CASE WHEN f.sha256 IS NULL THEN coalesce(f.reason, CASE WHEN m.found > 1 THEN 'several' ELSE 'absent' END) END` +
      ` FROM ${mediaOf(scope)} m LEFT JOIN ${storedOf(scope)} f ON f.no = m.file_no` +
      ` WHERE m.table_name = '${table}' AND (m.needed OR f.sha256 IS NOT NULL) ORDER BY m.target_id, m._ordinal` +
      ` ON CONFLICT (account_id, table_no, target_id) DO UPDATE SET run_no = excluded.run_no, name = excluded.name,` +
      ` sha256 = excluded.sha256, size_bytes = excluded.size_bytes, media_type = excluded.media_type, reason = excluded.reason` +
      // What is stored stays stored, when a later export comes without its files.
      ` WHERE excluded.sha256 IS NOT NULL OR o.sha256 IS NULL`,
  );
}

async function fillRows(scope: PlanScope, table: MediaTable): Promise<void> {
  const size =
    table === 'attachments'
      ? 'f.bytes'
      : 'CASE WHEN f.bytes < 2147483648 THEN f.bytes::integer END';
  const values: Readonly<Record<string, string>> = {
    sha256: 'f.sha256',
    size_bytes: `coalesce(s.size_bytes, ${size})`,
    ...(table === 'attachments' ? { media_type: 'coalesce(s.media_type, f.media_type)' } : {}),
  };
  const columns = Object.entries(values);
  const found =
    `(SELECT DISTINCT ON (m.target_id) m.target_id, m._ordinal, m.file_no FROM ${mediaOf(scope)} m` +
    ` WHERE m.table_name = '${table}' AND m.file_no IS NOT NULL ORDER BY m.target_id, m._ordinal) m` +
    ` JOIN ${storedOf(scope)} f ON f.no = m.file_no AND f.sha256 IS NOT NULL` +
    ` JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = m._ordinal`;
  const differs = columns
    .map(([column, value]) => `c.${column} IS DISTINCT FROM ${value}`)
    .join(' OR ');
  const own = `c.account_id = '${scope.accountId}' AND c.id = m.target_id AND (${differs})`;
  await keepRows(
    scope,
    table,
    `${found} JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = m._ordinal AND p.fate <> 'created' JOIN crm.${table} c ON ${own}`,
  );
  await scope.database.query(
    `UPDATE crm.${table} c SET ${columns.map(([column, value]) => `${column} = ${value}`).join(', ')} FROM ${found} WHERE ${own}`,
  );
  // The tool wrote these columns, so they are no edit of a person.
  const imprints = columns.map(
    ([column]) =>
      `${imprintAt(table, column, 'imprint')} = ${columnHash(table, column, `c.${column}`)}`,
  );
  await scope.database.query(
    `UPDATE migration.id_keys k SET ${imprints.join(', ')} FROM ${found} JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = m.target_id` +
      ` WHERE ${keysOf(scope, table, 'k')} AND k.target_id = c.id AND k.imprint IS NOT NULL`,
  );
}

/** Reports files that could not be read, and files whose size is not what the source says. */
async function noteFiles(scope: PlanScope, table: MediaTable): Promise<void> {
  const rows =
    `FROM ${mediaOf(scope)} m JOIN ${storedOf(scope)} f ON f.no = m.file_no` +
    ` JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = m._ordinal WHERE m.table_name = ${quoteText(table)}`;
  await scope.database.query(
    `${issueInsert(scope, {
      code: `CASE WHEN f.sha256 IS NULL THEN 'MEDIA_UNREADABLE' ELSE 'MEDIA_DIFFERS' END`,
      severity: `'warning'`,
      field: 'NULL',
      value: 'm.wanted',
      args: `jsonb_build_object('table', '${table}', 'reason', coalesce(f.reason, ''), 'bytes', coalesce(f.bytes::text, ''), 'source', coalesce(s.size_bytes::text, ''))`,
    })} ${rows} AND (f.sha256 IS NULL OR f.bytes <> s.size_bytes)`,
  );
}
