/** The characters of Windows-1252 for the bytes 80 to 9F, in order; `_` where it has none, so Latin-1 stands. */
const windows1252 = '€_‚ƒ„…†‡ˆ‰Š‹Œ_Ž__‘’“”•–—˜™š›œ_žŸ';

/** The byte that stands for a character outside ASCII and Latin-1 in Windows-1252. */
const byteOf: ReadonlyMap<number, number> = new Map(
  Array.from(windows1252, (character, index) => [character.charCodeAt(0), 0x80 + index]),
);

/** Beginnings of characters that were UTF-8 and got read as Windows-1252: `Ã³`, `Â€`, `â€™`, `ðŸ`. */
const marker = /[ÃÂâ][\u0080-\u00BF\u0152-\u2122]|ðŸ/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Undoes a decoding too many: UTF-8 that was read as Windows-1252, or as Latin-1 where Windows-1252 has no
 * character. Gives nothing unless the whole text is such text.
 */
export function repairMojibake(text: string): string | undefined {
  if (!marker.test(text)) return undefined;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const byte = code <= 0xff ? code : byteOf.get(code);
    if (byte === undefined) return undefined;
    bytes[index] = byte;
  }
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
