import { SourceError } from '../model/errors.ts';

/** A piece of a JSON document that ends right after a comma or an opening bracket, so never inside a token. */
export interface JsonSlice {
  readonly text: string;
  /** Where the piece begins, from 1. */
  readonly line: number;
  readonly column: number;
  /** How many tokens (brackets, keys, scalars) begin in the piece; a tokenizer that gives fewer has met an error. */
  readonly tokens: number;
  /** For each line end in the piece: how many tokens begin before it. */
  readonly breaks: readonly number[];
}

/** Characters that may be held while no comma or bracket comes: the bound of one text. */
const longestToken = 64 * 1024 * 1024;

/**
 * Cuts the text of a JSON document where no token is torn. The tokenizer then never has to resume inside
 * a token, every token has a known line, and a piece that fails can be read again up to its error.
 */
export class JsonCutter {
  readonly #file: string;
  #held = '';
  #line = 1;
  #column = 1;
  #tokens = 0;
  #breaks: number[] = [];
  #inText = false;
  #escaped = false;
  #inScalar = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** Takes the next characters; gives what can be cut off by now. */
  push(chunk: string): JsonSlice | undefined {
    let cut = -1;
    let tokensAtCut = 0;
    let breaksAtCut = 0;
    // Locals: this loop sees every character.
    let [inText, escaped, inScalar, tokens] = [
      this.#inText,
      this.#escaped,
      this.#inScalar,
      this.#tokens,
    ];
    for (let i = 0; i < chunk.length; i++) {
      const code = chunk.charCodeAt(i);
      if (inText) {
        if (escaped) escaped = false;
        else if (code === 0x5c) escaped = true;
        else if (code === 0x22) inText = false;
      } else if (code === 0x22) {
        inText = true;
        inScalar = false;
        tokens++;
      } else if (code === 0x2c || code === 0x5b || code === 0x7b) {
        // A comma, or a bracket that opens
        if (code !== 0x2c) tokens++;
        inScalar = false;
        cut = i + 1;
        tokensAtCut = tokens;
        breaksAtCut = this.#breaks.length;
      } else if (code === 0x5d || code === 0x7d) {
        inScalar = false;
        tokens++;
      } else if (
        code === 0x3a ||
        code === 0x20 ||
        code === 0x0a ||
        code === 0x0d ||
        code === 0x09
      ) {
        inScalar = false;
        if (code === 0x0a) this.#breaks.push(tokens);
      } else if (!inScalar) {
        inScalar = true;
        tokens++;
      }
    }
    this.#inText = inText;
    this.#escaped = escaped;
    this.#inScalar = inScalar;
    this.#tokens = tokens;
    if (cut < 0) {
      this.#hold(chunk);
      return undefined;
    }
    const text = this.#held + chunk.slice(0, cut);
    const slice = this.#slice(text, tokensAtCut, this.#breaks.slice(0, breaksAtCut));
    this.#breaks = this.#breaks.slice(breaksAtCut).map((count) => count - tokensAtCut);
    this.#tokens -= tokensAtCut;
    this.#held = '';
    this.#hold(chunk.slice(cut));
    return slice;
  }

  /** What is left at the end of the document. */
  end(): JsonSlice {
    return this.#slice(this.#held, this.#tokens, this.#breaks);
  }

  #hold(text: string): void {
    this.#held += text;
    if (this.#held.length > longestToken) {
      throw new SourceError(
        `${this.#file}, line ${this.#line + this.#breaks.length}: a text of more than 64 million characters begins here.`,
      );
    }
  }

  #slice(text: string, tokens: number, breaks: number[]): JsonSlice {
    const slice = { text, line: this.#line, column: this.#column, tokens, breaks };
    this.#line += breaks.length;
    this.#column =
      breaks.length > 0 ? text.length - text.lastIndexOf('\n') : this.#column + text.length;
    return slice;
  }
}
