import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TargetError } from '../model/errors.ts';
import type { Downloaded, DownloadLimits } from './contract.ts';
import { DownloadError, networkFailure } from './failure.ts';
import { unpackerOf, unpackingFailure } from './unpacking.ts';

/** Below this a high ratio says nothing: a small file of blanks packs very well. */
const ratioCountsFrom = 10 * 1024 ** 2;

type Saved = Pick<Downloaded, 'file' | 'sha256' | 'bytes' | 'wireBytes'>;

interface Body {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The header Content-Encoding. */
  readonly encoding: string;
  readonly directory: string;
  readonly limits: Pick<DownloadLimits, 'maxBytes' | 'maxRatio'>;
  /** The URL without secrets. */
  readonly shown: string;
}

/**
 * Writes a body to a file of its own as it arrives, unpacked, and sees it on to the disk. Throws DownloadError for a
 * body that breaks off, is too large, grows too much or is empty, TargetError where the disk does not take it; then no
 * file is left.
 */
export async function saveBody(body: Body): Promise<Saved> {
  const { directory, shown } = body;
  const path = join(directory, `coming-${randomBytes(12).toString('hex')}`);
  await onDisk(mkdir(directory, { recursive: true }), directory);
  const file = await onDisk(open(path, 'wx'), directory);
  try {
    const saved = await pour(body, (piece) => onDisk(file.writeFile(piece), directory)).finally(
      () => file.sync().finally(() => file.close()),
    );
    if (saved.bytes === 0)
      throw new DownloadError('empty', `${shown}: the answer is empty.`, {
        hint: 'An empty file is taken for a fault of the server. Try again; tell the partner if it stays so.',
        retriable: true,
      });
    return { ...saved, file: path };
  } catch (cause) {
    await rm(path, { force: true });
    throw cause;
  }
}

async function pour(
  { bytes, encoding, limits, shown }: Body,
  write: (piece: Uint8Array) => Promise<void>,
): Promise<Omit<Saved, 'file'>> {
  const sum = createHash('sha256');
  let [wireBytes, unpacked] = [0, 0];
  // What went wrong first, and not in unpacking: streams that are torn down together tell it in words of their own.
  let trouble: Error | undefined;
  const tooLarge = (message: string) =>
    new DownloadError('too-large', `${shown}: ${message}`, {
      hint: 'Nothing of it was kept. If the file is right, allow more for this source.',
    });
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of bytes) {
        wireBytes += piece.length;
        yield piece;
      }
    } catch (error) {
      throw (trouble ??= brokenOff(error, shown));
    }
  }
  const assertBounded = () => {
    if (unpacked > limits.maxBytes)
      throw tooLarge(`the file has more than ${limits.maxBytes.toLocaleString('en')} bytes.`);
    if (unpacked > ratioCountsFrom && unpacked > wireBytes * limits.maxRatio)
      throw tooLarge(
        `the file grows to more than ${String(limits.maxRatio)} times its size when it is unpacked.`,
      );
  };
  const take = async (pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const piece of pieces) {
      unpacked += piece.length;
      try {
        assertBounded();
        await write(piece);
      } catch (cause) {
        if (cause instanceof Error) trouble ??= cause;
        throw cause;
      }
      sum.update(piece);
    }
  };
  const input = counted();
  const first = await input.next();
  const head = first.done === true ? new Uint8Array(0) : first.value;
  const whole = Readable.from(rejoined(head, input), { objectMode: false });
  const unpacker = head.length === 0 ? undefined : unpackerOf(encoding, head, shown);
  try {
    await (unpacker === undefined ? pipeline(whole, take) : pipeline(whole, unpacker, take));
  } catch (cause) {
    throw trouble ?? unpackingFailure(cause, encoding, shown);
  } finally {
    await input.return(undefined);
  }
  return { sha256: sum.digest('hex'), bytes: unpacked, wireBytes };
}

/** What the network said in the middle of a body. */
function brokenOff(error: unknown, shown: string): DownloadError {
  const failure = networkFailure(error, shown);
  if (failure.reason !== 'connection') return failure;
  return new DownloadError('truncated', `${shown}: the file breaks off in the middle.`, {
    hint: 'What was had of it was thrown away. Try again; tell the partner if it stays so.',
    cause: error,
    retriable: true,
  });
}

async function* rejoined(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function onDisk<Result>(work: Promise<Result>, directory: string): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new TargetError(`A download cannot be written to ${directory}: ${said}.`, {
      hint: 'Check that there is space and that this user may write there.',
      cause,
    });
  }
}
