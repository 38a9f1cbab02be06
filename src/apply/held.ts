import { guardTable } from '../plan/guards.ts';
import type { PlanScope } from '../plan/scope.ts';

/** Writes down which withdrawals of a feed wait for a person by now; those that waited already keep their time. */
export async function recordHeld(scope: PlanScope, now: string): Promise<void> {
  const feed = scope.absent?.feed;
  if (feed === undefined) return;
  const own = `account_id = '${scope.accountId}' AND feed_number = ${String(feed.number)}`;
  await scope.database.query(
    `DELETE FROM migration.feed_held WHERE ${own} AND target_id NOT IN (SELECT target_id FROM ${guardTable(scope)} WHERE guard IS NOT NULL)`,
  );
  await scope.database.query(
    `INSERT INTO migration.feed_held AS h (account_id, feed_number, target_id, key, reason, guard, since, run_no)` +
      ` SELECT DISTINCT ON (target_id) '${scope.accountId}'::uuid, ${String(feed.number)}, target_id, key, reason, guard, ${now}, ${String(scope.runNo)}` +
      ` FROM ${guardTable(scope)} WHERE guard IS NOT NULL ORDER BY target_id, key` +
      ` ON CONFLICT (account_id, feed_number, target_id) DO UPDATE SET key = excluded.key, reason = excluded.reason, guard = excluded.guard, run_no = excluded.run_no`,
  );
}
