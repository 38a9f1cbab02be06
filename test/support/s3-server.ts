// Not S3: a small server of our own that answers PUT, GET and HEAD of objects as S3 does, and checks what was signed and
// sent as far as a store can be fooled by it. It holds everything in memory.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running server. */
export interface S3Server {
  readonly endpoint: string;
  /** Objects by `bucket/key`. */
  readonly objects: Map<string, { readonly bytes: Buffer; readonly type: string }>;
  /** Methods and paths, in their order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const error = (code: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;

/** Starts a server that has one bucket and lets one key in. */
export async function startS3(bucket: string, accessKey: string): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').replace(/\?.*$/, '')).slice(1);
    asked.push(`${request.method ?? ''} ${path}`);
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const answer = (status: number, body: string | Buffer = '', headers = {}) =>
        response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
      if (!(request.headers.authorization ?? '').includes(`Credential=${accessKey}/`))
        return answer(403, error('InvalidAccessKeyId'));
      if (!path.startsWith(`${bucket}/`)) return answer(404, error('NoSuchBucket'));
      if (request.method === 'PUT') {
        const bytes = Buffer.concat(pieces);
        const sum = createHash('sha256').update(bytes).digest('base64');
        if (request.headers['x-amz-checksum-sha256'] !== sum)
          return answer(400, error('BadDigest'));
        objects.set(path, { bytes, type: request.headers['content-type'] ?? '' });
        return answer(200);
      }
      const found = objects.get(path);
      if (found === undefined) return answer(404, error('NoSuchKey'));
      return answer(200, found.bytes, {
        'content-length': found.bytes.length,
        'content-type': found.type,
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    objects,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
