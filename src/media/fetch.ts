import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Downloader, DownloadLimits } from '../download/contract.ts';
import { DownloadError } from '../download/failure.ts';
import { inspectFile } from './inspect.ts';
import type { MediaStore } from './store.ts';
import type { AskedFile, DueFile } from './web-files.ts';

/** How photos and documents are asked for. */
export interface WebFetching {
  readonly downloader: Downloader;
  readonly store: MediaStore;
  readonly limits: DownloadLimits;
  /** Files under way at a time, and of one server. */
  readonly concurrency: number;
  readonly perHost: number;
  /** Where files lie until they are stored. */
  readonly directory: string;
  readonly now: () => Date;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** Asks for files, and remembers from one call to the next which servers fail. */
export interface WebFetcher {
  /**
   * Asks for some files and gives what came of each to `asked`. Throws TargetError when a file cannot be stored and
   * AbortedError when it is stopped, after what had come by then was given.
   */
  fetch(files: readonly DueFile[], asked: (file: AskedFile) => void): Promise<void>;
}

const minute = 60_000;
const day = 24 * 60 * minute;
/** Failures in a row after which a file is given up. */
const mostFailures = 8;
/** Failures in a row after which a server is left alone for the rest of the call. */
const hostPatience = 5;

interface Host {
  readonly limit: LimitFunction;
  failures: number;
}

/** Makes the fetcher of one call. */
export function webFetcher(fetching: WebFetching): WebFetcher {
  const overall = pLimit(fetching.concurrency);
  const hosts = new Map<string, Host>();
  const hostOf = (url: string): Host => {
    const name = URL.canParse(url) ? new URL(url).host : '';
    const host = hosts.get(name) ?? { limit: pLimit(fetching.perHost), failures: 0 };
    hosts.set(name, host);
    return host;
  };
  const ask = async (file: DueFile, host: Host): Promise<AskedFile> => {
    if (host.failures >= hostPatience) return postponed(file, fetching);
    try {
      const answer = await fetchFile(file, fetching);
      host.failures = 0;
      return answer;
    } catch (cause) {
      if (!(cause instanceof DownloadError)) throw cause;
      host.failures = isOfServer(cause) ? host.failures + 1 : 0;
      const { reason, message, retriable, retryAfterMs } = cause;
      return failed(file, fetching, { reason, message, retriable, retryAfterMs });
    }
  };
  return {
    fetch: async (files, asked) => {
      const ends = await Promise.allSettled(
        files.map((file) => {
          const host = hostOf(file.url);
          return host.limit(() =>
            overall(async () => {
              asked(await ask(file, host));
            }),
          );
        }),
      );
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
  };
}

/** Whether a failure says more of the server than of the one file. */
const isOfServer = ({ reason, status }: DownloadError): boolean =>
  ['name', 'connection', 'tls', 'timeout', 'idle', 'refused'].includes(reason) ||
  status === 429 ||
  status === 503;

async function fetchFile(file: DueFile, fetching: WebFetching): Promise<AskedFile> {
  const { downloader, store, limits, directory, signal } = fetching;
  // What the store lost is wanted whole.
  const isHere = file.sha256 !== null && (await store.has(file.sha256));
  const outcome = await downloader.download({
    url: file.url,
    known: isHere
      ? { etag: file.etag ?? undefined, lastModified: file.last_modified ?? undefined }
      : {},
    directory,
    limits,
    signal,
  });
  if (outcome.kind === 'unchanged') return { sum: file.sum, outcome: 'unchanged', next_at: null };
  try {
    const finding = await inspectFile(outcome.file, { isImage: file.is_image, url: file.url });
    if (!finding.fits) return failed(file, fetching, finding);
    const { etag, lastModified: last_modified } = outcome;
    if (isHere && outcome.sha256 === file.sha256)
      return { sum: file.sum, outcome: 'unchanged', etag, last_modified, next_at: null };
    const contents = await store.put(createReadStream(outcome.file));
    return {
      sum: file.sum,
      outcome: 'stored',
      sha256: contents.sha256,
      size_bytes: contents.bytes,
      media_type: contents.mediaType,
      width: finding.width,
      height: finding.height,
      etag,
      last_modified,
      next_at: null,
    };
  } finally {
    await rm(outcome.file, { force: true });
  }
}

interface Failure {
  readonly reason: string;
  readonly message: string;
  readonly retriable?: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** A file that did not come is asked for later, and later every time, until it is given up. */
function failed(
  { sum, failures }: DueFile,
  { now, random }: Pick<WebFetching, 'now' | 'random'>,
  { reason, message, retriable = false, retryAfterMs = 0 }: Failure,
): AskedFile {
  const answer = { sum, outcome: 'failed', reason, message } as const;
  if (failures + 1 >= mostFailures) return { ...answer, next_at: null };
  const [first, longest] = retriable ? [10 * minute, day] : [day, 14 * day];
  const pause = Math.min(first * 2 ** failures, longest) * (0.75 + random() / 2);
  return { ...answer, next_at: after(now(), Math.max(pause, retryAfterMs)) };
}

function postponed({ sum, url }: DueFile, { now }: Pick<WebFetching, 'now'>): AskedFile {
  return {
    sum,
    outcome: 'postponed',
    reason: 'server',
    message: `${new URL(url).host} failed ${String(hostPatience)} times in a row, and is left alone for now`,
    next_at: after(now(), 10 * minute),
  };
}

const after = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
