import type { LookupAddress } from 'node:dns';

/** What a download may take, of space and of time. */
export interface DownloadLimits {
  /** Bytes of the body, unpacked. */
  readonly maxBytes: number;
  /** Unpacked to packed, after the first 10 MiB. */
  readonly maxRatio: number;
  /** For the connection, names and TLS included. */
  readonly connectMs: number;
  /** Without a byte. */
  readonly idleMs: number;
  /** For the whole of it: redirects, further attempts and the waiting between them. */
  readonly totalMs: number;
  readonly maxRedirects: number;
  /** The first one included. */
  readonly attempts: number;
  /** Before the second attempt; twice as long before each further one, less a random part. */
  readonly backoffMs: number;
  /** The longest that is waited; a server that asks for more is left alone for this time. */
  readonly maxBackoffMs: number;
}

/** For a partner's feed: a large file, now and then. */
export const feedLimits: DownloadLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxRatio: 200,
  connectMs: 15_000,
  idleMs: 60_000,
  totalMs: 30 * 60_000,
  maxRedirects: 5,
  attempts: 4,
  backoffMs: 2_000,
  maxBackoffMs: 60_000,
};

/** For a photo or a document: one of very many. */
export const mediaLimits: DownloadLimits = {
  ...feedLimits,
  maxBytes: 100 * 1024 ** 2,
  idleMs: 20_000,
  totalMs: 5 * 60_000,
  attempts: 2,
};

/** Finds the addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The world outside of a downloader. */
export interface Network {
  /** Hosts, addresses and networks (`10.0.0.0/8`) that may be asked though they are not public ones. */
  readonly allow: readonly string[];
  /** From 0 to 1, for the waiting times. */
  readonly random: () => number;
  readonly now: () => Date;
  /** The system's resolver where nothing is said. */
  readonly resolve?: Resolve | undefined;
  /** Certificate authorities (PEM) instead of those that the program trusts. */
  readonly authorities?: string | undefined;
  /** Connections to one server at a time; 4 where nothing is said. */
  readonly connectionsPerHost?: number | undefined;
}

/** What a server said of the version of a body that it gave. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** A file to get. */
export interface DownloadRequest {
  /** http or https, perhaps with a user and a password. */
  readonly url: string;
  /** Sent to the server of the URL, and to no other that it redirects to. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Of the version that is here already: it is not sent again. */
  readonly known?: Validators | undefined;
  /** Directory that the file is written into, under a name of its own; made where it is missing. */
  readonly directory: string;
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
}

/** A body that came whole and is on the disk, with nothing left to write. */
export interface Downloaded extends Validators {
  readonly kind: 'received';
  readonly file: string;
  /** Hex, of the unpacked body. */
  readonly sha256: string;
  /** Unpacked. */
  readonly bytes: number;
  /** As they came over the network. */
  readonly wireBytes: number;
  /** As the server calls it. */
  readonly contentType: string | undefined;
  /** Where it came from in the end, for people: without secrets. */
  readonly from: string;
  readonly attempts: number;
}

/** The server says that the known version is the newest. */
export interface NotModified extends Validators {
  readonly kind: 'unchanged';
  readonly from: string;
  readonly attempts: number;
}

/** Gets files over http and https, safely. */
export interface Downloader {
  /**
   * Gets one file. Throws DownloadError, a SourceError, when it cannot be had whole; TargetError when it cannot be
   * written; AbortedError when the signal says so. A file is left behind by success alone.
   */
  download(request: DownloadRequest): Promise<Downloaded | NotModified>;
  /** Ends idle connections. */
  close(): Promise<void>;
}
