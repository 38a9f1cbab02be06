import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TargetError } from '../model/errors.ts';
import type { Downloaded } from './contract.ts';

/** The bodies that feeds gave of late, each under the sha256 of its bytes, so that a decision can be explained later. */
export interface KeptBodies {
  /** Where downloads are written to before they are kept: on the same disk. */
  readonly coming: string;
  /** The file that a body is kept in, whether it is there or not. */
  fileOf(sha256: string): string;
  /** Takes a download over, at a time, and gives its file. The same body again is kept once, from the later time on. */
  keep(downloaded: Pick<Downloaded, 'file' | 'sha256'>, now: Date): Promise<string>;
  /** The bytes of a body; nothing where it is not kept any more. */
  open(sha256: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Removes what was last received before a time, and what downloads that died have left, but for the bodies that are
   * named by checksum or file. Gives the checksums of what is gone.
   */
  purge(before: Date, except?: readonly string[]): Promise<readonly string[]>;
}

const isSum = /^[0-9a-f]{64}$/;

/** Bodies in a directory, `ab/abcdef…`. Throws TargetError where it cannot be written. */
export function keptBodies(directory: string): KeptBodies {
  const coming = join(directory, 'coming');
  const fileOf = (sha256: string) => join(directory, sha256.slice(0, 2), sha256);
  const written = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new TargetError(`The downloads kept in ${directory} cannot be written: ${said}.`, {
        hint: 'Check that there is space and that this user may write there.',
        cause,
      });
    }
  };
  return {
    coming,
    fileOf,
    keep: ({ file, sha256 }, now) =>
      written(async () => {
        const place = fileOf(sha256);
        await mkdir(join(place, '..'), { recursive: true });
        await utimes(file, now, now);
        await rename(file, place);
        await syncDirectory(join(place, '..'));
        return place;
      }),
    open: async (sha256) => {
      const place = fileOf(sha256);
      const found = await stat(place).catch(() => undefined);
      return found?.isFile() === true ? createReadStream(place) : undefined;
    },
    purge: (before, except = []) =>
      written(async () => {
        const purged: string[] = [];
        const stays = new Set(except.map((named) => basename(named)));
        const folders = await readdir(directory).catch(() => []);
        for (const folder of folders) {
          for (const name of await readdir(join(directory, folder)).catch(() => [])) {
            if (stays.has(name)) continue;
            const path = join(directory, folder, name);
            const { mtime } = await stat(path);
            if (mtime >= before) continue;
            await rm(path, { force: true });
            if (isSum.test(name)) purged.push(name);
          }
        }
        return purged;
      }),
  };
}

/** A file that was renamed is there after a power cut when its directory is on the disk. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
