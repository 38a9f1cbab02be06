/** The text of a JSON input, and whether it holds one value a line. */
export interface JsonText {
  readonly lines: boolean;
  readonly text: AsyncIterable<string>;
}

/** A first line longer than this is taken for a document without line breaks. */
const longestFirstLine = 1024 * 1024;

/**
 * Decides between one document and one value a line: the latter where the first line that is not blank
 * is a complete value, and something that begins a value follows it.
 */
export async function openJsonText(text: AsyncIterable<string>): Promise<JsonText> {
  const chunks = text[Symbol.asyncIterator]();
  let head = '';
  let lines: boolean | undefined;
  let ended = false;
  while (lines === undefined && !ended) {
    const next = await chunks.next();
    if (next.done) ended = true;
    else head += next.value;
    if (ended || head.length > longestFirstLine || head.includes('\n')) lines = holdsLines(head);
    if (head.length > longestFirstLine) break;
  }
  return { lines: lines ?? false, text: rejoin(head, chunks) };
}

/** Undefined where more of the text is needed. */
function holdsLines(head: string): boolean | undefined {
  const start = head.search(/\S/);
  const end = start < 0 ? -1 : head.indexOf('\n', start);
  if (end < 0) return undefined;
  const first = head.slice(start, end);
  if (!isJson(first)) return false;
  const next = /\S/.exec(head.slice(end));
  return next ? /["{[\-\dtfn]/.test(next[0]) : undefined;
}

/** Whether a text is one complete JSON value. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function* rejoin(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    if (head !== '') yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
