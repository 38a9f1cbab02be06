import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FeedChanges, FeedSettingsInput } from '../../feeds/contract.ts';
import type { FeedDocument, FeedSyncEntry } from '../../run/documents.ts';
import {
  feedApprovalSchema,
  feedChangeSchema,
  newFeedSchema,
  pageQuerySchema,
  type Feed,
  type FeedApproved,
  type FeedChange,
  type FeedHeld,
  type FeedHistory,
  type FeedList,
  type FeedSync,
} from '../api.ts';
import { checked, feedsOf, guestOf, parameter, type Context } from '../context.ts';
import { Refusal } from '../failure.ts';

const idOf = (request: FastifyRequest): string => parameter(request, 'id');

/** Feeds of partners: their settings, syncs, and the withdrawals that wait for a person. */
export function feedRoutes(server: FastifyInstance, context: Context): void {
  const { host, jobs } = context;

  const shown = (request: FastifyRequest, document: FeedDocument): Feed => {
    const { account } = guestOf(request).visitor;
    const job = jobs.of(account, document.feed);
    const failure = job === null ? jobs.failure(account, document.feed) : null;
    return { ...feedOf(document), job, failure };
  };

  server.get('/feeds', async (request): Promise<FeedList> => {
    const { feeds } = await feedsOf(context, request).feedList();
    return { feeds: feeds.map((one) => shown(request, one)) };
  });
  server.post('/feeds', async (request, reply) => {
    const given = checked(newFeedSchema, request.body);
    assertRemote(given.url);
    const { name, provider, url, ...others } = given;
    const settings: FeedSettingsInput = { ...changesOf(others), name, provider, url };
    const feed = await feedsOf(context, request).feedAdd({ settings });
    return reply.code(201).send(shown(request, feed));
  });
  server.get('/feeds/:id', async (request): Promise<Feed> =>
    shown(request, await feedsOf(context, request).feedShow({ feed: idOf(request) })),
  );
  server.patch('/feeds/:id', async (request): Promise<Feed> => {
    const given = checked(feedChangeSchema, request.body);
    const feeds = feedsOf(context, request);
    const { settings } = await feeds.feedShow({ feed: idOf(request) });
    if (given.url !== undefined && given.url !== settings.url) assertRemote(given.url);
    const changes = changesOf(given);
    return shown(request, await feeds.feedEdit({ feed: idOf(request), changes }));
  });
  server.delete('/feeds/:id', async (request, reply) => {
    await feedsOf(context, request).feedRemove({ feed: idOf(request) });
    return reply.code(204).send();
  });
  server.post('/feeds/:id/sync', async (request, reply) => {
    const document = await feedsOf(context, request).feedShow({ feed: idOf(request) });
    const { account, name: by } = guestOf(request).visitor;
    jobs.start({
      account,
      subject: document.feed,
      kind: 'sync',
      by,
      work: (progress, signal) =>
        host
          .feeds({ account, by, progress, signal })
          .feedSync({ feed: document.feed, reason: 'manual' }),
    });
    return reply.code(202).send(shown(request, document));
  });
  server.get('/feeds/:id/history', async (request): Promise<FeedHistory> => {
    const { offset, limit } = checked(pageQuerySchema, request.query);
    const asked = { feed: idOf(request), limit: offset + limit };
    const { syncs, total } = await feedsOf(context, request).feedHistory(asked);
    return { syncs: syncs.slice(offset).map(syncOf), total };
  });
  server.get('/feeds/:id/held', async (request): Promise<FeedHeld> => {
    const { offset, limit } = checked(pageQuerySchema, request.query);
    const asked = { feed: idOf(request), limit: offset + limit };
    const { held, total } = await feedsOf(context, request).feedHeld(asked);
    return {
      held: held
        .slice(offset)
        .map(({ id, reference, sourceId, town, price, reason, guard, since }) => ({
          id,
          reference,
          sourceId,
          town,
          price,
          reason,
          guard,
          since,
        })),
      total,
    };
  });
  server.post('/feeds/:id/approve', async (request): Promise<FeedApproved> => {
    const { references } = checked(feedApprovalSchema, request.body);
    const asked = { feed: idOf(request), references };
    const { withdrawn, held, run } = await feedsOf(context, request).feedApprove(asked);
    return { withdrawn, held, run };
  });
}

/** Files of the server are for who runs it: a page names addresses. */
function assertRemote(url: string): void {
  if (/^https?:\/\//i.test(url)) return;
  throw new Refusal(
    400,
    'invalid',
    'The address of a feed begins with http:// or https://.',
    'Feeds from files of the server are added on its command line.',
  );
}

/** What was given, without what was not; the use case checks it against what feeds can be, types of property included. */
const changesOf = (given: FeedChange): FeedChanges =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

function feedOf(document: FeedDocument): Omit<Feed, 'job' | 'failure'> {
  const { feed, settings, partner, state, lastSync, lastSuccessAt, failures, listings } = document;
  const { price, exclude, schedule, guards } = settings;
  return {
    id: feed,
    settings: {
      name: settings.name,
      provider: settings.provider,
      url: settings.url,
      mode: settings.mode,
      publish: settings.publish,
      removal: settings.removal,
      partner: settings.partner,
      commissionPercent: settings.commissionPercent,
      price: { ...price },
      exclude: {
        types: [...exclude.types],
        locations: [...exclude.locations],
        provinces: [...exclude.provinces],
      },
      schedule: schedule && { ...schedule, hours: schedule.hours && { ...schedule.hours } },
      guards: { all: { ...guards.all }, town: { ...guards.town }, agent: { ...guards.agent } },
      staleAfterHours: settings.staleAfterHours,
    },
    partner,
    state,
    lastSync: lastSync && syncOf(lastSync),
    lastSuccessAt,
    failures,
    listings: { ...listings },
  };
}

function syncOf(entry: FeedSyncEntry): FeedSync {
  const { sync, reason, outcome, startedAt, finishedAt, run, fates, withdrawal, error, hint } =
    entry;
  return {
    id: sync,
    reason,
    outcome,
    startedAt,
    finishedAt,
    run,
    fates: fates && { ...fates },
    withdrawal: withdrawal && {
      onOffer: withdrawal.known,
      absent: withdrawal.absent,
      excluded: withdrawal.excluded,
      withdrawn: withdrawal.withdrawn,
      held: withdrawal.held,
      ignored: withdrawal.ignored,
      guards: withdrawal.guards.map(({ guard, group, count, of }) => ({ guard, group, count, of })),
    },
    error,
    hint,
  };
}
