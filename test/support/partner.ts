// A partner's server on loopback that behaves as badly as it is told to.
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createGzip, gzipSync } from 'node:zlib';

/** What was asked. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, asked: Asked) => void;

/** A running server. */
export interface Partner {
  readonly port: number;
  readonly url: (path: string) => string;
  /** The answers to the first, second … request of a path; the last one to all further ones. */
  on(path: string, ...answers: readonly [Answer, ...Answer[]]): void;
  /** Every request so far. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** Starts a partner's server; with a key and a certificate it speaks TLS. */
export async function startPartner(tls?: ServerOptions): Promise<Partner> {
  const asked: Asked[] = [];
  const answers = new Map<string, readonly Answer[]>();
  const times = new Map<string, number>();
  const handle = (
    request: { url?: string | undefined; headers: IncomingHttpHeaders },
    response: ServerResponse,
  ) => {
    const path = (request.url ?? '/').replace(/\?.*$/, '');
    const one: Asked = { path: request.url ?? '/', headers: request.headers };
    asked.push(one);
    const nth = times.get(path) ?? 0;
    times.set(path, nth + 1);
    const list = answers.get(path) ?? [status(404)];
    (list[Math.min(nth, list.length - 1)] ?? status(404))(response, one);
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path) => `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}${path}`,
    on: (path, ...list) => {
      answers.set(path, list);
      times.delete(path);
    },
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

type Body = string | Uint8Array;
const lengthOf = (body: Body) => Buffer.byteLength(body);

/** A file as it should be, with its length. */
export const whole =
  (body: Body, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': lengthOf(body), ...headers }).end(body);
  };

/** A file that is sent once a version: 304 to whoever has it. */
export const versioned =
  (body: Body, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response, asked) => {
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 12)}"`;
    if (asked.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else whole(body, { etag, ...headers })(response, asked);
  };

/** Nothing but a status. */
export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end('no');
  };

/** To another address. */
export const redirect = (location: string, code = 302): Answer =>
  status(code, { location: location.replace(/[^ -~]/g, encodeURIComponent) });

/** One byte after the other, with a pause between them, without an end that anybody lives to see. */
export const slow =
  (pauseMs: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': 1_000_000 });
    const timer = setInterval(() => response.write('x'), pauseMs);
    response.on('close', () => {
      clearInterval(timer);
    });
  };

/** Takes the request and says nothing. */
export const silent = (): Answer => () => undefined;

/** A beginning, and then nothing more. */
export const stalled =
  (body: Body): Answer =>
  (response) => {
    response.writeHead(200, { 'content-length': lengthOf(body) + 1 }).write(body);
  };

/** Bytes without end. */
export const endless = (): Answer => (response) => {
  response.writeHead(200);
  const piece = Buffer.alloc(64 * 1024, 'x');
  const send = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', send);
  send();
};

/** The first half of a file, of which the whole length was said. */
export const truncated =
  (body: Body): Answer =>
  (response) => {
    const half = Buffer.from(body).subarray(0, Math.ceil(lengthOf(body) / 2));
    response.writeHead(200, { 'content-length': lengthOf(body) });
    response.write(half, () => response.destroy());
  };

/** Chunks of which the last one never comes. */
export const brokenChunks =
  (body: Body): Answer =>
  (response) => {
    response.writeHead(200);
    response.write(body, () => response.destroy());
  };

/** The connection is reset before a byte of an answer. */
export const reset = (): Answer => (response) => {
  response.socket?.resetAndDestroy();
};

/** Packed. */
export const gzipped = (body: Body): Answer =>
  whole(gzipSync(body), { 'content-encoding': 'gzip' });

/** Packed, and cut off; the length is that of the half. */
export const gzippedHalf =
  (body: Body): Answer =>
  (response, asked) => {
    const packed = gzipSync(body);
    whole(packed.subarray(0, packed.length / 2), { 'content-encoding': 'gzip' })(response, asked);
  };

/** Zeros, many of them, packed very small. */
export const bomb =
  (bytes: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    const packer = createGzip();
    packer.pipe(response);
    response.on('close', () => packer.destroy());
    const piece = Buffer.alloc(1024 * 1024);
    const send = (left: number) => {
      if (left <= 0) packer.end();
      else
        packer.write(piece, () => {
          if (!packer.destroyed) send(left - piece.length);
        });
    };
    send(bytes);
  };

/** Says that it is packed, and is not. */
export const saysGzip = (body: Body): Answer => whole(body, { 'content-encoding': 'gzip' });
