import { canonical, detectEncoding } from './text.ts';

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
  // Bytes that are plain ASCII, or in an encoding that had to be guessed, do not contradict; the former
  // might turn out to be anything later on.
  const free = detected.certain
    ? !detected.bom && detected.encoding === 'utf-8' && isAscii(head)
    : wanted !== 'utf-8';
  const agrees =
    wanted === detected.encoding || (wanted === 'utf-16le' && detected.encoding === 'utf-16be');
  const wide = wanted.startsWith('utf-16');
  return free && !wide
    ? { encoding: wanted, declared, contradicted: false }
    : { encoding: detected.encoding, declared, contradicted: !agrees };
}

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);
