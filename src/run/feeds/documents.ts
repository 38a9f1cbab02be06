import * as z from 'zod';
import { onOffer } from '../../crm/values.ts';
import { quoteText } from '../../database/sql.ts';
import type { FeedDocument, FeedListDocument, FeedState } from '../documents.ts';
import type { Session } from '../session.ts';
import { listFeeds, systemOf, type Feed } from './store.ts';
import { listSyncs, standingOf } from './syncs.ts';

const countsSchema = z.object({
  onOffer: z.number(),
  withdrawn: z.number(),
  held: z.number(),
  partner: z.string().nullable(),
});

/** A feed and how it stands. */
export async function feedDocument(session: Session, feed: Feed): Promise<FeedDocument> {
  const database = await session.database();
  const { settings, account } = feed;
  const { syncs } = await listSyncs(database, feed, 2);
  const { lastSuccessAt, failures } = await standingOf(database, feed);
  const { rows } = await database.query(
    `SELECT count(*) FILTER (WHERE c.status IN (${onOffer.map(quoteText).join(', ')}))::float8 AS "onOffer",` +
      ` count(*) FILTER (WHERE c.status IN ('removed_by_feed', 'off_market'))::float8 AS withdrawn,` +
      ` (SELECT count(*)::float8 FROM migration.feed_held h WHERE h.account_id = $1 AND h.feed_number = $2) AS held,` +
      ` (SELECT r.name FROM crm.relations r WHERE r.account_id = $1 AND r.id = $4) AS partner` +
      ` FROM crm.properties c WHERE c.account_id = $1 AND c.feed_id = $3 AND NOT c.is_deleted`,
    [account.id, feed.number, feed.id, settings.partner],
  );
  const { partner, ...listings } = countsSchema.parse(rows[0]);
  const lastSync = syncs.find(({ outcome }) => outcome !== 'running') ?? null;
  const hoursAgo =
    lastSuccessAt === null
      ? undefined
      : (session.environment.now().getTime() - Date.parse(lastSuccessAt)) / 3_600_000;
  const state = stateOf({
    isNew: lastSync === null,
    failures,
    held: listings.held,
    isStale: hoursAgo === undefined || hoursAgo > settings.staleAfterHours,
  });
  return {
    feed: feed.id,
    name: settings.name,
    account: account.slug,
    system: systemOf(feed),
    settings,
    partner,
    state,
    createdAt: feed.createdAt,
    updatedAt: feed.updatedAt,
    removedAt: feed.removedAt,
    lastSync,
    lastSuccessAt,
    failures,
    listings,
  };
}

/** The worst first: what is said of a feed is what somebody must look after. */
function stateOf(of: {
  readonly isNew: boolean;
  readonly failures: number;
  readonly held: number;
  readonly isStale: boolean;
}): FeedState {
  if (of.failures > 0) return 'failing';
  if (of.held > 0) return 'held';
  if (of.isNew) return 'new';
  return of.isStale ? 'stale' : 'ok';
}

/** `feed list`. */
export async function feedList(session: Session): Promise<FeedListDocument> {
  const database = await session.database();
  const account = await session.account();
  const feeds: FeedDocument[] = [];
  for (const feed of await listFeeds(database, account.id))
    feeds.push(await feedDocument(session, feed));
  const isWell = feeds.every(({ state }) => state === 'ok' || state === 'new');
  return { feeds, exitCode: isWell ? 0 : 1 };
}
