import { resolve } from 'node:path';
import * as z from 'zod';
import {
  feedSettingsSchema,
  type FeedChanges,
  type FeedSettings,
  type FeedSettingsInput,
} from '../../feeds/contract.ts';
import { scheduleProblem } from '../../feeds/schedule.ts';
import { UsageError } from '../../model/errors.ts';
import type { FeedDocument } from '../documents.ts';
import type { Session } from '../session.ts';
import { adapterNamed } from '../source.ts';
import { feedDocument } from './documents.ts';
import { addFeed, changeFeed, findFeed, markRemoved, type Feed } from './store.ts';

/** `feed add`. */
export async function addOf(session: Session, given: FeedSettingsInput): Promise<FeedDocument> {
  const { environment } = session;
  const database = await session.database();
  const account = await session.account();
  const settings = await checked(session, account.id, given);
  const id = environment.newId();
  await addFeed(database, account.id, { id, settings, now: environment.now() });
  return feedDocument(session, await findFeed(database, account.slug, id));
}

/** `feed edit`. */
export async function editOf(
  session: Session,
  feed: Feed,
  changes: FeedChanges,
): Promise<FeedDocument> {
  const database = await session.database();
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  const settings = await checked(session, feed.account.id, { ...feed.settings, ...given });
  if (settings.provider !== feed.settings.provider) {
    throw new UsageError('The provider of a feed cannot be changed.', {
      hint: 'Add another feed: its listings are found by their references.',
    });
  }
  await changeFeed(database, feed, settings, session.environment.now());
  return feedDocument(session, await findFeed(database, feed.account.slug, feed.id));
}

/** `feed remove`. */
export async function removeOf(session: Session, feed: Feed): Promise<FeedDocument> {
  const database = await session.database();
  const now = session.environment.now();
  const document = await feedDocument(session, feed);
  await markRemoved(database, feed, now);
  return { ...document, removedAt: now.toISOString() };
}

/** Settings that can be. Throws UsageError that says what cannot. */
async function checked(
  session: Session,
  accountId: string,
  given: FeedSettingsInput,
): Promise<FeedSettings> {
  const parsed = feedSettingsSchema.safeParse(given);
  if (!parsed.success) {
    throw new UsageError(
      `The settings of the feed cannot be used: ${z.prettifyError(parsed.error)}`,
      {
        hint: 'Nothing was saved.',
      },
    );
  }
  const settings = { ...parsed.data, url: lastingUrl(parsed.data.url) };
  adapterNamed(session.adapters, settings.provider);
  assertKeepsSecrets(settings);
  const problem =
    settings.schedule && scheduleProblem(settings.schedule, session.environment.now());
  if (problem) throw new UsageError(`The schedule of the feed cannot be kept: ${problem}.`);
  const { min, max } = settings.price;
  if (min !== null && max !== null && Number(min) > Number(max))
    throw new UsageError(`The lowest price, ${min}, is above the highest, ${max}.`);
  if (settings.partner !== null) {
    const database = await session.database();
    const { rows } = await database.query(
      `SELECT 1 FROM crm.relations WHERE account_id = $1 AND id = $2 AND NOT is_deleted`,
      [accountId, settings.partner],
    );
    if (rows.length === 0)
      throw new UsageError(`There is no relation ${settings.partner} in this account.`);
  }
  return settings;
}

/** A path means the same file from wherever the tool is run. */
const lastingUrl = (url: string): string =>
  /^https?:\/\//i.test(url) || url.startsWith('${') ? url : resolve(url);

const secretHeader = /^(authorization|proxy-authorization|cookie|x-api-key|x-auth-token)$/i;

/** Secrets stay in the environment. */
function assertKeepsSecrets({ headers }: FeedSettings): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!secretHeader.test(name) || /\$\{\w+\}/.test(value)) continue;
    throw new UsageError(`The header ${name} holds a secret, which is not kept in the database.`, {
      hint: `Put it into a variable of the environment and name that: ${name}: \${PARTNER_TOKEN}`,
    });
  }
}
