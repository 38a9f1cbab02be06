import * as z from 'zod';
import type { Queryable } from '../../database/contract.ts';
import type { DownloadResult } from '../../feeds/contract.ts';
import { noFates } from '../../model/fate.ts';
import type { FeedSyncEntry, SyncOutcome, SyncReason } from '../documents.ts';
import { isoText } from '../store.ts';
import { summarySchema } from '../summary.ts';
import type { Feed } from './store.ts';

/** A body of a feed, as the history keeps it. */
const bodySchema = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  path: z.string(),
});
type Body = z.infer<typeof bodySchema>;

const entrySchema = z
  .object({
    sync: z.string(),
    reason: z.enum(['manual', 'schedule']),
    outcome: z.enum(['running', 'interrupted', 'unchanged', 'previewed', 'synced', 'failed']),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    run: z.string().nullable(),
    body: bodySchema.nullable(),
    document: z.unknown(),
    error: z.string().nullable(),
    hint: z.string().nullable(),
    retriable: z.boolean().nullable(),
    exitCode: z.number().nullable(),
  })
  .transform(({ body, document, startedAt, finishedAt, ...entry }): FeedSyncEntry => {
    const summary = summarySchema.safeParse(document).data;
    return {
      ...entry,
      startedAt,
      finishedAt,
      seconds: finishedAt === null ? null : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
      body: body && { name: body.name, bytes: body.bytes, sha256: body.sha256 },
      bodyPath: body?.path ?? null,
      fates: summary === undefined ? null : (summary.entities['properties']?.fates ?? noFates),
      withdrawal: summary?.withdrawal ?? null,
    };
  });

const entryRows =
  `SELECT s.id::text AS sync, s.reason, s.outcome, ${isoText('s.started_at')} AS "startedAt", ${isoText('s.finished_at')} AS "finishedAt",` +
  ` r.id::text AS run, s.body, r.document, s.error, s.hint, s.retriable, s.exit_code AS "exitCode"` +
  ` FROM migration.feed_syncs s LEFT JOIN migration.runs r ON r.no = s.run_no`;

const ofFeed = `s.account_id = $1 AND s.feed_number = $2`;
const keyOf = ({ account, number }: Feed): readonly unknown[] => [account.id, number];

/** Begins a line of the history; whatever still says `running` has lost its process. */
export async function beginSync(
  database: Queryable,
  feed: Feed,
  sync: { readonly id: string; readonly reason: SyncReason; readonly now: Date },
): Promise<void> {
  await database.query(
    `UPDATE migration.feed_syncs s SET outcome = 'interrupted' WHERE ${ofFeed} AND outcome = 'running'`,
    keyOf(feed),
  );
  await database.query(
    `INSERT INTO migration.feed_syncs (account_id, feed_number, id, reason, outcome, started_at) VALUES ($1, $2, $3, $4, 'running', $5)`,
    [...keyOf(feed), sync.id, sync.reason, sync.now.toISOString()],
  );
}

/** Writes what a sync has read, and by which settings. */
export async function noteBody(
  database: Queryable,
  sync: string,
  body: Body,
  { etag, lastModified }: Extract<DownloadResult, { status: 'fetched' }>,
  settingsHash: string,
): Promise<void> {
  await database.query(
    `UPDATE migration.feed_syncs SET body = $2::jsonb, etag = $3, last_modified = $4, settings_hash = $5 WHERE id = $1`,
    [sync, JSON.stringify(body), etag ?? null, lastModified ?? null, settingsHash],
  );
}

/** Writes which run a sync has begun. */
export async function noteRun(database: Queryable, sync: string, runNo: number): Promise<void> {
  await database.query(`UPDATE migration.feed_syncs SET run_no = $2 WHERE id = $1`, [sync, runNo]);
}

/** Writes how a sync ended. */
export async function endSync(
  database: Queryable,
  sync: string,
  end: {
    readonly outcome: SyncOutcome;
    readonly now: Date;
    readonly exitCode: number;
    readonly error?: string | undefined;
    readonly hint?: string | undefined;
    readonly retriable?: boolean | undefined;
  },
): Promise<void> {
  await database.query(
    `UPDATE migration.feed_syncs SET outcome = $2, finished_at = $3, exit_code = $4, error = $5, hint = $6, retriable = $7 WHERE id = $1`,
    [
      sync,
      end.outcome,
      end.now.toISOString(),
      end.exitCode,
      end.error ?? null,
      end.hint ?? null,
      end.retriable ?? null,
    ],
  );
}

/** One line of the history of a feed. */
export async function findSync(database: Queryable, sync: string): Promise<FeedSyncEntry> {
  const { rows } = await database.query(`${entryRows} WHERE s.id = $1`, [sync]);
  return entrySchema.parse(rows[0]);
}

/** The history of a feed, newest first, and how long it is. */
export async function listSyncs(
  database: Queryable,
  feed: Feed,
  limit: number,
): Promise<{ readonly syncs: readonly FeedSyncEntry[]; readonly total: number }> {
  const { rows } = await database.query(
    `${entryRows} WHERE ${ofFeed} ORDER BY s.no DESC LIMIT $3`,
    [...keyOf(feed), limit],
  );
  const { rows: counted } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.feed_syncs s WHERE ${ofFeed}`,
    keyOf(feed),
  );
  return {
    syncs: rows.map((row) => entrySchema.parse(row)),
    total: Number(counted[0]?.['n'] ?? 0),
  };
}

/** When each feed of every account was last begun to be synced, by its id. */
export async function lastBeginnings(database: Queryable): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query(
    `SELECT f.id::text, ${isoText('s.at')} AS at FROM migration.feeds f JOIN LATERAL (SELECT x.started_at AS at FROM migration.feed_syncs x` +
      ` WHERE x.account_id = f.account_id AND x.feed_number = f.number ORDER BY x.no DESC LIMIT 1) s ON true WHERE f.removed_at IS NULL`,
  );
  return new Map(rows.map(({ id, at }) => [String(id), String(at)]));
}

const standingSchema = z.object({
  lastSuccessAt: z.string().nullable(),
  failures: z.number(),
});

/** When a feed was last synced, and how often it has failed since. */
export async function standingOf(
  database: Queryable,
  feed: Feed,
): Promise<z.infer<typeof standingSchema>> {
  const { rows } = await database.query(
    `WITH s AS (SELECT * FROM migration.feed_syncs s WHERE ${ofFeed}), good AS (SELECT * FROM s WHERE outcome IN ('unchanged', 'previewed', 'synced') ORDER BY no DESC LIMIT 1)` +
      ` SELECT (SELECT ${isoText('finished_at')} FROM good) AS "lastSuccessAt",` +
      ` (SELECT count(*)::float8 FROM s WHERE outcome = 'failed' AND no > coalesce((SELECT no FROM good), 0)) AS failures`,
    keyOf(feed),
  );
  return standingSchema.parse(rows[0]);
}

const lastSchema = z.object({
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  body: bodySchema,
});
/** The body that was read last, and what its server said of it. */
export type LastBody = z.infer<typeof lastSchema>;

/**
 * The body that the CRM is in step with: that of the last sync that came to its end, as long as it was not undone
 * and would come to the same by the settings of now.
 */
export async function lastBody(
  database: Queryable,
  feed: Feed,
  settingsHash: string,
): Promise<LastBody | undefined> {
  const { rows } = await database.query(
    `SELECT s.etag, s.last_modified AS "lastModified", s.body, s.settings_hash AS hash, r.status` +
      ` FROM migration.feed_syncs s JOIN migration.runs r ON r.no = s.run_no` +
      ` WHERE ${ofFeed} AND s.body IS NOT NULL AND NOT EXISTS (SELECT 1 FROM migration.runs u WHERE u.account_id = r.account_id` +
      ` AND u.system_no = r.system_no AND u.no > r.no AND u.status IN ('rolling-back', 'rolled-back')) ORDER BY s.no DESC LIMIT 1`,
    keyOf(feed),
  );
  const found = rows[0];
  const holds =
    found?.['hash'] === settingsHash && ['complete', 'planned'].includes(String(found['status']));
  return holds ? lastSchema.parse(found) : undefined;
}

/** The body of a feed that stays, however old: that of the last success. */
export async function bodiesInUse(database: Queryable, feed: Feed): Promise<readonly string[]> {
  const { rows } = await database.query(
    `SELECT s.body->>'path' AS path FROM migration.feed_syncs s WHERE ${ofFeed} AND s.body IS NOT NULL` +
      ` AND outcome IN ('previewed', 'synced') ORDER BY s.no DESC LIMIT 1`,
    keyOf(feed),
  );
  return rows.map(({ path }) => String(path));
}
