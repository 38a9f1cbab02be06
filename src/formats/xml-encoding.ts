import { canonical, detectEncoding, isEncoding, type DetectedEncoding } from './text.ts';

/** In which encoding to read an XML document, and what its declaration says. */
export interface XmlEncoding {
  readonly encoding: string;
  readonly declared?: string;
  /** The declaration names another encoding than the bytes are in; the bytes win. */
  readonly contradicted: boolean;
}

/** The encoding that the XML declaration names, in lower case. */
export function xmlEncoding(head: Uint8Array): string | undefined {
  // The declaration is ASCII in every encoding that matters; in UTF-16 with a NUL beside each letter.
  const start = Buffer.from(head.subarray(0, 512)).toString('latin1').replaceAll('\0', '');
  const declaration = /<\?xml\s[^>]*?encoding\s*=\s*["']\s*([A-Za-z][\w.:-]*)/.exec(start);
  return declaration?.[1]?.toLowerCase();
}

/** Decides the encoding of an XML document from its first bytes. */
export function chooseXmlEncoding(head: Uint8Array): XmlEncoding {
  const declared = xmlEncoding(head);
  const detected = detectEncoding(head);
  if (declared === undefined) return { encoding: detected.encoding, contradicted: false };
  const wanted = canonical(declared);
  const agrees =
    wanted === detected.encoding || (wanted === 'utf-16le' && detected.encoding === 'utf-16be');
  if (agrees || !isEncoding(wanted) || /^utf-16|^utf-8$/.test(wanted) || !isOpen(head, detected)) {
    return { encoding: detected.encoding, declared, contradicted: !agrees };
  }
  return { encoding: wanted, declared, contradicted: false };
}

/** Whether the bytes leave it open which single-byte encoding they are in: so far ASCII, or not UTF-8. */
function isOpen(head: Uint8Array, detected: DetectedEncoding): boolean {
  if (detected.bom || detected.encoding.startsWith('utf-16')) return false;
  return !detected.certain || head.every((byte) => byte < 0x80);
}
