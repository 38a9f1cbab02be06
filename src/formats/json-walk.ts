import type { Token } from 'stream-json/core/parser.js';
import { SourceError } from '../model/errors.ts';
import type { Value } from '../model/record.ts';
import type { JsonItem, JsonOptions, JsonSelect } from './json.ts';

/** A container that is being assembled, and in an object the key whose value comes next. */
type Frame =
  | { readonly named: Record<string, Value>; key: string }
  | { readonly named?: undefined; readonly list: Value[] };

const deepest = 200;

/** Follows the tokens of one document: asks `select` at each value and assembles what is taken. */
export class JsonWalker {
  /** Whether each open container is an object, from the root inwards. */
  readonly open: boolean[] = [];
  readonly #file: string;
  readonly #select: JsonSelect;
  /** The path of the value that comes next. */
  readonly #path: string[];
  readonly #rootDepth: number;
  #items: JsonItem[] = [];
  #finished = false;
  // Inside a taken value
  readonly #frames: Frame[] = [];
  #line = 1;
  #duplicates: string[] = [];
  readonly #numbersAsked: ReadonlySet<string> | undefined;
  #numbers: string[] | undefined;
  /** The depth at which skipping ends; 0 while nothing is skipped. */
  #skipUntil = 0;

  constructor(
    file: string,
    { select, numbers }: Pick<JsonOptions, 'select' | 'numbers'>,
    root: readonly string[] = [],
  ) {
    this.#file = file;
    this.#select = select;
    this.#numbersAsked = numbers;
    this.#path = [...root];
    this.#rootDepth = root.length;
  }

  /** Whether the root value has been read to its end. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Takes tokens that begin at a line; `breaks` as in a JsonSlice. Gives the values completed by them. */
  take(tokens: readonly Token[], line: number, breaks: readonly number[]): readonly JsonItem[] {
    this.#items = [];
    let passed = 0;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      if (!token) break;
      while ((breaks[passed] ?? Infinity) <= index) passed++;
      this.#token(token, line + passed);
    }
    return this.#items;
  }

  #token(token: Token, line: number): void {
    switch (token.name) {
      case 'keyValue':
        this.#key(token.value);
        break;
      case 'numberValue':
        this.#noteNumber();
        this.#scalar(token.value, line);
        break;
      case 'stringValue':
        this.#scalar(token.value, line);
        break;
      case 'nullValue':
        this.#scalar(null, line);
        break;
      case 'trueValue':
        this.#scalar('true', line);
        break;
      case 'falseValue':
        this.#scalar('false', line);
        break;
      case 'startObject':
        this.#start(true, line);
        break;
      case 'startArray':
        this.#start(false, line);
        break;
      case 'endObject':
      case 'endArray':
        this.#end();
        break;
      // The tokenizer packs values, so it never sends their pieces.
      case 'startKey':
      case 'endKey':
      case 'startString':
      case 'stringChunk':
      case 'endString':
      case 'startNumber':
      case 'numberChunk':
      case 'endNumber':
      case 'whitespace':
        break;
    }
  }

  #key(key: string): void {
    if (this.#skipUntil > 0) return;
    const frame = this.#frames.at(-1);
    if (!frame) {
      this.#path[this.#path.length - 1] = key;
    } else if (frame.named) {
      frame.key = key;
      if (Object.hasOwn(frame.named, key)) {
        this.#duplicates.push(
          this.#frames.flatMap((outer) => (outer.named ? [outer.key] : [])).join('.'),
        );
      }
    }
  }

  #noteNumber(): void {
    if (this.#numbersAsked === undefined || this.#frames.length !== 1) return;
    const key = this.#frames[0]?.named && this.#frames[0].key;
    if (key !== undefined && this.#numbersAsked.has(key)) (this.#numbers ??= []).push(key);
  }

  #scalar(value: string | null, line: number): void {
    if (this.#skipUntil > 0) return;
    const frame = this.#frames.at(-1);
    if (frame) {
      put(frame, value);
      return;
    }
    if (this.#select(this.#path) !== 'skip') {
      this.#items.push({ kind: 'item', path: [...this.#path], value, line, duplicateKeys: [] });
    }
    this.#valueDone();
  }

  #start(object: boolean, line: number): void {
    this.open.push(object);
    if (this.open.length > deepest) {
      throw new SourceError(
        `${this.#file}, line ${line}: the document is more than ${deepest} levels deep.`,
      );
    }
    if (this.#skipUntil > 0) return;
    if (this.#frames.length > 0) {
      this.#frames.push(object ? { named: {}, key: '' } : { list: [] });
      return;
    }
    switch (this.#select(this.#path)) {
      case 'take':
        this.#line = line;
        this.#duplicates = [];
        this.#numbers = undefined;
        this.#frames.push(object ? { named: {}, key: '' } : { list: [] });
        break;
      case 'enter':
        this.#path.push('[]');
        break;
      case 'skip':
        this.#skipUntil = this.open.length;
        break;
    }
  }

  #end(): void {
    this.open.pop();
    if (this.#skipUntil > 0) {
      if (this.open.length >= this.#skipUntil) return;
      this.#skipUntil = 0;
    } else {
      const frame = this.#frames.pop();
      if (frame) {
        const value = frame.named ?? frame.list;
        const outer = this.#frames.at(-1);
        if (outer) {
          put(outer, value);
          return;
        }
        this.#items.push({
          kind: 'item',
          path: [...this.#path],
          value,
          line: this.#line,
          duplicateKeys: this.#duplicates,
          ...(this.#numbers === undefined ? {} : { numbers: this.#numbers }),
        });
      } else {
        this.#path.pop();
      }
    }
    this.#valueDone();
  }

  #valueDone(): void {
    if (this.#path.length === this.#rootDepth) this.#finished = true;
  }
}

function put(frame: Frame, value: Value): void {
  if (!frame.named) {
    frame.list.push(value);
  } else if (frame.key === '__proto__') {
    // Assigning would set the prototype; here it is a name like any other.
    Object.defineProperty(frame.named, frame.key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    frame.named[frame.key] = value;
  }
}
