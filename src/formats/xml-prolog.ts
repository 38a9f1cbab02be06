import { SourceError } from '../model/errors.ts';

/** What may stand before the root element, apart from a document type. */
const ignorable = /\s+|<\?[^]*?\?>|<!--[^]*?-->/y;
const longestProlog = 1024 * 1024;

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
    for (ignorable.lastIndex = index; ignorable.test(prolog);) index = ignorable.lastIndex;
    const rest = prolog.slice(index, index + 4);
    if (/^<!d/i.test(rest)) {
      throw new SourceError(`${file}: the document has a document type (<!DOCTYPE …>).`, {
        hint: 'Documents with a DOCTYPE are refused, because entities in it can exhaust the memory. Remove it.',
      });
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
