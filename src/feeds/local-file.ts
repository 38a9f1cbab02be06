import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { keptBodies } from '../download/bodies.ts';
import { MigrationError, SourceError } from '../model/errors.ts';
import type { DownloadRequest, DownloadResult } from './contract.ts';

/**
 * Takes a feed that is a file of this machine: what a partner drops into a folder, or a trial. It is copied and kept
 * like what is downloaded, so that what was read can be looked at when the file has long changed. Throws SourceError
 * where it cannot be read.
 */
export async function takeFile(
  { url, previousSha256, directory }: DownloadRequest,
  now: Date,
  signal: AbortSignal,
): Promise<DownloadResult> {
  const bodies = keptBodies(directory);
  try {
    if (!(await stat(url)).isFile()) throw new SourceError(`The feed ${url} is not a file.`);
    await mkdir(bodies.coming, { recursive: true });
    const file = join(bodies.coming, basename(url));
    const hash = createHash('sha256');
    let bytes = 0;
    const weigh = async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
    };
    await pipeline(createReadStream(url), weigh, createWriteStream(file), { signal });
    const sha256 = hash.digest('hex');
    if (sha256 === previousSha256) {
      await rm(file);
      return { status: 'unchanged', by: 'sha256' };
    }
    const path = await bodies.keep({ file, sha256 }, now);
    return { status: 'fetched', path, bytes, sha256 };
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof MigrationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SourceError(`The feed ${url} cannot be read: ${reason}.`, {
      hint: 'Check the path of the file.',
      cause,
    });
  }
}
