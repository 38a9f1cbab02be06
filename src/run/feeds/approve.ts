import { applyRetired } from '../../apply/retire.ts';
import { quoteText } from '../../database/sql.ts';
import { UsageError } from '../../model/errors.ts';
import { noFates } from '../../model/fate.ts';
import type { PlanScope } from '../../plan/scope.ts';
import { dropStaging, stagingTable } from '../../staging/tables.ts';
import { underLock } from '../account-lock.ts';
import type { FeedApproveDocument } from '../documents.ts';
import type { Session } from '../session.ts';
import { beginApplying, beginRun, endRun, ensureSystem } from '../store.ts';
import type { RunSummary } from '../summary.ts';
import { systemOf, type Feed } from './store.ts';

/**
 * `feed approve`: withdraws listings whose withdrawal was held, all or those of some references, in a run of its own.
 * Throws UsageError for a reference that is not held.
 */
export async function approve(
  session: Session,
  feed: Feed,
  references: readonly string[] | undefined,
): Promise<FeedApproveDocument> {
  const { environment } = session;
  const database = await session.database();
  const { account, settings } = feed;
  if (settings.removal === 'ignore') {
    throw new UsageError(
      `The feed "${settings.name}" withdraws nothing, so there is nothing to approve.`,
    );
  }
  const mark = settings.removal;
  return underLock(database, account, async () => {
    const held = await heldOf(session, feed, references);
    const left = held.total - held.chosen.length;
    const named = { feed: feed.id, name: settings.name };
    if (held.chosen.length === 0) return { ...named, withdrawn: 0, held: left, run: null };
    const startedAt = environment.now();
    const id = environment.newId();
    const systemNo = await ensureSystem(database, systemOf(feed));
    const runNo = await beginRun(database, {
      id,
      accountId: account.id,
      command: 'sync',
      systemNo,
      adapter: settings.provider,
      inputs: [],
      options: { paths: [] },
      tool: environment.version,
    by: environment.user,
      mappingHash: '',
      startedAt,
    });
    const now = await beginApplying(database, runNo, startedAt);
    const withdrawn = await database.transaction(async (transaction) => {
      const scope: PlanScope = {
        database: transaction,
        runNo,
        accountId: account.id,
        systemNo,
        tables: ['properties'],
        policies: {},
        files: [],
        now: now.getTime(),
        absent: {
          listings: mark,
          roots: {},
          limits: settings.guards,
          feed: { id: feed.id, number: feed.number },
          trusted: true,
        },
      };
      const ids = held.chosen.map(quoteText).join(', ');
      await transaction.query(
        `CREATE TABLE ${stagingTable(runNo, 'properties', '_retired')} AS SELECT k.key, k.target_id FROM migration.id_keys k` +
          ` JOIN crm.properties c ON c.account_id = k.account_id AND c.id = k.target_id AND c.feed_id = '${feed.id}'` +
          ` WHERE k.account_id = '${account.id}' AND k.system_no = ${String(systemNo)} AND k.target_id IN (${ids})`,
      );
      const count = await applyRetired(
        scope,
        'properties',
        `${quoteText(now.toISOString())}::timestamptz`,
      );
      await transaction.query(
        `DELETE FROM migration.feed_held WHERE account_id = $1 AND feed_number = $2 AND target_id = ANY ($3::uuid[])`,
        [account.id, feed.number, held.chosen],
      );
      return count;
    });
    await dropStaging(database, runNo);
    const finishedAt = environment.now();
    const known = held.chosen.length;
    const summary: RunSummary = {
      tool: environment.version,
      records: {},
      entities: {
        properties: { read: 0, active: 0, deleted: 0, fates: { ...noFates, retired: withdrawn } },
      },
      waiting: { records: {}, entities: {} },
      changes: [],
      changedColumns: [],
      coverage: [],
      withdrawal: { known, absent: known, excluded: 0, withdrawn, held: 0, ignored: 0, guards: [] },
      seconds: (finishedAt.getTime() - startedAt.getTime()) / 1000,
      exitCode: 0,
    };
    await endRun(database, runNo, {
      status: 'complete',
      finishedAt,
      balanced: true,
      exitCode: 0,
      recordsRead: 0,
      document: summary,
    });
    return { ...named, withdrawn, held: left, run: id };
  });
}

/** The listings that are held and chosen, by id, and how many are held. */
async function heldOf(
  session: Session,
  { account, number, settings }: Feed,
  references: readonly string[] | undefined,
): Promise<{ readonly chosen: readonly string[]; readonly total: number }> {
  const database = await session.database();
  const { rows } = await database.query(
    `SELECT h.target_id::text AS id, c.reference FROM migration.feed_held h` +
      ` JOIN crm.properties c ON c.account_id = h.account_id AND c.id = h.target_id WHERE h.account_id = $1 AND h.feed_number = $2`,
    [account.id, number],
  );
  if (references === undefined)
    return { chosen: rows.map(({ id }) => String(id)), total: rows.length };
  const byReference = new Map(rows.map(({ id, reference }) => [reference, String(id)]));
  const chosen = references.map((reference) => {
    const id = byReference.get(reference);
    if (id !== undefined) return id;
    throw new UsageError(`No withdrawal of ${reference} is held by the feed "${settings.name}".`, {
      hint: 'See "tesoro-migrate feed held".',
    });
  });
  return { chosen, total: rows.length };
}
