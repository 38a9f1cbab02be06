import { storableText } from '../model/name-text.ts';
import { repairMojibake } from './mojibake.ts';

/** What cleaning did to a text beyond its ends and line ends. */
export interface CleanedText {
  readonly text: string;
  readonly repaired: boolean;
  readonly replaced: boolean;
}

/** Whether there may be something to do beside trimming: CR, NUL, a surrogate, or a byte read as a letter. */
const suspicious = /[\r\0\uD800-\uDFFFÂÃâð]/;

/**
 * Text as the CRM stores it: repaired where it was decoded twice, LF between lines, no space at the ends, nothing
 * that the database cannot hold.
 */
export function cleanText(written: string): CleanedText {
  if (!suspicious.test(written)) return { text: written.trim(), repaired: false, replaced: false };
  // Before trimming: the second half of a broken `à` is a no-break space.
  const repaired = repairMojibake(written);
  const lines = (repaired ?? written).replace(/\r\n?/g, '\n').trim();
  const text = storableText(lines);
  return { text, repaired: repaired !== undefined, replaced: text !== lines };
}
