import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../model/errors.ts';
import type { StoredFile } from './store.ts';

/** A file that is larger than is allowed. */
export class TooLargeError extends UsageError {}

const endings = new Set(['.csv', '.tsv', '.txt', '.xlsx', '.xlsm', '.zip', '.gz', '.json', '.xml']);

/** A file that is being sent. */
export interface Upload {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
  readonly mostBytes: number;
}

/**
 * Streams a file to the disk. What breaks off leaves nothing behind. Throws UsageError for a file of another kind, TooLargeError
 * for one that is over the cap.
 */
export async function keepUpload(
  directory: string,
  id: string,
  { name, content, mostBytes }: Upload,
): Promise<Omit<StoredFile, 'detected'>> {
  // A name is for people; on the disk the file is called after its import.
  const shown = name
    .replace(/^.*[/\\]/s, '')
    .replace(/\p{C}/gu, '')
    .trim()
    .slice(0, 200);
  const ending = extname(shown).toLowerCase();
  if (!endings.has(ending)) {
    throw new UsageError(`"${shown}" is no file that can be read here.`, {
      hint: 'Send a table (.csv, .tsv, .txt, .xlsx), an export (.json, .xml), or either of them packed (.zip, .gz).',
    });
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${id}${ending}`);
  const part = `${path}.part`;
  const sum = createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(
      content,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > mostBytes) {
            throw new TooLargeError(`The file is larger than ${megabytes(mostBytes)}.`, {
              hint: 'Divide it, or have the cap raised: tesoro-migrate serve --max-upload MB.',
            });
          }
          sum.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(part, { mode: 0o600 }),
    );
    if (bytes === 0) {
      throw new UsageError('The file is empty.', {
        hint: 'Export again, and check that the transfer was complete.',
      });
    }
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true });
    throw cause;
  }
  return { name: shown, bytes, sha256: sum.digest('hex'), path };
}

const megabytes = (bytes: number): string => `${String(Math.round(bytes / 1024 / 1024))} MB`;

/** Removes a file that was kept. */
export async function removeUpload({ path }: Pick<StoredFile, 'path'>): Promise<void> {
  await rm(path, { force: true });
}
