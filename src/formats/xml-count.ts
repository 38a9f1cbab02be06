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

/** Takes the same elements as `readXml` by another path: a scanner of angle brackets and quotes. */
export function scanXmlElements(
  text: AsyncIterable<string>,
  options: XmlScanOptions,
): AsyncIterable<ScannedXml> {
  throw new Error(`not written yet: ${options.file} ${typeof text}`);
}
