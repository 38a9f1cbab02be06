import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import * as z from 'zod';

// What PGlite starts with by itself, but for -F, which leaves it to the system when something reaches the disk: after
// a power cut the pages of a table might be there and the log that they depend on not. A commit need not wait for the
// disk, though: what is lost with the power are the last batches, whole, and they are done again. How a run ended is
// written with `synchronous_commit` (src/run/store.ts).
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'fsync=on', '-c', 'wal_sync_method=fsync', '-c', 'synchronous_commit=off'],
  ...['-c', 'default_statistics_target=10'],
];

const streamSchema = z.object({ nfd: z.number() });
const moduleSchema = z.object({
  NODEFS: z.object({ stream_ops: z.custom<Record<string, unknown>>((found) => found !== null) }),
});

/** A directory in which PGlite's fsync is one: its own file system leaves it out. */
class DurableDirectory extends NodeFS {
  override async init(
    ...given: Parameters<NodeFS['init']>
  ): Promise<Awaited<ReturnType<NodeFS['init']>>> {
    const { emscriptenOpts } = await super.init(...given);
    const withFsync = (module: unknown) => {
      moduleSchema.parse(module).NODEFS.stream_ops['fsync'] = (stream: unknown) => {
        fdatasyncSync(streamSchema.parse(stream).nfd);
        return 0;
      };
    };
    return {
      emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), withFsync] },
    };
  }
}

/** Opens PGlite in a directory so that it outlives a power cut. */
export function openDurable(directory: string): Promise<PGlite> {
  return PGlite.create({ fs: new DurableDirectory(directory), startParams });
}

/** Whether a directory holds a database. */
export const holdsDatabase = (directory: string): boolean =>
  existsSync(join(directory, 'PG_VERSION'));

/** Sees to it that everything below a directory is on the disk. */
export function syncTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncPath(path);
  }
  syncPath(directory);
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
