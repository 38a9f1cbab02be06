import * as z from 'zod';
import type { Queryable } from '../../database/contract.ts';
import { feedSettingsSchema, type FeedSettings } from '../../feeds/contract.ts';
import { NotFoundError, UsageError } from '../../model/errors.ts';
import { isoText, type Account } from '../store.ts';

/** A feed as the database keeps it. */
export interface Feed {
  readonly id: string;
  /** In its account; no other feed of the account ever has it. */
  readonly number: number;
  readonly account: Account;
  readonly settings: FeedSettings;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly removedAt: string | null;
}

/** The name of a feed in the id map: the same for the first feed of every account, for system names are few. */
export const systemOf = ({ settings, number }: Pick<Feed, 'settings' | 'number'>): string =>
  `${settings.provider} feed ${String(number)}`;

const feedSchema = z
  .object({
    id: z.string(),
    number: z.number(),
    accountId: z.string(),
    slug: z.string(),
    country: z.string(),
    language: z.string(),
    currency: z.string(),
    timezone: z.string(),
    settings: feedSettingsSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
    removedAt: z.string().nullable(),
  })
  .transform(({ accountId, slug, country, language, currency, timezone, ...feed }): Feed => ({
    ...feed,
    account: { id: accountId, slug, defaults: { country, language, currency, timezone } },
  }));

const feedRows =
  `SELECT f.id::text, f.number, a.id::text AS "accountId", a.slug, a.country, a.language, a.currency, a.timezone, f.settings,` +
  ` ${isoText('f.created_at')} AS "createdAt", ${isoText('f.updated_at')} AS "updatedAt", ${isoText('f.removed_at')} AS "removedAt"` +
  ` FROM migration.feeds f JOIN crm.accounts a ON a.id = f.account_id`;

/** Adds a feed. Throws UsageError for a name that another feed of the account has. */
export async function addFeed(
  database: Queryable,
  accountId: string,
  feed: { readonly id: string; readonly settings: FeedSettings; readonly now: Date },
): Promise<void> {
  await assertFree(database, accountId, feed.settings.name, feed.id);
  await database.query(
    `INSERT INTO migration.feeds (account_id, id, number, name, settings, created_at, updated_at)
     SELECT $1::uuid, $2::uuid, coalesce(max(number), 0) + 1, $3::text, $4::jsonb, $5::timestamptz, $5::timestamptz FROM migration.feeds WHERE account_id = $1`,
    [accountId, feed.id, feed.settings.name, JSON.stringify(feed.settings), feed.now.toISOString()],
  );
}

/** Changes the settings of a feed. Throws UsageError for a name that another feed of the account has. */
export async function changeFeed(
  database: Queryable,
  feed: Feed,
  settings: FeedSettings,
  now: Date,
): Promise<void> {
  await assertFree(database, feed.account.id, settings.name, feed.id);
  await database.query(
    `UPDATE migration.feeds SET name = $2, settings = $3::jsonb, updated_at = $4 WHERE id = $1`,
    [feed.id, settings.name, JSON.stringify(settings), now.toISOString()],
  );
}

/** Marks a feed as removed: its number, its history and its listings stay. */
export async function markRemoved(database: Queryable, feed: Feed, now: Date): Promise<void> {
  await database.query(`UPDATE migration.feeds SET removed_at = $2 WHERE id = $1`, [
    feed.id,
    now.toISOString(),
  ]);
  await database.query(
    `DELETE FROM migration.feed_held WHERE account_id = $1 AND feed_number = $2`,
    [feed.account.id, feed.number],
  );
}

async function assertFree(
  database: Queryable,
  accountId: string,
  name: string,
  id: string,
): Promise<void> {
  const { rows } = await database.query(
    `SELECT 1 FROM migration.feeds WHERE account_id = $1 AND lower(name) = lower($2) AND removed_at IS NULL AND id <> $3`,
    [accountId, name, id],
  );
  if (rows.length > 0) throw new UsageError(`There is a feed "${name}" already.`);
}

/** A feed of an account, by its name or its id. Throws NotFoundError for one that is not there or was removed. */
export async function findFeed(
  database: Queryable,
  account: string,
  nameOrId: string,
): Promise<Feed> {
  const { rows } = await database.query(
    `${feedRows} WHERE f.removed_at IS NULL AND a.slug = $1 AND (lower(f.name) = lower($2) OR f.id::text = lower($2))` +
      ` ORDER BY f.id::text = lower($2) LIMIT 1`,
    [account, nameOrId],
  );
  if (rows[0] === undefined) {
    throw new NotFoundError(`There is no feed "${nameOrId}" in the account "${account}".`, {
      hint: 'See "tesoro-migrate feed list", and check --account and --db.',
    });
  }
  return feedSchema.parse(rows[0]);
}

/** The feeds of an account, or of all, by name. */
export async function listFeeds(
  database: Queryable,
  accountId: string | undefined,
): Promise<readonly Feed[]> {
  const { rows } = await database.query(
    `${feedRows} WHERE f.removed_at IS NULL AND ($1::uuid IS NULL OR f.account_id = $1) ORDER BY a.slug, lower(f.name)`,
    [accountId ?? null],
  );
  return rows.map((row) => feedSchema.parse(row));
}
