import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { SourceError } from '../model/errors.ts';
import type { XmlElement } from './xml-element.ts';
import { refuseDoctype } from './xml-prolog.ts';

/** How much of a document may be held in memory; characters, unless said otherwise. */
export interface XmlLimits {
  /** Elements inside each other. */
  readonly depth: number;
  /** Own text of one element, a tag, and comments without an element between them. */
  readonly text: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** One taken element with all it holds. */
  readonly record: number;
}

const defaultLimits: XmlLimits = {
  depth: 100,
  text: 16 * 1024 * 1024,
  attributes: 200,
  record: 64 * 1024 * 1024,
};

export interface XmlOptions {
  readonly file: string;
  /** Whether to assemble and yield the element at a path; the root is `[rootName]`. Not asked inside a taken element. */
  readonly take: (path: readonly string[]) => boolean;
  /** Called for each element that is not taken, before anything inside it. */
  readonly enter?: (
    path: readonly string[],
    attributes: Readonly<Record<string, string>>,
    line: number,
  ) => void;
  readonly limits?: Partial<XmlLimits>;
}

/** An element that was taken, and the line on which it begins. */
export interface XmlItem {
  readonly path: readonly string[];
  readonly element: XmlElement;
  readonly line: number;
}

/** Walks an XML document and yields the elements that `take` names. A DOCTYPE or an undefined entity is a SourceError. */
export async function* readXml(
  text: AsyncIterable<string>,
  options: XmlOptions,
): AsyncGenerator<XmlItem> {
  const reader = new XmlReader(options);
  for await (const chunk of refuseDoctype(text, options.file)) {
    const failure = reader.write(chunk);
    yield* reader.items();
    if (failure) throw failure;
  }
  const failure = reader.end();
  if (failure) throw failure;
}

/** An element whose children and text are still coming. */
interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

class XmlReader {
  readonly #options: XmlOptions;
  readonly #limits: XmlLimits;
  readonly #parser = new SaxesParser({ xmlns: false });
  /** Names of the open elements, down to a taken one. */
  readonly #path: string[] = [];
  /** The open elements of a taken one. */
  readonly #open: OpenElement[] = [];
  #items: XmlItem[] = [];
  #attributes = 0;
  /** Where the tag that is being read, and where the taken element begins. */
  #tagLine = 1;
  #line = 1;
  #start = 0;
  /** Characters since the last tag or text was reported: what the parser may hold, comments included. */
  #unreported = 0;

  constructor(options: XmlOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    const reported = (): void => {
      this.#unreported = 0;
    };
    // Six handlers and no more: with eight of them V8 keeps the parser as a dictionary, and it is five
    // times slower.
    this.#parser.on('opentagstart', () => {
      this.#attributes = 0;
      this.#tagLine = this.#parser.line;
      reported();
    });
    this.#parser.on('attribute', () => {
      reported();
      this.#attributes++;
      if (this.#attributes > this.#limits.attributes) {
        throw this.#error(`an element has more than ${this.#limits.attributes} attributes`);
      }
    });
    this.#parser.on('opentag', (tag) => {
      this.#openTag(tag);
    });
    this.#parser.on('closetag', () => {
      this.#closeTag();
    });
    const text = (piece: string): void => {
      reported();
      this.#text(piece);
    };
    this.#parser.on('text', text);
    this.#parser.on('cdata', text);
  }

  /** Reads on; gives the error that ends the reading. */
  write(chunk: string): SourceError | undefined {
    this.#unreported += chunk.length;
    const failure = this.#attempt(() => this.#parser.write(chunk));
    if (failure || this.#unreported <= this.#limits.text + chunk.length) return failure;
    return this.#error(`a text, a tag or comments have more than ${this.#limits.text} characters`);
  }

  end(): SourceError | undefined {
    return this.#attempt(
      () => this.#parser.close(),
      'The file was probably cut off: export or download it again.',
    );
  }

  /** The elements completed since the last call. */
  items(): readonly XmlItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #attempt(read: () => unknown, hint?: string): SourceError | undefined {
    try {
      read();
      return undefined;
    } catch (error) {
      if (error instanceof SourceError) return error;
      // The parser puts the position before its message.
      const reason = (error instanceof Error ? error.message : String(error)).replace(
        /^\d+:\d+: /,
        '',
      );
      return this.#error(reason.replace(/\.$/, ''), hint);
    }
  }

  #openTag(tag: SaxesTagPlain): void {
    const depth = this.#path.length + Math.max(0, this.#open.length - 1) + 1;
    if (depth > this.#limits.depth) {
      throw this.#error(`the document is more than ${this.#limits.depth} levels deep`);
    }
    const { name, attributes } = tag;
    if (this.#open.length > 0) {
      if (this.#parser.position - this.#start > this.#limits.record) {
        throw this.#error(`one record has more than ${this.#limits.record} characters`);
      }
      this.#open.push({ name, attributes, children: [], text: '' });
      return;
    }
    this.#path.push(name);
    if (this.#options.take(this.#path)) {
      this.#line = this.#tagLine;
      this.#start = this.#parser.position;
      this.#open.push({ name, attributes, children: [], text: '' });
    } else {
      this.#options.enter?.(this.#path, attributes, this.#tagLine);
    }
  }

  #closeTag(): void {
    const element = this.#open.pop();
    if (element) {
      const parent = this.#open.at(-1);
      if (parent) {
        parent.children.push(element);
        return;
      }
      this.#items.push({ path: [...this.#path], element, line: this.#line });
    }
    this.#path.pop();
  }

  #text(piece: string): void {
    const element = this.#open.at(-1);
    if (!element) return;
    element.text += piece;
    if (element.text.length > this.#limits.text) {
      throw this.#error(
        `the text of <${element.name}> has more than ${this.#limits.text} characters`,
      );
    }
  }

  #error(reason: string, hint?: string): SourceError {
    const { line, column } = this.#parser;
    return new SourceError(
      `${this.#options.file}, line ${line}, column ${column}: not well-formed XML: ${reason}.`,
      hint === undefined ? {} : { hint },
    );
  }
}
