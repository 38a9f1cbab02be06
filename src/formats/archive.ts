import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl, { type Entry } from 'yauzl';
import type { SourceFile } from '../adapter/contract.ts';
import { MigrationError, SourceError } from '../model/errors.ts';

/** How much may come out of a compressed file. */
export interface ExpandLimits {
  /** 20 GiB by default. */
  readonly maxBytes?: number;
  /** Unpacked to packed, after the first 10 MiB; 1,000 by default. */
  readonly maxRatio?: number;
}

const defaultMaxBytes = 20 * 1024 ** 3;
const defaultMaxRatio = 1000;
/** Below this a high ratio says nothing: a small file of blanks packs very well. */
const ratioCountsFrom = 10 * 1024 ** 2;

/** Whether the first bytes are those of a zip archive; `openZip` opens it. */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** The file, unpacked as it is read where its bytes are gzip; any other file as it is. */
export function expandFile(file: SourceFile, limits: ExpandLimits = {}): SourceFile {
  return {
    name: file.name.replace(/(?<=.)\.gz$/i, ''),
    open: () => openExpanded(file, limits),
  };
}

async function* openExpanded(file: SourceFile, limits: ExpandLimits): AsyncGenerator<Uint8Array> {
  const bytes = file.open()[Symbol.asyncIterator]();
  try {
    let head = new Uint8Array(0);
    while (head.length < 2) {
      const next = await bytes.next();
      if (next.done) break;
      head = Buffer.concat([head, next.value]);
    }
    const whole = rejoin(head, bytes);
    if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(whole, { ...limits, file: file.name });
    else yield* whole;
  } finally {
    await bytes.return?.();
  }
}

async function* rejoin(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Unpacks gzip as it arrives. */
export async function* gunzip(
  bytes: AsyncIterable<Uint8Array>,
  options: ExpandLimits & { readonly file: string },
): AsyncGenerator<Uint8Array> {
  const { file } = options;
  let packed = 0;
  /** An error of the input itself, which keeps its own words. */
  let inputError: { error: unknown } | undefined;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of bytes) {
        packed += chunk.length;
        yield chunk;
      }
    } catch (error) {
      inputError = { error };
      throw error;
    }
  }
  const input = Readable.from(counted(), { objectMode: false });
  const unpacker = createGunzip();
  input.on('error', (error) => unpacker.destroy(error));
  try {
    yield* bounded(input.pipe(unpacker), () => packed, options);
  } catch (error) {
    if (inputError) throw inputError.error;
    throw unpackError(file, error);
  } finally {
    unpacker.destroy();
    input.destroy();
  }
}

/** Refuses more bytes than the limits allow: a small archive can unpack to fill any disk. */
async function* bounded(
  bytes: AsyncIterable<unknown>,
  packed: () => number,
  options: ExpandLimits & { readonly file: string },
): AsyncGenerator<Uint8Array> {
  const { file, maxBytes = defaultMaxBytes, maxRatio = defaultMaxRatio } = options;
  let unpacked = 0;
  for await (const chunk of bytes) {
    if (!(chunk instanceof Uint8Array)) continue;
    unpacked += chunk.length;
    if (unpacked > maxBytes) {
      throw new SourceError(`${file}: unpacks to more than ${maxBytes} bytes.`);
    }
    if (unpacked > ratioCountsFrom && unpacked > packed() * maxRatio) {
      throw new SourceError(`${file}: unpacks to more than ${maxRatio} times its size.`, {
        hint: 'Such an archive is made to exhaust a machine. If it is not, unpack it first.',
      });
    }
    yield chunk;
  }
}

function unpackError(file: string, error: unknown): unknown {
  if (error instanceof MigrationError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SourceError(`${file}: cannot be unpacked: ${reason}.`, {
    hint: 'The file is damaged or was cut off: export or download it again.',
    cause: error,
  });
}

/**
 * The files inside a zip archive, each of which can be opened again and again; `name` is the path inside.
 * The one function of this folder that touches the disk: a zip archive has its list of contents at the end.
 */
export async function openZip(path: string, limits: ExpandLimits = {}): Promise<SourceFile[]> {
  try {
    const zip = await yauzl.openPromise(path, { decodeStrings: false });
    try {
      const files: SourceFile[] = [];
      for await (const entry of zip.eachEntry()) {
        const name = nameOf(entry);
        if (name === undefined) continue;
        if (entry.isEncrypted()) {
          throw new SourceError(`${path}: ${name} is encrypted.`, {
            hint: 'Make an archive without a password.',
          });
        }
        files.push({ name, open: () => openEntry(path, entry, name, limits) });
      }
      return files;
    } finally {
      zip.close();
    }
  } catch (error) {
    throw unpackError(path, error);
  }
}

/** The name of a file in an archive, made harmless; undefined for what is no file of the user. */
function nameOf(entry: Entry): string | undefined {
  const raw = yauzl.getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    false,
  );
  if (raw.endsWith('/')) return undefined;
  const parts = raw.split('/').filter((part) => !/^(|\.\.?|[A-Za-z]:)$/.test(part));
  const hidden =
    parts.length === 0 || parts.some((part) => part === '__MACOSX' || part.startsWith('.'));
  return hidden ? undefined : parts.join('/');
}

/** Opens the archive anew for each reading, so that nothing has to be closed by the caller. */
async function* openEntry(
  path: string,
  entry: Entry,
  name: string,
  limits: ExpandLimits,
): AsyncGenerator<Uint8Array> {
  const file = `${path}/${name}`;
  try {
    const zip = await yauzl.openPromise(path, { decodeStrings: false, autoClose: false });
    try {
      const stream = await zip.openReadStreamPromise(entry);
      try {
        yield* bounded(stream, () => entry.compressedSize, { ...limits, file });
      } finally {
        stream.destroy();
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw unpackError(file, error);
  }
}
