import * as z from 'zod';
import type { Queryable } from '../../database/contract.ts';
import { scheduleSchema } from '../../feeds/contract.ts';
import { isoText } from '../store.ts';

const scheduledSchema = z.object({
  feed: z.string(),
  name: z.string(),
  account: z.string(),
  schedule: scheduleSchema.nullable(),
  lastSyncAt: z.string().nullable(),
  lastOutcome: z.enum(['unchanged', 'previewed', 'synced', 'failed']).nullable(),
});

/** A feed with its schedule, and its last sync that came to an end. */
export type Scheduled = z.infer<typeof scheduledSchema>;

/** The feeds of all accounts, or the one with an id. A sync whose process was lost does not count as one. */
export async function scheduledFeeds(
  database: Queryable,
  feed?: string,
): Promise<readonly Scheduled[]> {
  const { rows } = await database.query(
    `SELECT f.id::text AS feed, f.name, a.slug AS account, f.settings->'schedule' AS schedule,` +
      ` ${isoText('s.started_at')} AS "lastSyncAt", s.outcome AS "lastOutcome"` +
      ` FROM migration.feeds f JOIN crm.accounts a ON a.id = f.account_id LEFT JOIN LATERAL (SELECT started_at, outcome FROM migration.feed_syncs` +
      ` WHERE account_id = f.account_id AND feed_number = f.number AND outcome NOT IN ('running', 'interrupted') ORDER BY no DESC LIMIT 1) s ON true` +
      ` WHERE f.removed_at IS NULL AND ($1::uuid IS NULL OR f.id = $1) ORDER BY a.slug, lower(f.name)`,
    [feed ?? null],
  );
  return rows.map((row) => scheduledSchema.parse(row));
}
