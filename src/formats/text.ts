import iconv from 'iconv-lite';
import { SourceError, UsageError } from '../model/errors.ts';
import { guessEncoding } from './text-guess.ts';

/** Which encoding some bytes are in; `certain` is false where it had to be guessed. */
export interface DetectedEncoding {
  readonly encoding: string;
  readonly certain: boolean;
  readonly bom: boolean;
}

/** What `decodeText` reads; without `encoding` it is detected from the first 64 KiB. */
export interface DecodeOptions {
  readonly file: string;
  readonly encoding?: string | undefined;
}

/** How many of the first bytes decide. */
const headSize = 64 * 1024;

/** Finds the encoding of a text from its first bytes; `file` names them in an error. */
export function detectEncoding(bytes: Uint8Array, file = 'The input'): DetectedEncoding {
  const head = bytes.subarray(0, headSize);
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe)) {
    throw new SourceError(`${file}: the text is in UTF-32.`, {
      hint: 'Save it as UTF-8 and try again.',
    });
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return sure('utf-8', true);
  if (a === 0xff && b === 0xfe) return sure('utf-16le', true);
  if (a === 0xfe && b === 0xff) return sure('utf-16be', true);
  const wide = wideOrder(head);
  if (wide) return sure(wide, false);
  if (isUtf8(head)) return sure('utf-8', false);
  return { encoding: guessEncoding(head), certain: false, bom: false };
}

const sure = (encoding: string, bom: boolean): DetectedEncoding => ({
  encoding,
  certain: true,
  bom,
});

/**
 * Text in UTF-16 has zeros in every other byte: western text all of them, Russian text those of its spaces and line
 * ends. It may be valid UTF-8 too, so this is asked first.
 */
function wideOrder(head: Uint8Array): string | undefined {
  let [even, odd] = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) {
      if (index % 2 === 0) even++;
      else odd++;
    }
  });
  const some = head.length / 100;
  if (odd > some && even < odd / 20) return 'utf-16le';
  return even > some && odd < even / 20 ? 'utf-16be' : undefined;
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // As a stream, so that a sequence cut off at the end of the head does no harm.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** One name per encoding. Latin-1 and ASCII are read as windows-1252, as browsers do: it only adds letters. */
export function canonical(encoding: string): string {
  const name = encoding.trim().toLowerCase();
  if (name === 'utf8') return 'utf-8';
  if (name === 'utf-16' || name === 'utf16le' || name === 'ucs-2') return 'utf-16le';
  return /^(iso[-_]?8859-1|latin-?1|(us-)?ascii|cp-?1252)$/.test(name) ? 'windows-1252' : name;
}

/** Whether `decodeText` can decode an encoding of this name. */
export function isEncoding(encoding: string): boolean {
  const name = canonical(encoding);
  return name === 'utf-16be' || iconv.encodingExists(name);
}

/** The beginning of a text, to look at: what is no text in this encoding, or is cut off at the end, is no obstacle. */
export function decodeHead(bytes: Uint8Array, encoding: string): string {
  const name = canonical(encoding);
  if (name === 'utf-8' || name === 'utf-16le' || name === 'utf-16be') {
    return new TextDecoder(name).decode(bytes, { stream: true });
  }
  return isEncoding(name) ? iconv.decode(Buffer.from(bytes), name) : '';
}

/** Decodes bytes to text as they arrive, without the byte order mark; bytes that are no text are a SourceError. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  options: DecodeOptions,
): AsyncGenerator<string> {
  let decoder =
    options.encoding === undefined ? undefined : openDecoder(options.encoding, options.file);
  let head: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of bytes) {
    if (decoder) {
      yield* decoder.write(chunk);
      continue;
    }
    head.push(chunk);
    held += chunk.length;
    if (held < headSize) continue;
    const start = Buffer.concat(head);
    head = [];
    decoder = openDecoder(detectEncoding(start, options.file).encoding, options.file);
    yield* decoder.write(start);
  }
  if (!decoder) {
    const start = Buffer.concat(head);
    decoder = openDecoder(detectEncoding(start, options.file).encoding, options.file);
    yield* decoder.write(start);
  }
  yield* decoder.end();
}

/** Gives the text of the bytes so far; never the empty text. */
interface Decoder {
  write(chunk: Uint8Array): Iterable<string>;
  end(): Iterable<string>;
}

function openDecoder(encoding: string, file: string): Decoder {
  const name = canonical(encoding);
  if (name === 'utf-8' || name === 'utf-16le' || name === 'utf-16be') {
    return new UnicodeDecoder(name, file);
  }
  if (!isEncoding(name)) {
    throw new UsageError(`There is no encoding "${encoding}".`, {
      hint: 'Use for example --encoding utf-8 or --encoding windows-1252.',
    });
  }
  const decoder = iconv.getDecoder(name);
  const some = (text: string | undefined): string[] => (text ? [text] : []);
  return {
    write: (chunk) =>
      some(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))),
    end: () => some(decoder.end()),
  };
}

/** Strict UTF-8 and UTF-16. Holds back a torn character itself, so that the place of a wrong byte is known. */
class UnicodeDecoder implements Decoder {
  readonly #encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly #file: string;
  #torn: Uint8Array = new Uint8Array(0);
  #offset = 0;

  constructor(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', file: string) {
    this.#encoding = encoding;
    this.#file = file;
  }

  *write(chunk: Uint8Array): Generator<string> {
    const bytes = this.#torn.length > 0 ? Buffer.concat([this.#torn, chunk]) : chunk;
    const end = this.#encoding === 'utf-8' ? utf8End(bytes) : utf16End(bytes, this.#encoding);
    this.#torn = Uint8Array.from(bytes.subarray(end));
    const whole = bytes.subarray(0, end);
    try {
      const text = this.#decode(whole);
      if (text !== '') yield text;
    } catch {
      const valid = this.#validLength(whole);
      const text = this.#decode(whole.subarray(0, valid));
      if (text !== '') yield text;
      throw this.#invalid(this.#offset + valid);
    }
    this.#offset += end;
  }

  end(): Iterable<string> {
    if (this.#torn.length > 0) throw this.#invalid(this.#offset);
    return [];
  }

  /** The byte order mark is a character only at the very beginning, where it is dropped. */
  #decode(bytes: Uint8Array): string {
    return new TextDecoder(this.#encoding, { fatal: true, ignoreBOM: this.#offset > 0 }).decode(
      bytes,
    );
  }

  /** The length of the longest valid beginning, found by halving. */
  #validLength(bytes: Uint8Array): number {
    let [valid, invalid] = [0, bytes.length];
    while (invalid - valid > 1) {
      const middle = Math.floor((valid + invalid) / 2);
      try {
        new TextDecoder(this.#encoding, { fatal: true }).decode(bytes.subarray(0, middle), {
          stream: true,
        });
        valid = middle;
      } catch {
        invalid = middle;
      }
    }
    const whole = bytes.subarray(0, valid);
    return this.#encoding === 'utf-8' ? utf8End(whole) : utf16End(whole, this.#encoding);
  }

  #invalid(offset: number): SourceError {
    return new SourceError(`${this.#file}, byte ${offset}: not valid ${this.#encoding} text.`, {
      hint: 'If the file is in another encoding, name it: --encoding windows-1252.',
    });
  }
}

/** Where the last whole UTF-8 character ends. */
function utf8End(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where the last whole UTF-16 character ends. */
function utf16End(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): number {
  const even = bytes.length - (bytes.length % 2);
  const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}
