import * as z from 'zod';
import { guardNames } from '../../plan/guards.ts';
import type { FeedHeldDocument } from '../documents.ts';
import type { Session } from '../session.ts';
import { isoText } from '../store.ts';
import type { Feed } from './store.ts';

const heldSchema = z.object({
  id: z.string(),
  reference: z.string().nullable(),
  sourceId: z.string(),
  town: z.string().nullable(),
  price: z.string().nullable(),
  reason: z.enum(['absent', 'excluded']),
  guard: z.enum(guardNames),
  since: z.string(),
  run: z.string(),
});

/** `feed held`: the withdrawals of a feed that wait for a person. */
export async function heldList(
  session: Session,
  feed: Feed,
  limit: number,
): Promise<FeedHeldDocument> {
  const database = await session.database();
  const { rows } = await database.query(
    `SELECT c.id::text, c.reference, substr(h.key, length(split_part(h.key, ':', 1)) + 2) AS "sourceId", c.town, c.price::text, h.reason, h.guard,` +
      ` ${isoText('h.since')} AS since, r.id::text AS run FROM migration.feed_held h JOIN migration.runs r ON r.no = h.run_no` +
      ` JOIN crm.properties c ON c.account_id = h.account_id AND c.id = h.target_id` +
      ` WHERE h.account_id = $1 AND h.feed_number = $2 ORDER BY c.town, c.reference LIMIT $3`,
    [feed.account.id, feed.number, limit],
  );
  const { rows: counted } = await database.query(
    `SELECT count(*)::float8 AS n FROM migration.feed_held WHERE account_id = $1 AND feed_number = $2`,
    [feed.account.id, feed.number],
  );
  const total = Number(counted[0]?.['n'] ?? 0);
  return {
    feed: feed.id,
    name: feed.settings.name,
    held: rows.map((row) => heldSchema.parse(row)),
    total,
    exitCode: total > 0 ? 1 : 0,
  };
}
