import { keptBodies } from '../download/bodies.ts';
import { type Downloader, type DownloadLimits, feedLimits } from '../download/contract.ts';
import type { FeedDownload } from './contract.ts';

/** Downloads the bodies of feeds safely, and keeps each under its checksum, from the time on at which it came last. */
export function feedDownload(
  downloader: Downloader,
  now: () => Date,
  limits: DownloadLimits = feedLimits,
): FeedDownload {
  return {
    fetch: async ({ url, headers, etag, lastModified, previousSha256, directory }, signal) => {
      const bodies = keptBodies(directory);
      const known = { etag, lastModified };
      const outcome = await downloader.download({
        url,
        headers,
        known,
        directory: bodies.coming,
        limits,
        signal,
      });
      if (outcome.kind === 'unchanged') return { status: 'unchanged', by: 'server' };
      const path = await bodies.keep(outcome, now());
      if (outcome.sha256 === previousSha256) return { status: 'unchanged', by: 'sha256' };
      const { bytes, sha256 } = outcome;
      return {
        status: 'fetched',
        path,
        bytes,
        sha256,
        etag: outcome.etag,
        lastModified: outcome.lastModified,
      };
    },
    prune: async (directory, before, keep) => {
      await keptBodies(directory).purge(before, keep);
    },
  };
}
