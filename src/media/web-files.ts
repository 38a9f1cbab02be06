// What is known of the photos and documents that rows name by an address of the web (migration.web_files).
import * as z from 'zod';
import type { Queryable } from '../database/contract.ts';
import { tableNo } from '../plan/scope.ts';
import { mediaTables, type MediaTable } from './match.ts';

/** The sha256 of an address, as SQL. */
const sumOf = (url: string): string => `sha256(convert_to(${url}, 'UTF8'))`;

const isWanted = (row: string): string => `NOT ${row}.is_deleted AND ${row}.url ~* '^https?://'`;

/**
 * Takes note of which live rows of an account name which address, and forgets addresses that no row names any more. A row
 * whose file came with an export is left out: it has its file. What is new is due at once.
 */
export async function collectWebFiles(
  database: Queryable,
  accountId: string,
  now: Date,
): Promise<void> {
  for (const table of mediaTables) {
    const no = String(tableNo(table));
    const hasFile =
      `EXISTS (SELECT FROM migration.media m WHERE m.account_id = c.account_id AND m.table_no = ${no}` +
      ` AND m.target_id = c.id AND m.sha256 IS NOT NULL)`;
    await database.query(
      `DELETE FROM migration.web_rows r WHERE r.account_id = $1 AND r.table_no = ${no} AND NOT EXISTS` +
        ` (SELECT FROM crm.${table} c WHERE c.account_id = r.account_id AND c.id = r.target_id AND ${isWanted('c')} AND NOT ${hasFile})`,
      [accountId],
    );
    await database.query(
      `INSERT INTO migration.web_rows AS r (account_id, table_no, target_id, url_sum)` +
        ` SELECT c.account_id, ${no}, c.id, ${sumOf('c.url')} FROM crm.${table} c WHERE c.account_id = $1 AND ${isWanted('c')} AND NOT ${hasFile}` +
        ` ON CONFLICT (account_id, table_no, target_id) DO UPDATE SET url_sum = excluded.url_sum WHERE r.url_sum <> excluded.url_sum`,
      [accountId],
    );
    await database.query(
      `INSERT INTO migration.web_files AS f (account_id, url_sum, url, is_image, next_at)` +
        ` SELECT DISTINCT ON (r.url_sum) r.account_id, r.url_sum, c.url, ${String(table === 'property_images')}, $2::timestamptz` +
        ` FROM migration.web_rows r JOIN crm.${table} c ON c.account_id = r.account_id AND c.id = r.target_id` +
        ` WHERE r.account_id = $1 AND r.table_no = ${no}` +
        ` ON CONFLICT (account_id, url_sum) DO NOTHING`,
      [accountId, now.toISOString()],
    );
  }
  await database.query(
    `DELETE FROM migration.web_files f WHERE f.account_id = $1 AND NOT EXISTS` +
      ` (SELECT FROM migration.web_rows r WHERE r.account_id = f.account_id AND r.url_sum = f.url_sum)`,
    [accountId],
  );
}

/** Makes every address of an account due, also those that were given up. */
export async function askAgain(database: Queryable, accountId: string, now: Date): Promise<void> {
  await database.query(
    `UPDATE migration.web_files SET next_at = $2::timestamptz, failures = 0 WHERE account_id = $1`,
    [accountId, now.toISOString()],
  );
}

const text = z.string().nullable();
const dueSchema = z.object({
  sum: z.string(),
  url: z.string(),
  is_image: z.boolean(),
  sha256: text,
  etag: text,
  last_modified: text,
  failures: z.number(),
});

/** A file to ask for, and what is here of it. */
export type DueFile = z.infer<typeof dueSchema>;

/** Whose files: all of an account, or those of the rows that a run created or changed. */
export interface WebScope {
  readonly accountId: string;
  readonly runNo: number | undefined;
}

const ofRun = ({ runNo }: WebScope): string =>
  runNo === undefined
    ? ''
    : ` AND EXISTS (SELECT FROM migration.web_rows r JOIN migration.id_keys k ON k.account_id = r.account_id` +
      ` AND k.table_no = r.table_no AND k.target_id = r.target_id WHERE r.account_id = f.account_id AND r.url_sum = f.url_sum` +
      ` AND ${String(runNo)} IN (k.run_no, k.created_by))`;

/** The files that are due at a time, at most so many. Servers are mixed: the order is that of checksums. */
export async function dueFiles(
  database: Queryable,
  scope: WebScope,
  now: Date,
  limit: number,
): Promise<readonly DueFile[]> {
  const { rows } = await database.query(
    `SELECT encode(f.url_sum, 'hex') AS sum, f.url, f.is_image, f.sha256, f.etag, f.last_modified, f.failures` +
      ` FROM migration.web_files f WHERE f.account_id = $1 AND f.next_at <= $2::timestamptz${ofRun(scope)}` +
      ` ORDER BY f.next_at, f.url_sum LIMIT ${String(limit)}`,
    [scope.accountId, now.toISOString()],
  );
  return rows.map((row) => dueSchema.parse(row));
}

/** How many files are due at a time. */
export async function dueCount(database: Queryable, scope: WebScope, now: Date): Promise<number> {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.web_files f WHERE f.account_id = $1 AND f.next_at <= $2::timestamptz${ofRun(scope)}`,
    [scope.accountId, now.toISOString()],
  );
  return Number(rows[0]?.['n'] ?? 0);
}

/** What came of asking for a file; empty values leave what is known. */
export interface AskedFile {
  readonly sum: string;
  /** `postponed`: it was not asked, for its server fails. */
  readonly outcome: 'stored' | 'unchanged' | 'failed' | 'postponed';
  readonly sha256?: string;
  readonly size_bytes?: number;
  readonly media_type?: string | null;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly etag?: string | undefined;
  readonly last_modified?: string | undefined;
  readonly reason?: string;
  readonly message?: string;
  /** When to ask again by itself; null: never. ISO. */
  readonly next_at: string | null;
}

/** Writes down what came of asking for some files. */
export async function recordAsked(
  database: Queryable,
  accountId: string,
  files: readonly AskedFile[],
  now: Date,
): Promise<void> {
  await database.query(
    `UPDATE migration.web_files f SET` +
      ` sha256 = coalesce(n.sha256, f.sha256), size_bytes = coalesce(n.size_bytes, f.size_bytes),` +
      ` media_type = CASE WHEN n.outcome = 'stored' THEN n.media_type ELSE f.media_type END,` +
      ` width = CASE WHEN n.outcome = 'stored' THEN n.width ELSE f.width END,` +
      ` height = CASE WHEN n.outcome = 'stored' THEN n.height ELSE f.height END,` +
      ` etag = CASE WHEN n.outcome = 'stored' THEN n.etag ELSE coalesce(n.etag, f.etag) END,` +
      ` last_modified = CASE WHEN n.outcome = 'stored' THEN n.last_modified ELSE coalesce(n.last_modified, f.last_modified) END,` +
      ` stored_at = CASE WHEN n.outcome = 'stored' THEN $3::timestamptz ELSE f.stored_at END,` +
      ` checked_at = CASE WHEN n.outcome IN ('stored', 'unchanged') THEN $3::timestamptz ELSE f.checked_at END,` +
      ` failures = CASE n.outcome WHEN 'failed' THEN f.failures + 1 WHEN 'postponed' THEN f.failures ELSE 0 END,` +
      ` reason = n.reason, message = n.message, next_at = n.next_at` +
      ` FROM jsonb_to_recordset($2::jsonb) AS n (sum text, outcome text, sha256 text, size_bytes numeric, media_type text, width integer,` +
      ` height integer, etag text, last_modified text, reason text, message text, next_at timestamptz)` +
      ` WHERE f.account_id = $1 AND f.url_sum = decode(n.sum, 'hex')`,
    [accountId, JSON.stringify(files), now.toISOString()],
  );
}

const summarySchema = z.object({
  total: z.number(),
  stored: z.number(),
  failing: z.number(),
  given_up: z.number(),
  waiting: z.number(),
  bytes: z.string(),
});

/** How many addresses live rows name, and what is stored of them. */
export interface WebSummary {
  readonly total: number;
  readonly stored: number;
  /** Their last answer was none, whether they are stored from before or not. */
  readonly failing: number;
  /** Of the failing ones: not asked again by themselves. */
  readonly givenUp: number;
  /** Never asked yet. */
  readonly waiting: number;
  /** Of what is stored, once each. */
  readonly bytes: string;
}

/** Counts the files of an account. */
export async function summaryOf(database: Queryable, accountId: string): Promise<WebSummary> {
  const { rows } = await database.query(
    `SELECT count(*)::float8 AS total, count(sha256)::float8 AS stored, (count(*) FILTER (WHERE reason IS NOT NULL))::float8 AS failing,` +
      ` (count(*) FILTER (WHERE reason IS NOT NULL AND next_at IS NULL))::float8 AS given_up,` +
      ` (count(*) FILTER (WHERE sha256 IS NULL AND reason IS NULL))::float8 AS waiting,` +
      ` (SELECT coalesce(sum(s.size_bytes), 0)::text FROM (SELECT DISTINCT sha256, size_bytes FROM migration.web_files` +
      ` WHERE account_id = $1 AND sha256 IS NOT NULL) s) AS bytes FROM migration.web_files WHERE account_id = $1`,
    [accountId],
  );
  const { given_up: givenUp, ...counts } = summarySchema.parse(rows[0]);
  return { ...counts, givenUp };
}

const failureSchema = z.object({
  url: z.string(),
  reason: z.string(),
  message: z.string(),
  failures: z.number(),
  stored: z.boolean(),
  next: text,
  table: z.enum(mediaTables),
  id: z.string(),
  rows: z.number(),
});

/** An address whose last answer was none. `table` and `id`: the first of the `rows` rows that name it. */
export type WebFailure = z.infer<typeof failureSchema>;

/** The failing addresses of an account, those with the most failures first. */
export async function failuresOf(
  database: Queryable,
  accountId: string,
  limit: number,
): Promise<readonly WebFailure[]> {
  const tableName = `CASE r.table_no ${mediaTables.map((table: MediaTable) => `WHEN ${String(tableNo(table))} THEN '${table}'`).join(' ')} END`;
  const { rows } = await database.query(
    `SELECT f.url, f.reason, coalesce(f.message, '') AS message, f.failures, f.sha256 IS NOT NULL AS stored, to_json(f.next_at)#>>'{}' AS next,` +
      ` min(${tableName}) AS table, min(r.target_id::text) AS id, count(*)::float8 AS rows` +
      ` FROM migration.web_files f JOIN migration.web_rows r ON r.account_id = f.account_id AND r.url_sum = f.url_sum` +
      ` WHERE f.account_id = $1 AND f.reason IS NOT NULL GROUP BY f.account_id, f.url_sum` +
      ` ORDER BY f.failures DESC, f.url_sum LIMIT ${String(limit)}`,
    [accountId],
  );
  return rows.map((row) => failureSchema.parse(row));
}
