import { STATUS_CODES } from 'node:http';
import type { Agent, Dispatcher } from 'undici';
import type { Downloaded, DownloadRequest, NotModified, Validators } from './contract.ts';
import { saveBody } from './body.ts';
import { DownloadError, networkFailure } from './failure.ts';
import { retryAfterMs } from './retry-after.ts';
import { shownUrl } from './shown-url.ts';
import { acceptedEncodings } from './unpacking.ts';

type Answer = Omit<Downloaded, 'attempts'> | Omit<NotModified, 'attempts'>;
type Headers = Readonly<Record<string, string>>;

/** Asks once, follows redirects, and saves what comes. `signal` ends it at any moment. */
export async function attempt(
  agent: Agent,
  request: DownloadRequest,
  signal: AbortSignal,
  now: Date,
): Promise<Answer> {
  const { url: first, headers: own } = secretsApart(request);
  const seen = new Set<string>();
  for (let url = first; ;) {
    const shown = shownUrl(url.href);
    if (seen.has(url.href)) throw redirectFailure(shown, 'the server redirects in a circle.');
    if (seen.size > request.limits.maxRedirects)
      throw redirectFailure(
        shown,
        `the server redirects more than ${String(request.limits.maxRedirects)} times.`,
      );
    seen.add(url.href);
    const headers = {
      accept: '*/*',
      'user-agent': 'tesoro-migrate',
      ...(url.origin === first.origin ? own : {}),
      ...conditional(request.known),
      'accept-encoding': acceptedEncodings,
    };
    const answer = await ask(agent, url, { headers, signal, shown, limits: request.limits });
    const location = headerOf(answer, 'location');
    if (isRedirect(answer.statusCode) && location !== undefined) {
      await leave(answer);
      url = redirected(url, location, shown);
      continue;
    }
    return await taken(answer, request, shown, now);
  }
}

/** The URL without user and password, and the headers that are sent to its server alone. */
function secretsApart({ url, headers = {} }: DownloadRequest): { url: URL; headers: Headers } {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new DownloadError('address', `${shownUrl(url)} is no address of the web.`, {
      hint: 'It begins with https:// or http://.',
    });
  const bare = new URL(url);
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (bare.username !== '' || bare.password !== '') {
    const pair = `${decoded(bare.username)}:${decoded(bare.password)}`;
    own['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return { url: withoutSecrets(bare), headers: own };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}

function withoutSecrets(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return bare;
}

const conditional = ({ etag, lastModified }: Validators = {}): Headers => ({
  ...(etag === undefined ? {} : { 'if-none-match': etag }),
  ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
});

interface Question {
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly shown: string;
  readonly limits: DownloadRequest['limits'];
}

async function ask(
  agent: Agent,
  url: URL,
  { headers, signal, shown, limits }: Question,
): Promise<Dispatcher.ResponseData> {
  try {
    return await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers,
      signal,
      headersTimeout: limits.idleMs,
      bodyTimeout: limits.idleMs,
    });
  } catch (error) {
    throw networkFailure(error, shown);
  }
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

function redirectFailure(shown: string, message: string): DownloadError {
  return new DownloadError('redirect', `${shown}: ${message}`, {
    hint: 'Ask the partner for the address that the file has now.',
  });
}

function redirected(from: URL, location: string, shown: string): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol))
    throw redirectFailure(shown, 'the server redirects to what is no address of the web.');
  if (from.protocol === 'https:' && target.protocol === 'http:')
    throw redirectFailure(
      shown,
      `the server redirects to ${shownUrl(target.href)}, where anybody could read and change the file.`,
    );
  return withoutSecrets(target);
}

/** Ends an answer whose body nobody wants. */
async function leave({ body }: Dispatcher.ResponseData): Promise<void> {
  body.on('error', () => undefined);
  await body.dump({ limit: 16 * 1024 }).catch(() => undefined);
}

async function taken(
  answer: Dispatcher.ResponseData,
  request: DownloadRequest,
  shown: string,
  now: Date,
): Promise<Answer> {
  const { statusCode: status } = answer;
  const validators = validatorsOf(answer);
  if (status === 304 && Object.keys(conditional(request.known)).length > 0) {
    await leave(answer);
    return { kind: 'unchanged', ...request.known, ...validators, from: shown };
  }
  if (status !== 200 && status !== 203) {
    await leave(answer);
    throw statusFailure(status, shown, retryAfterMs(headerOf(answer, 'retry-after'), now));
  }
  try {
    const saved = await saveBody({
      bytes: answer.body,
      encoding: headerOf(answer, 'content-encoding') ?? '',
      directory: request.directory,
      limits: request.limits,
      shown,
    });
    const contentType = headerOf(answer, 'content-type');
    return { kind: 'received', ...saved, ...validators, contentType, from: shown };
  } finally {
    // Without effect on a body that was read to its end; nobody waits for what it says.
    answer.body.on('error', () => undefined).destroy();
  }
}

function validatorsOf(answer: Dispatcher.ResponseData): Validators {
  const [etag, lastModified] = [headerOf(answer, 'etag'), headerOf(answer, 'last-modified')];
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

const hints: Readonly<Record<number, string>> = {
  401: 'Check the user and the password, or the key.',
  403: 'Check the user and the password, or the key; ask the partner whether this machine is allowed.',
  404: 'Check the address, or ask the partner for the one that the file has now.',
  410: 'The file is gone for good: ask the partner for another address.',
  429: 'The partner asks to come back later.',
};

function statusFailure(status: number, shown: string, retryAfter: number | undefined) {
  const name = STATUS_CODES[status] === undefined ? '' : ` ${STATUS_CODES[status]}`;
  const passing =
    [408, 425, 429].includes(status) || (status >= 500 && status !== 501 && status !== 505);
  return new DownloadError('status', `${shown}: the server answered ${String(status)}${name}.`, {
    hint: hints[status] ?? (passing ? 'Try again later.' : 'Ask the partner what is wrong.'),
    status,
    retriable: passing,
    retryAfterMs: retryAfter,
  });
}
