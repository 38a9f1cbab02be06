import { SourceError } from '../model/errors.ts';

/** What may stand before the root element, apart from a document type. */
const ignorable = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y;
const longestProlog = 1024 * 1024;

/** Where, from a place on, something stands that may not stand before a document type. */
function afterIgnorable(text: string, from: number): number {
  let index = from;
  for (ignorable.lastIndex = from; ignorable.test(text);) index = ignorable.lastIndex;
  return index;
}

/** The name of the document type that a text begins with: `html` of a web page. */
export function documentTypeOf(text: string): string | undefined {
  const rest = text.slice(afterIgnorable(text, 0));
  return /^<!doctype\s+([^\s>[]+)/i.exec(rest)?.[1];
}

/** The error of a document with a document type. */
export function documentTypeRefusal(file: string): SourceError {
  return new SourceError(`${file}: the document has a document type (<!DOCTYPE …>).`, {
    hint: 'Documents with a DOCTYPE are refused, because entities in it can exhaust the memory. Remove it.',
  });
}

/**
 * Passes the text on from where the root element begins to be seen, and refuses a document type.
 * Entities can only be declared there, so none is ever expanded, and a parser never sees a huge one.
 */
export async function* refuseDoctype(
  text: AsyncIterable<string>,
  file: string,
): AsyncGenerator<string> {
  let prolog: string | undefined = '';
  let index = 0;
  for await (const chunk of text) {
    if (prolog === undefined) {
      yield chunk;
      continue;
    }
    prolog += chunk;
    index = afterIgnorable(prolog, index);
    const rest = prolog.slice(index, index + 4);
    if (/^<!d/i.test(rest)) {
      throw documentTypeRefusal(file);
    }
    if (/^(|<|<!|<!-|<\?.*|<!--.*)$/s.test(rest)) {
      if (prolog.length <= longestProlog) continue;
      throw new SourceError(`${file}: no element begins in the first million characters.`);
    }
    yield prolog;
    prolog = undefined;
  }
  if (prolog) yield prolog;
}
