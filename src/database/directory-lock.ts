import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { TargetError } from '../model/errors.ts';

/** Who holds the embedded database. `born` tells a process from a later one with the same pid. */
const holderSchema = z.object({ pid: z.number().int(), born: z.string(), since: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** The lock around one embedded database, beside its directory: `<directory>.lock`. */
export interface DirectoryLock {
  release(): void;
}

// A takeover lasts microseconds; a guard older than this was left by a process that died in it.
const guardLifetimeMs = 10_000;

/**
 * Takes the lock of an embedded database, which itself takes none and loses data when two processes open it.
 * A lock of a dead process is taken over; one of a live process never is. Throws TargetError naming the holder.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = lockPathOf(directory);
  mkdirSync(dirname(path), { recursive: true });
  if (!create(path)) await takeOver(path, directory);
  return {
    release: () => {
      if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
    },
  };
}

/** The process that holds an embedded database, if one does. */
export function holderOf(directory: string): { pid: number; since: string } | undefined {
  const holder = readHolder(lockPathOf(directory));
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

const lockPathOf = (directory: string): string => `${directory.replace(/\/+$/, '')}.lock`;

async function takeOver(path: string, directory: string): Promise<void> {
  const guard = `${path}.takeover`;
  for (let attempt = 0; attempt < 100; attempt++) {
    if (!create(guard)) {
      if (ageOf(guard) > guardLifetimeMs) rmSync(guard, { force: true });
      await sleep(50);
      continue;
    }
    try {
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder)) throw inUse(directory, holder);
      rmSync(path, { force: true });
      if (create(path)) return;
    } finally {
      rmSync(guard, { force: true });
    }
  }
  throw new TargetError(`The embedded database ${directory} is being opened by other processes.`, {
    hint: 'Try again in a moment.',
  });
}

function inUse(directory: string, holder: Holder): TargetError {
  return new TargetError(
    `The embedded database ${directory} is in use by process ${String(holder.pid)} since ${holder.since}.`,
    {
      hint: 'Wait for it to end, or use a PostgreSQL server (--db postgres://…), which many can use at once.',
    },
  );
}

function create(path: string): boolean {
  const holder: Holder = {
    pid: process.pid,
    born: bornOf(process.pid),
    since: new Date().toISOString(),
  };
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw new TargetError(`The lock ${path} cannot be written: ${String(cause)}`, {
      hint: 'Choose a directory in --db that this user may write to.',
      cause,
    });
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Gone, or half written by a process that died while writing: nobody holds it.
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    // EPERM: it lives, and belongs to somebody else.
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EPERM')) return false;
  }
  const born = bornOf(holder.pid);
  return born === '' || holder.born === '' || born === holder.born;
}

/** When a process started, as Linux tells it (field 22 of its stat); empty elsewhere. */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}
