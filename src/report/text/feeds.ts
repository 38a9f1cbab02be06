import type { FeedSettings } from '../../feeds/contract.ts';
import type {
  FeedApproveDocument,
  FeedDocument,
  FeedHeldDocument,
  FeedHistoryDocument,
  FeedListDocument,
  FeedState,
  FeedSyncDocument,
  FeedSyncEntry,
} from '../../run/documents.ts';
import { count, excerpt, number } from '../figures.ts';
import {
  cell,
  nextSteps,
  page,
  paletteOf,
  table,
  type Palette,
  type TextOptions,
} from './layout.ts';
import { renderRunText } from './run.ts';
import { limitText } from './withdrawal.ts';

const stateColour = (palette: Palette): Readonly<Record<FeedState, (text: string) => string>> => ({
  failing: palette.red,
  held: palette.yellow,
  stale: palette.yellow,
  new: palette.cyan,
  ok: palette.green,
});

const time = (at: string | null): string => (at === null ? '–' : at.slice(0, 16).replace('T', ' '));

/** What `feed list` shows: a line for each feed, and what is wrong with it. */
export function renderFeedListText({ feeds }: FeedListDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  if (feeds.length === 0)
    return 'No feeds yet. Add one with: tesoro-migrate feed add NAME --url https://…\n';
  const colour = stateColour(palette);
  const failing = feeds.filter(({ state, lastSync }) => state === 'failing' && lastSync?.error);
  return page(
    table(
      [
        { title: 'feed' },
        { title: 'state' },
        { title: 'mode' },
        { title: 'provider' },
        { title: 'last success (UTC)' },
        { title: 'on offer', align: 'right' },
        { title: 'withdrawn', align: 'right' },
        { title: 'held', align: 'right' },
      ],
      feeds.map(({ name, state, settings, lastSuccessAt, listings }) => [
        excerpt(name, 30),
        cell(state, colour[state]),
        settings.mode,
        settings.provider,
        time(lastSuccessAt),
        number(listings.onOffer),
        number(listings.withdrawn),
        number(listings.held),
      ]),
      palette,
    ),
    failing.map(
      ({ name, failures, lastSync }) =>
        `  ${excerpt(name, 30)}: failed ${count(failures, 'time')} in a row: ${lastSync?.error ?? ''}`,
    ),
    nextSteps(
      feeds.some(({ state }) => state === 'held')
        ? [{ to: 'see what is held', run: 'feed held NAME' }]
        : [],
      palette,
    ),
  );
}

/** What `feed add`, `feed show`, `feed edit` and `feed remove` show. */
export function renderFeedText(feed: FeedDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  const { settings, listings, lastSync } = feed;
  const lines: readonly (readonly [string, string])[] = [
    ['id', feed.feed],
    ['state', feed.removedAt === null ? feed.state : 'removed'],
    ['provider', `${settings.provider} (${feed.system} in the id map)`],
    ['address', settings.url],
    ...Object.entries(settings.headers).map(
      ([name, value]) => ['header', `${name}: ${value}`] as const,
    ),
    ['mode', settings.mode === 'draft' ? 'draft: previews, writes nothing' : 'active'],
    ['partner', feed.partner ?? 'as the feed says'],
    ['commission', settings.commissionPercent === null ? '–' : `${settings.commissionPercent} %`],
    ['on the website', settings.publish ? 'yes' : 'no'],
    ['what is gone', settings.removal],
    ['left out', filtersOf(settings)],
    ['schedule', scheduleOf(settings)],
    ['guards', guardsOf(settings)],
    [
      'listings',
      `${number(listings.onOffer)} on offer, ${number(listings.withdrawn)} withdrawn, ${number(listings.held)} held`,
    ],
    ['last success', time(feed.lastSuccessAt)],
    ['last sync', lastSync === null ? '–' : outcomeOf(lastSync)],
  ];
  const longest = Math.max(...lines.map(([title]) => title.length));
  return page(
    [palette.bold(feed.name)],
    lines.map(([title, text]) => `  ${palette.dim(title.padEnd(longest))}  ${text}`),
    feed.removedAt === null
      ? nextSteps([{ to: 'sync', run: `feed sync ${quotedName(feed.name)}` }], palette)
      : ['  Its listings stay as they are.'],
  );
}

const quotedName = (name: string): string => (/^[\w-]+$/.test(name) ? name : `"${name}"`);

function filtersOf({ price, exclude }: FeedSettings): string {
  const parts = [
    price.min === null ? '' : `below ${price.min}`,
    price.max === null ? '' : `above ${price.max}`,
    ...exclude.types,
    ...exclude.locations,
    ...exclude.provinces,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

function scheduleOf({ schedule }: FeedSettings): string {
  if (schedule === null) return 'by hand';
  const { cron, timezone, hours } = schedule;
  return `${cron} (${timezone})${hours === null ? '' : `, ${hours.from}–${hours.to} alone`}`;
}

function guardsOf({ guards }: FeedSettings): string {
  const limits = Object.entries(guards).map(([name, limit]) => `${name}: ${limitText(limit)}`);
  return limits.join('; ');
}

function outcomeOf({ outcome, error, startedAt }: FeedSyncEntry): string {
  return `${time(startedAt)}: ${outcome}${error === null ? '' : ` – ${error}`}`;
}

/** What `feed sync` shows. */
export function renderFeedSyncText(sync: FeedSyncDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  if (sync.report === null)
    return `${palette.green('✓')} ${sync.name}: unchanged since the last sync; nothing was written.\n`;
  const { withdrawal, report, name } = sync;
  const held = withdrawal?.held ?? 0;
  if (options.brief === true) return renderRunText(report, options);
  return page(
    [renderRunText(report, options).trimEnd()],
    nextSteps(
      held > 0 && sync.outcome === 'synced'
        ? [
            { to: 'see what is held', run: `feed held ${quotedName(name)}` },
            { to: 'let it go', run: `feed approve ${quotedName(name)}` },
          ]
        : [],
      palette,
    ),
  );
}

/** What `feed history` shows, newest first. */
export function renderFeedHistoryText(
  { name, syncs, total }: FeedHistoryDocument,
  options: TextOptions,
): string {
  const palette = paletteOf(options);
  if (syncs.length === 0) return `${name} was never synced.\n`;
  const rest = total - syncs.length;
  const n = (value: number | undefined) => (value === undefined ? '–' : number(value));
  return page(
    table(
      [
        { title: 'started (UTC)' },
        { title: 'outcome' },
        { title: 'seconds', align: 'right' },
        { title: 'created', align: 'right' },
        { title: 'updated', align: 'right' },
        { title: 'unchanged', align: 'right' },
        { title: 'withdrawn', align: 'right' },
        { title: 'held', align: 'right' },
        { title: 'run' },
      ],
      syncs.map(({ startedAt, outcome, seconds, fates, withdrawal, run }) => [
        time(startedAt),
        outcome === 'failed' ? cell(outcome, palette.red) : outcome,
        seconds === null ? '–' : seconds.toFixed(1),
        n(fates?.created),
        n(fates?.updated),
        n(fates?.unchanged),
        n(withdrawal?.withdrawn),
        n(withdrawal?.held),
        run ?? '–',
      ]),
      palette,
    ),
    syncs
      .filter(({ error }) => error !== null)
      .slice(0, 5)
      .map(({ startedAt, error }) => `  ${time(startedAt)}  ${error ?? ''}`),
    rest > 0 ? [`  and ${number(rest)} older: --limit ${String(total)} shows all`] : [],
  );
}

/** What `feed held` shows. */
export function renderFeedHeldText(
  { name, held, total }: FeedHeldDocument,
  options: TextOptions,
): string {
  const palette = paletteOf(options);
  if (total === 0) return `${palette.green('✓')} ${name}: nothing is held.\n`;
  const rest = total - held.length;
  return page(
    [`${count(total, 'withdrawal')} of ${name} ${total === 1 ? 'waits' : 'wait'} for a person.`],
    table(
      [
        { title: 'reference' },
        { title: 'town' },
        { title: 'price', align: 'right' },
        { title: 'why' },
        { title: 'guard' },
        { title: 'since (UTC)' },
      ],
      held.map(({ reference, sourceId, town, price, reason, guard, since }) => [
        excerpt(reference ?? sourceId, 24),
        excerpt(town ?? '–', 24),
        price ?? '–',
        reason,
        guard,
        time(since),
      ]),
      palette,
    ),
    rest > 0 ? [`  and ${number(rest)} more: --limit ${String(total)} shows all`] : [],
    nextSteps(
      [
        { to: 'withdraw all', run: `feed approve ${quotedName(name)}` },
        { to: 'withdraw some', run: `feed approve ${quotedName(name)} REFERENCE…` },
      ],
      palette,
    ),
  );
}

/** What `feed approve` shows. */
export function renderFeedApproveText(
  { name, withdrawn, held, run }: FeedApproveDocument,
  options: TextOptions,
): string {
  const palette = paletteOf(options);
  return page(
    [
      `${palette.green('✓')} ${name}: ${count(withdrawn, 'listing')} withdrawn${held === 0 ? '' : `, ${number(held)} still held`}.`,
    ],
    run === null ? [] : nextSteps([{ to: 'undo', run: `rollback ${run}` }], palette),
  );
}
