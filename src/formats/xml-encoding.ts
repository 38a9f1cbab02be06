/** In which encoding to read an XML document, and what its declaration says. */
export interface XmlEncoding {
  readonly encoding: string;
  readonly declared?: string;
  /** The declaration names another encoding than the bytes are in; the bytes win. */
  readonly contradicted: boolean;
}

/** The encoding that the XML declaration names, in lower case. */
export function xmlEncoding(head: Uint8Array): string | undefined {
  throw new Error(`not written yet: ${head.length}`);
}

/** Decides the encoding of an XML document from its first bytes. */
export function chooseXmlEncoding(head: Uint8Array): XmlEncoding {
  throw new Error(`not written yet: ${head.length}`);
}
