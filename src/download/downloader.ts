import { setTimeout as wait } from 'node:timers/promises';
import { AbortedError } from '../model/errors.ts';
import { attempt } from './attempt.ts';
import { guardedAgent } from './connector.ts';
import type {
  Downloaded,
  Downloader,
  DownloadLimits,
  DownloadRequest,
  Network,
  NotModified,
} from './contract.ts';
import { DownloadError } from './failure.ts';
import { shownUrl } from './shown-url.ts';

/** A downloader with connections of its own, each made within `connectMs`. */
export function createDownloader(
  network: Network,
  limits: Pick<DownloadLimits, 'connectMs'>,
): Downloader {
  const agent = guardedAgent(network, limits);
  const insistently = async (
    request: DownloadRequest,
    signal: AbortSignal,
  ): Promise<Downloaded | NotModified> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return { ...(await attempt(agent, request, signal, network.now())), attempts };
      } catch (cause) {
        const pause = pauseAfter(cause, attempts, request.limits, network.random);
        if (pause === undefined) throw cause;
        await wait(pause, undefined, { signal });
      }
    }
  };
  return {
    download: (request) => inTime(request, (signal) => insistently(request, signal)),
    // Whoever closes it waits for nothing any more.
    close: () => agent.destroy(),
  };
}

/** Ends the work when its time is over or when it is not wanted any more, and says which it was. */
async function inTime<Result>(
  { url, limits, signal }: DownloadRequest,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const stop = () => {
    ending.abort();
  };
  const deadline = setTimeout(stop, limits.totalMs);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await work(ending.signal);
  } catch (cause) {
    if (!ending.signal.aborted) throw cause;
    if (signal.aborted)
      throw new AbortedError(`Stopped while downloading ${shownUrl(url)}.`, { cause });
    throw new DownloadError(
      'timeout',
      `${shownUrl(url)}: the download took longer than ${String(limits.totalMs / 1000)} s.`,
      {
        hint: 'What was had of it was thrown away. Try again; allow more time if the file is large.',
        cause,
        retriable: true,
      },
    );
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
  }
}

/** How long to wait before the next attempt, in milliseconds; undefined where there is to be none. */
function pauseAfter(
  cause: unknown,
  attempts: number,
  limits: DownloadLimits,
  random: () => number,
): number | undefined {
  if (!(cause instanceof DownloadError) || !cause.retriable) return undefined;
  if (attempts >= limits.attempts) return undefined;
  if (cause.retryAfterMs !== undefined)
    return cause.retryAfterMs > limits.maxBackoffMs ? undefined : cause.retryAfterMs;
  const longest = Math.min(limits.backoffMs * 2 ** (attempts - 1), limits.maxBackoffMs);
  // Half of it by chance, so that those who were turned away together do not come back together.
  return longest * (0.5 + random() / 2);
}
