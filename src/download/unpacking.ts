import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { DownloadError } from './failure.ts';

type MakeUnpacker = () => Transform;
const isMaker = (value: unknown): value is MakeUnpacker => typeof value === 'function';

// Node has it from 22.15 on.
const zstd: unknown = Reflect.get(zlib, 'createZstdDecompress');
const makers: Readonly<Record<string, MakeUnpacker>> = {
  gzip: () => zlib.createGunzip(),
  'x-gzip': () => zlib.createGunzip(),
  br: () => zlib.createBrotliDecompress(),
  ...(isMaker(zstd) ? { zstd } : {}),
};

/** What may be asked for. */
export const acceptedEncodings = `gzip, deflate, br${isMaker(zstd) ? ', zstd' : ''}`;

/**
 * The stream that unpacks a body of a `Content-Encoding`, whose first bytes are `head`; nothing where it is not packed.
 * Throws DownloadError for what nobody can unpack, and for packing in packing.
 */
export function unpackerOf(
  encoding: string,
  head: Uint8Array,
  shown: string,
): Transform | undefined {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return undefined;
  if (name === 'deflate') {
    // Half of the servers leave the frame out, whatever the standard says.
    return ((head[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw();
  }
  const make = makers[name];
  if (make === undefined)
    throw new DownloadError(
      'encoding',
      `${shown}: the server packed the file as “${encoding}”, which was not asked for.`,
      { hint: 'Tell the partner; gzip is understood everywhere.' },
    );
  return make();
}

/** What an unpacker threw. */
export function unpackingFailure(cause: unknown, encoding: string, shown: string): DownloadError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'Z_BUF_ERROR')
    return new DownloadError('truncated', `${shown}: the packed file ends in the middle.`, {
      hint: 'What was had of it was thrown away. Try again; tell the partner if it stays so.',
      cause,
      retriable: true,
    });
  return new DownloadError(
    'encoding',
    `${shown}: the server says that the file is packed as “${encoding}”, and it is not.`,
    { hint: 'Tell the partner that the header Content-Encoding is wrong.', cause },
  );
}
