/** Which encoding some bytes are in; `certain` is false where it had to be guessed. */
export interface DetectedEncoding {
  readonly encoding: string;
  readonly certain: boolean;
  readonly bom: boolean;
}

/** Finds the encoding of a text from its first bytes (64 KiB are plenty). */
export function detectEncoding(head: Uint8Array, file = 'The input'): DetectedEncoding {
  throw new Error(`not written yet: ${file} ${head.length}`);
}

/** What `decodeText` reads; without `encoding` it is detected from the first 64 KiB. */
export interface DecodeOptions {
  readonly file: string;
  readonly encoding?: string | undefined;
}

/** Decodes bytes to text as they arrive, without the byte order mark; bytes that are no text are a SourceError. */
export function decodeText(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
): AsyncIterable<string> {
  throw new Error(`not written yet: ${options.file} ${typeof bytes}`);
}
