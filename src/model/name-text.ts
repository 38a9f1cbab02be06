import { createHash } from 'node:crypto';

/** A text without the characters that the database cannot hold: NUL and halves of surrogate pairs. */
export function storableText(text: string): string {
  // Nearly every text is; asking costs much less than the copies below.
  if (!text.includes('\0') && text.isWellFormed()) return text;
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}

// An index takes 2,704 bytes; a key is an entity, an id and a part, each of up to three bytes a character.
const longest = 250;
const kept = 150;

/**
 * An id, or another part of a key, as keys hold it: storable, and short enough for an index. Of a longer one its
 * beginning stays, and the hash of the whole.
 */
export function nameText(written: string): string {
  const text = storableText(written);
  if (text.length <= longest) return text;
  const hash = createHash('sha256').update(text).digest('hex');
  return `${text.slice(0, kept).toWellFormed()}…${hash}`;
}
