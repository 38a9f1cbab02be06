import {
  AbortedError,
  BusyError,
  MigrationError,
  TransientTargetError,
} from '../../model/errors.ts';
import { keyOf } from '../../model/draft.ts';
import { partnerEntity } from '../../feeds/terms.ts';
import { tableNo } from '../../plan/scope.ts';
import { dropStaging } from '../../staging/tables.ts';
import { underLock } from '../account-lock.ts';
import type { FeedSyncRequest } from '../contract.ts';
import type { FeedSyncDocument, RunDocument } from '../documents.ts';
import { begin, stageAnd, type FeedOfRun } from '../execution.ts';
import type { PlanOrder } from '../planning.ts';
import type { Session } from '../session.ts';
import { openSource } from '../source-of-run.ts';
import { translate } from '../translation.ts';
import { bodiesOf, bodyName, fetchBody, settingsHash } from './body.ts';
import { systemOf, type Feed } from './store.ts';
import { beginSync, bodiesInUse, endSync, findSync, lastBody, noteBody, noteRun } from './syncs.ts';

const feedLock = (feed: Feed): string => `tesoro-migrate feed ${feed.id}`;

/**
 * `feed sync`: brings the CRM in step with what a feed offers. It can be stopped anywhere: the next sync starts over,
 * and finds what is written already. Throws TransientTargetError while another process syncs the feed.
 */
export async function sync(
  session: Session,
  feed: Feed,
  request: FeedSyncRequest,
): Promise<FeedSyncDocument> {
  const { environment } = session;
  const database = await session.database();
  const done = await database.withLock(feedLock(feed), async () => {
    const id = environment.newId();
    await beginSync(database, feed, { id, reason: request.reason, now: environment.now() });
    try {
      const report = await bringInStep(session, feed, id, request.trust === true);
      await prune(session, feed);
      await endSync(database, id, {
        outcome:
          report === null ? 'unchanged' : feed.settings.mode === 'draft' ? 'previewed' : 'synced',
        now: environment.now(),
        exitCode: report?.exitCode ?? 0,
      });
      return { id, report };
    } catch (cause) {
      await noteFailure(session, id, cause);
      throw cause;
    }
  });
  if (done === undefined) {
    throw new TransientTargetError(`The feed "${feed.settings.name}" is being synced already.`, {
      hint: 'Wait until that has ended; "tesoro-migrate feed history" shows it.',
    });
  }
  const entry = await findSync(database, done.id);
  return {
    ...entry,
    command: 'feed sync',
    feed: feed.id,
    name: feed.settings.name,
    account: feed.account.slug,
    report: done.report,
    exitCode: entry.exitCode ?? 0,
  };
}

/** Reads the body of a feed and does what it asks for; null where it is the one that was read last. */
async function bringInStep(
  session: Session,
  feed: Feed,
  sync: string,
  trust: boolean,
): Promise<RunDocument | null> {
  const { environment } = session;
  const { settings, account } = feed;
  const database = await session.database();
  const hash = settingsHash(environment, feed);
  const fetched = await fetchBody(
    session,
    feed,
    trust ? undefined : await lastBody(database, feed, hash),
  );
  if (fetched.status === 'unchanged') return null;
  const { path, bytes, sha256 } = fetched;
  const name = bodyName(feed);
  await noteBody(database, sync, { name, bytes, sha256, path }, fetched, hash);
  const terms = termsOf(feed, trust);
  const source = { inputs: [path], names: [name], source: settings.provider, ...settings.reading };
  const ready = await openSource({ ...session, ...environment }, source);
  try {
    const how = { ...source, terms: terms.terms };
    const translated = await translate(ready, account.defaults, how, environment);
    return await underLock(database, account, async () => {
      const from = { request: source, account, translated, feed: terms };
      const order = await begin(session, database, 'sync', from);
      await noteRun(database, sync, order.runNo);
      await enterPartner(feed, order);
      const writes = settings.mode === 'active';
      const report = await stageAnd(session, 'sync', order, writes);
      // The plan of a draft is looked at, never applied.
      if (!writes) await dropStaging(database, order.runNo);
      return report;
    });
  } finally {
    await ready.opened.close();
  }
}

const termsOf = (feed: Feed, trusted: boolean): FeedOfRun => {
  const { partner, commissionPercent, publish, price, exclude, removal, guards } = feed.settings;
  return {
    system: systemOf(feed),
    terms: { feed: feed.id, partner, commissionPercent, publish, price, exclude },
    absent: {
      listings: removal,
      limits: guards,
      feed: { id: feed.id, number: feed.number },
      trusted,
    },
  };
};

/** Tells the id map which relation the partner of a feed is, so that its listings find it like any other record. */
async function enterPartner({ settings, account }: Feed, order: PlanOrder): Promise<void> {
  if (settings.partner === null) return;
  await order.database.query(
    `INSERT INTO migration.id_keys (account_id, system_no, table_no, key, part_length, target_id, row_hash, run_no, is_linked)
     VALUES ($1, $2, $3, $4, 0, $5, '00000000-0000-0000-0000-000000000000', $6, true) ON CONFLICT DO NOTHING`,
    [
      account.id,
      order.systemNo,
      tableNo('relations'),
      keyOf(partnerEntity, settings.partner),
      settings.partner,
      order.runNo,
    ],
  );
}

const dayMs = 24 * 60 * 60 * 1000;

/** Removes bodies that are too old, but for the one that the CRM is in step with. */
async function prune(session: Session, feed: Feed): Promise<void> {
  const { environment } = session;
  const before = new Date(environment.now().getTime() - feed.settings.keepBodiesDays * dayMs);
  const inUse = await bodiesInUse(await session.database(), feed);
  await environment.download.prune(bodiesOf(environment, feed), before, inUse);
}

/** Writes down why a sync has failed, as long as the database can be written; one that found its account busy has not. */
async function noteFailure(session: Session, sync: string, cause: unknown): Promise<void> {
  const { environment } = session;
  const stopped =
    cause instanceof AbortedError || cause instanceof BusyError || environment.signal.aborted;
  const known = cause instanceof MigrationError ? cause : undefined;
  await endSync(await session.database(), sync, {
    outcome: stopped ? 'interrupted' : 'failed',
    now: environment.now(),
    exitCode: known?.exitCode ?? (stopped ? 130 : 70),
    error: cause instanceof Error ? cause.message : String(cause),
    hint: known?.hint,
    retriable: stopped || known?.retriable === true,
  }).catch(() => undefined);
}
