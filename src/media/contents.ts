import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { fileTypeFromBuffer } from 'file-type';

/** What a file is, by its bytes. */
export interface Contents {
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** Null where the bytes are of no form that is known. */
  readonly mediaType: string | null;
}

// Enough to tell an office document from any other archive.
const headLength = 64 * 1024;

/** Reads a file to its end, whatever its size, and gives each piece on to `onPiece`. */
export async function readContents(
  bytes: AsyncIterable<Uint8Array>,
  onPiece: (piece: Uint8Array) => Promise<void> | void = () => undefined,
): Promise<Contents> {
  const sum = createHash('sha256');
  const head: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    if (length < headLength) head.push(piece.subarray(0, headLength - length));
    length += piece.length;
    sum.update(piece);
    await onPiece(piece);
  }
  return {
    sha256: sum.digest('hex'),
    bytes: length,
    mediaType: await mediaTypeOf(Buffer.concat(head)),
  };
}

/** The media type that the first bytes of a file show. */
export async function mediaTypeOf(head: Uint8Array): Promise<string | null> {
  if (head.length === 0) return null;
  // It throws at a file that ends before it says what it is.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined) return found.mime;
  // A letter may have been cut through at the end of the head.
  const isText = [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)));
  return isText && !head.includes(0) ? 'text/plain' : null;
}
