import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SourceFile, SourceInput } from '../adapter/contract.ts';
import { readHead } from '../adapter/head.ts';
import { expandFile, isZip, openZip } from '../formats/archive.ts';
import { isOfficeDocument, isWorkbook, readWorkbook } from '../formats/xlsx.ts';
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

/** What opening inputs takes beside their paths. */
export interface InputOptions {
  readonly standardInput: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** Of workbooks, the one sheet to read: its name, or its number from 1. */
  readonly sheet?: string | undefined;
  /** What the inputs are called, in their order; else they are called by their paths. */
  readonly names?: readonly string[] | undefined;
}

/**
 * Opens files, directories (all their files, by name), `.gz`, `.zip`, the sheets of workbooks (`.xlsx`) and `-` (kept in
 * a temporary file, since an input is read more than once). Throws UsageError for none and for a sheet that is not
 * there, SourceError for an input that cannot be read.
 */
export async function openInputs(
  paths: readonly string[],
  { standardInput, signal, sheet, names = [] }: InputOptions,
): Promise<OpenedInput> {
  if (paths.length === 0) {
    throw new UsageError('No input was given.', {
      hint: 'Name one or several files or directories.',
    });
  }
  const opening = new Opening(signal, sheet);
  try {
    for (const [place, path] of paths.entries()) {
      if (path === '-') {
        const copy = await opening.keep(standardInput, 'standard-input');
        await opening.add(copy, 'standard input');
      } else
        for (const file of await filesBelow(path))
          await opening.add(file, file === path ? (names[place] ?? file) : file);
    }
    opening.assertSheet();
    if (opening.files.length === 0) {
      throw new SourceError(`There is no file in ${paths.join(', ')}.`, {
        hint: 'Name a file, or a directory that holds some.',
      });
    }
  } catch (cause) {
    await opening.close();
    throw cause;
  }
  const { files, documents } = opening;
  return { files, paths, documents, close: () => opening.close() };
}

/** The files of an input as they are found, and the temporary copies that they need. */
class Opening {
  readonly files: SourceFile[] = [];
  readonly documents: InputDocument[] = [];
  readonly #signal: AbortSignal;
  readonly #sheet: string | undefined;
  readonly #kept: string[] = [];
  /** The names of all sheets there are, for who named one that is not there. */
  readonly #sheets: string[] = [];

  constructor(signal: AbortSignal, sheet: string | undefined) {
    this.#signal = signal;
    this.#sheet = sheet;
  }

  /** Writes bytes to a temporary file; gives its path. */
  async keep(bytes: AsyncIterable<Uint8Array>, name: string): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'tesoro-input-'));
    this.#kept.push(directory);
    const copy = join(directory, name);
    await pipeline(bytes, createWriteStream(copy));
    return copy;
  }

  /** Adds a file of the disk, or what is packed in it. */
  async add(path: string, name: string): Promise<void> {
    this.documents.push({ name, ...(await fingerprint(path)) });
    const file: SourceFile = {
      name,
      open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
    };
    if (!isZip(await readHead(file, this.#signal))) this.files.push(expandFile(file));
    else await this.#addPacked(path, file);
  }

  async #addPacked(path: string, file: SourceFile): Promise<void> {
    const packed = await openZip(path);
    if (isWorkbook(packed)) await this.#addSheets(packed, file.name);
    else if (isOfficeDocument(packed)) this.files.push(file);
    else {
      for (const entry of packed) {
        const inside = { name: `${file.name}/${entry.name}`, open: () => entry.open() };
        // A workbook is read from its end, so it has to lie on the disk.
        if (!/\.xls[xm]$/i.test(entry.name)) this.files.push(expandFile(inside));
        else await this.#addPacked(await this.keep(entry.open(), 'workbook'), inside);
      }
    }
  }

  async #addSheets(parts: readonly SourceFile[], workbook: string): Promise<void> {
    const sheets = await readWorkbook(parts, workbook);
    sheets.forEach(({ name, open }, place) => {
      this.#sheets.push(name);
      const asked = this.#sheet?.trim().toLowerCase();
      const isWanted =
        asked === undefined || asked === name.trim().toLowerCase() || asked === String(place + 1);
      if (isWanted) this.files.push({ name: `${workbook}/${name}`, sheet: name, open });
    });
  }

  assertSheet(): void {
    if (this.#sheet === undefined || this.files.some(({ sheet }) => sheet !== undefined)) return;
    throw new UsageError(`There is no sheet "${this.#sheet}".`, {
      hint:
        this.#sheets.length === 0
          ? 'The input holds no workbook.'
          : `The sheets are ${this.#sheets.join(', ')}.`,
    });
  }

  async close(): Promise<void> {
    for (const directory of this.#kept) await rm(directory, { recursive: true, force: true });
  }
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
