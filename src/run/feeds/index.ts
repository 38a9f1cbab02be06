import type { FeedUseCases } from '../contract.ts';
import type { Session } from '../session.ts';
import { approve } from './approve.ts';
import { feedDocument, feedList } from './documents.ts';
import { heldList } from './held.ts';
import { addOf, editOf, removeOf } from './settings.ts';
import { scheduledFeeds } from './schedules.ts';
import { findFeed, type Feed } from './store.ts';
import { sync } from './sync.ts';
import { workFeeds } from './work.ts';
import { listSyncs } from './syncs.ts';
import type { FeedRequest } from '../contract.ts';

/** The use cases about feeds. */
export function feedUseCases(session: Session): FeedUseCases {
  const feedOf = async ({ feed, account }: FeedRequest): Promise<Feed> =>
    findFeed(await session.database(), account ?? session.environment.account.slug, feed);
  const useCases: FeedUseCases = {
    feedAdd: (request) => addOf(session, request.settings),
    feedList: () => feedList(session),
    feedShow: async (request) => feedDocument(session, await feedOf(request)),
    feedEdit: async (request) => editOf(session, await feedOf(request), request.changes),
    feedRemove: async (request) => removeOf(session, await feedOf(request)),
    feedSync: async (request) => sync(session, await feedOf(request), request),
    feedHistory: async (request) => {
      const feed = await feedOf(request);
      const history = await listSyncs(await session.database(), feed, request.limit);
      return { feed: feed.id, name: feed.settings.name, ...history };
    },
    feedHeld: async (request) => heldList(session, await feedOf(request), request.limit),
    feedApprove: async (request) => approve(session, await feedOf(request), request.references),
    feedSchedules: async () => ({ feeds: await scheduledFeeds(await session.database()) }),
    feedWork: (request) => workFeeds(session, useCases, request),
  };
  return useCases;
}
