import { SourceError } from '../model/errors.ts';

export interface XmlScanOptions {
  readonly file: string;
  readonly take: (path: readonly string[]) => boolean;
}

/** An element cut out of a document, as raw text. */
export interface ScannedXml {
  readonly path: readonly string[];
  /** From `<` to `>`, as written. */
  readonly openTag: string;
  /** Everything between the open and the close tag, as written. */
  readonly text: string;
}

/** Characters of one tag, comment or section, and of one taken element. */
const longestMarkup = 16 * 1024 * 1024;
const longestElement = 64 * 1024 * 1024;
const deepest = 100;

/**
 * Takes the same elements as `readXml` by another path: a scanner of angle brackets and quotes, which
 * knows nothing of entities and attributes. Elements inside a taken one are not asked about.
 */
export async function* scanXmlElements(
  text: AsyncIterable<string>,
  options: XmlScanOptions,
): AsyncGenerator<ScannedXml> {
  const scanner = new XmlScanner(options);
  for await (const chunk of text) {
    const found: ScannedXml[] = [];
    try {
      scanner.push(chunk, found);
    } finally {
      yield* found;
    }
  }
  scanner.end();
}

class XmlScanner {
  readonly #options: XmlScanOptions;
  readonly #path: string[] = [];
  #held = '';
  #sawRoot = false;
  /** The element that is being cut out: how deep it lies, its tag and what has come of its text. */
  #taken: { depth: number; openTag: string; text: string } | undefined;

  constructor(options: XmlScanOptions) {
    this.#options = options;
  }

  push(chunk: string, found: ScannedXml[]): void {
    const buffer = this.#held + chunk;
    let done = 0;
    for (;;) {
      const start = buffer.indexOf('<', done);
      this.#keep(buffer.slice(done, start < 0 ? undefined : start));
      if (start < 0) {
        this.#held = '';
        return;
      }
      const end = markupEnd(buffer, start);
      if (end < 0) {
        this.#held = buffer.slice(start);
        if (this.#held.length > longestMarkup) throw this.#error('a tag or comment has no end');
        return;
      }
      this.#markup(buffer.slice(start, end), found);
      done = end;
    }
  }

  end(): void {
    if (this.#held !== '' || this.#path.length > 0 || !this.#sawRoot) {
      throw this.#error('the document ends before it is complete');
    }
  }

  #markup(markup: string, found: ScannedXml[]): void {
    if (markup.startsWith('</')) {
      this.#close(markup, found);
    } else if (markup.startsWith('<!D')) {
      throw this.#error('the document has a document type');
    } else if (markup.startsWith('<!') || markup.startsWith('<?')) {
      this.#keep(markup);
    } else {
      this.#open(markup, found);
    }
  }

  #open(tag: string, found: ScannedXml[]): void {
    const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? '';
    this.#sawRoot = true;
    this.#path.push(name);
    if (this.#path.length > deepest) {
      throw this.#error(`the document is more than ${deepest} levels deep`);
    }
    const closed = tag.endsWith('/>');
    if (this.#taken) {
      this.#keep(tag);
    } else if (this.#options.take(this.#path)) {
      if (closed) found.push({ path: [...this.#path], openTag: tag, text: '' });
      else this.#taken = { depth: this.#path.length, openTag: tag, text: '' };
    }
    if (closed) this.#path.pop();
  }

  #close(tag: string, found: ScannedXml[]): void {
    const name = tag.slice(2, -1).trimEnd();
    if (this.#path.at(-1) !== name) throw this.#error(`</${name}> closes nothing`);
    if (this.#taken?.depth === this.#path.length) {
      const { openTag, text } = this.#taken;
      found.push({ path: [...this.#path], openTag, text });
      this.#taken = undefined;
    }
    this.#keep(tag);
    this.#path.pop();
  }

  #keep(text: string): void {
    if (!this.#taken) return;
    this.#taken.text += text;
    if (this.#taken.text.length > longestElement) throw this.#error('an element has no end');
  }

  #error(what: string): SourceError {
    const where =
      this.#path.length > 0 ? `, in ${this.#path.slice(0, 5).join('/').slice(0, 200)}` : '';
    return new SourceError(`${this.#options.file}${where}: ${what}.`);
  }
}

/** Where the tag, comment, section or instruction at `start` ends; -1 where its end has not come yet. */
function markupEnd(buffer: string, start: number): number {
  const after = (end: string, from: number): number => {
    const index = buffer.indexOf(end, from);
    return index < 0 ? -1 : index + end.length;
  };
  if (buffer.startsWith('<?', start)) return after('?>', start + 2);
  if (buffer.startsWith('<!', start)) {
    if (buffer.startsWith('<!--', start)) return after('-->', start + 4);
    if (buffer.startsWith('<![CDATA[', start)) return after(']]>', start + 9);
    // Fewer characters than these two begin with: it may still become one of them.
    if (buffer.length - start < 9 && /^<!(-|\[C?D?A?T?A?)?$/.test(buffer.slice(start))) return -1;
    return buffer.startsWith('<!D', start) ? start + 3 : after('>', start);
  }
  let quote = '';
  for (let index = start + 1; index < buffer.length; index++) {
    const character = buffer.charAt(index);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') {
      return index + 1;
    } else if (character === '"' || character === "'") {
      quote = character;
    }
  }
  return -1;
}
