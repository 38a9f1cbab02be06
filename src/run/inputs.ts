import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SourceFile, SourceInput } from '../adapter/contract.ts';
import { readHead } from '../adapter/head.ts';
import { expandFile, isZip, openZip } from '../formats/archive.ts';
import { SourceError, UsageError } from '../model/errors.ts';
import type { InputDocument } from './documents.ts';

/** The input of a run, opened: what the adapter reads, and what is recorded about it. */
export interface OpenedInput extends SourceInput {
  /** Paths as given, so that a later run can find the files again. */
  readonly paths: readonly string[];
  readonly documents: readonly InputDocument[];
  /** Removes what standard input was kept in. */
  close(): Promise<void>;
}

/**
 * Opens files, directories (all their files, by name), `.gz`, `.zip` and `-` (kept in a temporary file, since
 * an input is read more than once). Throws UsageError for none, SourceError for one that cannot be read.
 */
export async function openInputs(
  paths: readonly string[],
  standardInput: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<OpenedInput> {
  if (paths.length === 0) {
    throw new UsageError('No input was given.', {
      hint: 'Name one or several files or directories.',
    });
  }
  const kept: string[] = [];
  const files: SourceFile[] = [];
  const documents: InputDocument[] = [];
  for (const path of paths) {
    if (path === '-') {
      const directory = await mkdtemp(join(tmpdir(), 'tesoro-input-'));
      kept.push(directory);
      const copy = join(directory, 'standard-input');
      await pipeline(standardInput, createWriteStream(copy));
      await addFile(copy, 'standard input', files, documents, signal);
      continue;
    }
    for (const file of await filesBelow(path)) await addFile(file, file, files, documents, signal);
  }
  if (files.length === 0) {
    throw new SourceError(`There is no file in ${paths.join(', ')}.`, {
      hint: 'Name a file, or a directory that holds some.',
    });
  }
  return {
    files,
    paths,
    documents,
    close: async () => {
      for (const directory of kept) await rm(directory, { recursive: true, force: true });
    },
  };
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new SourceError(`The input ${path} cannot be opened: ${reasonOf(cause)}.`, {
      hint: 'Check the path.',
      cause,
    });
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { withFileTypes: true, recursive: true });
  return names
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function addFile(
  path: string,
  name: string,
  files: SourceFile[],
  documents: InputDocument[],
  signal: AbortSignal,
): Promise<void> {
  documents.push({ name, ...(await fingerprint(path)) });
  const file: SourceFile = {
    name,
    open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
  };
  if (isZip(await readHead(file, signal))) {
    for (const entry of await openZip(path)) {
      files.push({ name: `${name}/${entry.name}`, open: () => entry.open() });
    }
    return;
  }
  files.push(expandFile(file));
}

async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
  const sum = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: 1024 * 1024,
    }) as AsyncIterable<Uint8Array>) {
      sum.update(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    throw new SourceError(`The input ${path} cannot be read: ${reasonOf(cause)}.`, {
      hint: 'Check that the file exists and that this user may read it.',
      cause,
    });
  }
  return { bytes, sha256: sum.digest('hex') };
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'this user may not read it';
  if (code === 'EISDIR') return 'it is a directory';
  return cause.message;
}
