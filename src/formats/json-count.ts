import { SourceError } from '../model/errors.ts';
import { openJsonText } from './json-lines.ts';
import type { JsonOptions, JsonSelect } from './json.ts';
import { readLines } from './text-lines.ts';

/** A value cut out by `scanJson`; undefined where a line is not JSON. */
export interface ScannedJson {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Takes the same values as `readJson` by another path: cut out by quotes and brackets, parsed by
 * JSON.parse. It does not check what lies between the values it takes.
 */
export async function* scanJson(
  text: AsyncIterable<string>,
  options: JsonOptions,
): AsyncGenerator<ScannedJson> {
  const opened = await openJsonText(text);
  if (!opened.lines) {
    const scanner = new JsonScanner(options, []);
    for await (const chunk of opened.text) {
      const found: ScannedJson[] = [];
      try {
        scanner.push(chunk, found);
      } finally {
        yield* found;
      }
    }
    const found: ScannedJson[] = [];
    scanner.end(found);
    yield* found;
    return;
  }
  for await (const lines of readLines(opened.text, options.file)) {
    for (const { text: line, ended } of lines) {
      if (line.trim() !== '') yield* scanLine(line, ended, options);
    }
  }
}

function scanLine(line: string, ended: boolean, options: JsonOptions): readonly ScannedJson[] {
  try {
    return select(JSON.parse(line), ['[]'], options.select);
  } catch {
    if (!ended) {
      // Throws where brackets or quotes are open: the file was cut off here.
      const scanner = new JsonScanner({ file: options.file, select: () => 'skip' }, ['[]']);
      scanner.push(line, []);
      scanner.end([]);
    }
    return [{ path: ['[]'], value: undefined }];
  }
}

/** The selected parts of a value that is already parsed. */
function select(value: unknown, path: readonly string[], by: JsonSelect): ScannedJson[] {
  const choice = by(path);
  if (choice === 'skip') return [];
  if (choice === 'take' || typeof value !== 'object' || value === null) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((item) => select(item, [...path, '[]'], by));
  return Object.entries(value).flatMap(([key, item]) => select(item, [...path, key], by));
}

const longestValue = 64 * 1024 * 1024;

class JsonScanner {
  readonly #options: JsonOptions;
  readonly #path: string[];
  /** Closing brackets of the containers that were entered. */
  readonly #entered: string[] = [];
  #keyNext = false;
  #rootSeen = false;
  // The key or value that is being passed
  #kind: 'none' | 'text' | 'scalar' | 'container' = 'none';
  #purpose: 'key' | 'take' | 'skip' = 'skip';
  #cutOut = '';
  #depth = 0;
  #quoted = false;
  #escaped = false;

  constructor(options: JsonOptions, root: readonly string[]) {
    this.#options = options;
    this.#path = [...root];
  }

  push(chunk: string, found: ScannedJson[]): void {
    let index = 0;
    while (index < chunk.length) {
      if (this.#kind === 'none') {
        this.#between(chunk.charAt(index));
        // The first character of a value belongs to it; it has been seen.
        if (this.#isOpen()) this.#hold(chunk.charAt(index));
        index++;
        continue;
      }
      const end = this.#endOfValue(chunk, index);
      this.#hold(chunk.slice(index, end < 0 ? undefined : end));
      if (end < 0) return;
      this.#finish(found);
      index = end;
    }
  }

  end(found: ScannedJson[]): void {
    if (this.#kind === 'scalar' && this.#entered.length === 0) this.#finish(found);
    if (this.#kind !== 'none' || this.#entered.length > 0 || !this.#rootSeen) {
      throw new SourceError(`${this.#options.file}: the document ends before it is complete.`);
    }
  }

  #isOpen(): boolean {
    return this.#kind !== 'none';
  }

  /** A character between values. */
  #between(character: string): void {
    switch (character) {
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        return;
      case ',':
        this.#keyNext = this.#entered.at(-1) === '}';
        return;
      case ':':
        this.#keyNext = false;
        return;
      case ']':
      case '}':
        if (this.#entered.pop() !== character) {
          throw new SourceError(`${this.#options.file}: not JSON: unexpected '${character}'.`);
        }
        this.#path.pop();
        this.#keyNext = false;
        return;
      default:
        this.#begin(character);
    }
  }

  #begin(character: string): void {
    const opens = character === '{' || character === '[';
    this.#quoted = character === '"';
    this.#escaped = false;
    this.#depth = 1;
    this.#cutOut = '';
    if (this.#keyNext) {
      this.#purpose = 'key';
    } else {
      if (this.#entered.length === 0) {
        if (this.#rootSeen) {
          throw new SourceError(`${this.#options.file}: not JSON: something follows the document.`);
        }
        this.#rootSeen = true;
      }
      const choice = this.#options.select(this.#path);
      if (choice === 'enter' && opens) {
        this.#entered.push(character === '{' ? '}' : ']');
        this.#path.push('[]');
        this.#keyNext = character === '{';
        return;
      }
      this.#purpose = choice === 'skip' ? 'skip' : 'take';
    }
    this.#kind = opens ? 'container' : this.#quoted ? 'text' : 'scalar';
  }

  /** The index after the value that is open; -1 where it goes on after the chunk. */
  #endOfValue(chunk: string, from: number): number {
    for (let index = from; index < chunk.length; index++) {
      const code = chunk.charCodeAt(index);
      if (this.#quoted) {
        if (this.#escaped) this.#escaped = false;
        else if (code === 0x5c) this.#escaped = true;
        else if (code === 0x22) {
          this.#quoted = false;
          if (this.#kind === 'text') return index + 1;
        }
      } else if (this.#kind === 'scalar') {
        if (code <= 0x20 || code === 0x2c || code === 0x5d || code === 0x7d) return index;
      } else if (code === 0x22) {
        this.#quoted = true;
      } else if (code === 0x7b || code === 0x5b) {
        this.#depth++;
      } else if (code === 0x7d || code === 0x5d) {
        this.#depth--;
        if (this.#depth === 0) return index + 1;
      }
    }
    return -1;
  }

  #hold(text: string): void {
    if (this.#purpose === 'skip') return;
    this.#cutOut += text;
    if (this.#cutOut.length > longestValue) {
      throw new SourceError(`${this.#options.file}: a value has more than 64 million characters.`);
    }
  }

  #finish(found: ScannedJson[]): void {
    this.#kind = 'none';
    if (this.#purpose === 'skip') return;
    const value = this.#parse();
    if (this.#purpose === 'key') this.#path[this.#path.length - 1] = String(value);
    else found.push({ path: [...this.#path], value });
  }

  #parse(): unknown {
    try {
      return JSON.parse(this.#cutOut);
    } catch (cause) {
      throw new SourceError(
        `${this.#options.file}: not JSON, in ${['the document', ...this.#path].join(' / ')}: ` +
          this.#cutOut.slice(0, 60),
        { cause },
      );
    }
  }
}
