import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { DownloadResult, FeedSettings } from '../../feeds/contract.ts';
import { takeFile } from '../../feeds/local-file.ts';
import { UsageError } from '../../model/errors.ts';
import type { Environment } from '../contract.ts';
import type { Session } from '../session.ts';
import type { Feed } from './store.ts';
import type { LastBody } from './syncs.ts';

/** What decides, beside the body, what comes of a sync: by another value a body that is unchanged is read again. */
export function settingsHash(environment: Environment, { settings }: Feed): string {
  const { provider, url, reading, partner, commissionPercent, mode, publish } = settings;
  const { removal, price, exclude, guards } = settings;
  const deciding = [provider, url, reading, partner, commissionPercent, mode, publish];
  return createHash('sha256')
    .update(JSON.stringify([environment.version, deciding, removal, price, exclude, guards]))
    .digest('hex');
}

/** Where the bodies of a feed are kept: below the directory that was named, else beside the embedded database, or here. */
export function bodiesOf({ feedBodies, database }: Environment, feed: Feed): string {
  const beside = /^[a-z]+:\/\//i.test(database) ? '.tesoro' : dirname(database);
  return join(feedBodies ?? join(beside, 'feeds'), feed.id);
}

const isAddress = (url: string): boolean => /^https?:\/\//i.test(url);

/** Downloads the body of a feed, or takes it from a file of this machine. */
export function fetchBody(
  { environment }: Session,
  feed: Feed,
  last: LastBody | undefined,
): Promise<DownloadResult> {
  const { settings } = feed;
  const url = filled(environment, settings.url);
  const request = {
    url,
    headers: headersOf(environment, settings),
    etag: last?.etag ?? undefined,
    lastModified: last?.lastModified ?? undefined,
    previousSha256: last?.body.sha256,
    directory: bodiesOf(environment, feed),
  };
  return isAddress(url)
    ? environment.download.fetch(request, environment.signal)
    : takeFile(request, environment.now(), environment.signal);
}

/** What a body is called in reports: by the last part of its address, without what may be a secret. */
export function bodyName({ settings: { url, name } }: Feed): string {
  const path = isAddress(url) ? url.replace(/[?#].*$/, '').replace(/^https?:\/\/[^/]*/i, '') : url;
  const last = basename(path);
  return last === '' || last.includes('${') ? name : last;
}

function headersOf(
  environment: Environment,
  { headers, basicAuth }: FeedSettings,
): Record<string, string> {
  const given = Object.entries(headers).map(([name, value]) => [name, filled(environment, value)]);
  if (basicAuth === null) return Object.fromEntries(given) as Record<string, string>;
  const { user, password } = basicAuth;
  const pair = `${variableOf(environment, user)}:${variableOf(environment, password)}`;
  return Object.fromEntries([
    ...given,
    ['Authorization', `Basic ${Buffer.from(pair).toString('base64')}`],
  ]) as Record<string, string>;
}

/** A text with the variables of the environment that it names. */
const filled = (environment: Environment, text: string): string =>
  text.replace(/\$\{(\w+)\}/g, (_, name: string) => variableOf(environment, name));

function variableOf(environment: Environment, name: string): string {
  const value = environment.variable?.(name);
  if (value !== undefined && value !== '') return value;
  throw new UsageError(
    `The feed needs the variable ${name} of the environment, which is not set.`,
    {
      hint: 'Set it where the tool runs; its value is kept nowhere else.',
    },
  );
}
