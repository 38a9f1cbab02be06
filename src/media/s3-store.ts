import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { TargetError, UsageError } from '../model/errors.ts';
import { readContents } from './contents.ts';
import type { MediaStore } from './store.ts';

// What goes wrong is thrown; the client would say some of it on the terminal as well.
const ignore = (): void => undefined;
const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

/** A bucket, and the beginning of the names in it. */
interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/**
 * A store in a bucket of S3 or of what speaks like it, `PREFIX/ab/abcdef…`; `location` is `s3://bucket/prefix`. Region and
 * credentials are looked for where the official client looks. `endpoint` is another service than Amazon's. Throws
 * UsageError for a location that is none.
 */
export function s3Store(location: string, endpoint?: string): MediaStore {
  const { bucket, prefix } = placeIn(location);
  const client = new S3Client({
    // Other services have buckets in the path, and do not know the newer checksums; ours is sent below.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    logger: silent,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const keyOf = (sha256: string) => `${prefix}${sha256.slice(0, 2)}/${sha256}`;
  const sent = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (cause) {
      if (cause instanceof NoSuchKey || cause instanceof NotFound) throw cause;
      const said = cause instanceof Error ? cause.message || cause.name : String(cause);
      throw new TargetError(`The media store ${location} cannot be used: ${said}.`, {
        hint: 'Check the bucket, AWS_REGION, the credentials (AWS_ACCESS_KEY_ID and so on), and AWS_ENDPOINT_URL where it is not Amazon’s.',
        cause,
      });
    }
  };
  const isThere = async (sha256: string): Promise<boolean> => {
    try {
      await sent(client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(sha256) })));
      return true;
    } catch (cause) {
      if (cause instanceof NoSuchKey || cause instanceof NotFound) return false;
      throw cause;
    }
  };
  return {
    has: isThere,
    put: async (bytes) => {
      // The name is the checksum, which is known at the end.
      const directory = await mkdtemp(join(tmpdir(), 'tesoro-media-'));
      const path = join(directory, 'file');
      try {
        const file = await sent(open(path, 'wx'));
        const contents = await readContents(bytes, async (piece) => {
          await sent(file.writeFile(piece));
        }).finally(() => file.close());
        if (!(await isThere(contents.sha256)))
          await sent(
            client.send(
              new PutObjectCommand({
                Bucket: bucket,
                Key: keyOf(contents.sha256),
                Body: createReadStream(path),
                ContentLength: contents.bytes,
                ContentType: contents.mediaType ?? 'application/octet-stream',
                ChecksumSHA256: Buffer.from(contents.sha256, 'hex').toString('base64'),
              }),
            ),
          );
        return contents;
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
    get: async (sha256) => {
      try {
        const { Body } = await sent(
          client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(sha256) })),
        );
        return Body instanceof Readable ? Body : undefined;
      } catch (cause) {
        if (cause instanceof NoSuchKey || cause instanceof NotFound) return undefined;
        throw cause;
      }
    },
  };
}

function placeIn(location: string): Place {
  const parts = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^?#]*))?$/.exec(location);
  if (parts === null)
    throw new UsageError(`${location} is no place of a bucket.`, {
      hint: 'It is written s3://bucket or s3://bucket/prefix.',
    });
  const [, bucket = '', path = ''] = parts;
  const prefix = path.replace(/^\/+|\/+$/g, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}
