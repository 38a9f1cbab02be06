import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TargetError } from '../model/errors.ts';
import { type Contents, readContents } from './contents.ts';

/** Where the files of the CRM are kept, each under the sha256 of its bytes: the same file is there once. */
export interface MediaStore {
  /** Keeps a file. Throws TargetError when the store cannot take it; what reading throws comes through. */
  put(bytes: AsyncIterable<Uint8Array>): Promise<Contents>;
  /** The file of a sha256, from its beginning; nothing where the store has none. */
  get(sha256: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  has(sha256: string): Promise<boolean>;
}

/** A store in a directory, `ab/abcdef…`. A file is there whole or not at all. */
export function directoryStore(directory: string): MediaStore {
  const placeOf = (sha256: string) => join(directory, sha256.slice(0, 2), sha256);
  const failed = (cause: unknown): TargetError =>
    new TargetError(
      `The media store ${directory} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      {
        hint: 'Check that there is space and that this user may write there, or name another directory with --media.',
        cause,
      },
    );
  const written = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((cause: unknown) => {
      throw failed(cause);
    });
  const isThere = async (sha256: string): Promise<boolean> =>
    (await stat(placeOf(sha256)).catch(() => undefined))?.isFile() === true;
  return {
    has: isThere,
    put: async (bytes) => {
      const coming = join(directory, 'coming', randomBytes(12).toString('hex'));
      await written(mkdir(dirname(coming), { recursive: true }));
      const file = await written(open(coming, 'wx'));
      try {
        const contents = await readContents(bytes, async (piece) => {
          await written(file.writeFile(piece));
        }).finally(() => file.close());
        const place = placeOf(contents.sha256);
        await written(mkdir(dirname(place), { recursive: true }));
        await written(rename(coming, place));
        return contents;
      } catch (cause) {
        await rm(coming, { force: true });
        throw cause;
      }
    },
    get: async (sha256) =>
      (await isThere(sha256)) ? createReadStream(placeOf(sha256)) : undefined,
  };
}
