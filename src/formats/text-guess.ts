import iconv from 'iconv-lite';
import * as jschardet from 'jschardet';

/**
 * The code pages that old programs write, the likeliest first: the first of those that read the text best is taken.
 * ISO 8859-1 is read as windows-1252, which only adds letters.
 */
const candidates = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'macroman',
  'iso-8859-15',
  'iso-8859-2',
] as const;

/** How many words are looked at: a guess gets no better by more. */
const mostWords = 500;

/**
 * Guesses the encoding of a text that is neither UTF-8 nor UTF-16: it is read in each code page, and the one that makes
 * the most plausible words of it is taken. Never sure: the same bytes are words in several languages.
 */
export function guessEncoding(bytes: Uint8Array): string {
  const words = foreignWords(bytes);
  let best: string = candidates[0];
  let bestScore = -Infinity;
  for (const name of [...candidates, ...statistics(bytes)]) {
    const score = plausibility(iconv.decode(words, name));
    if (score > bestScore) [best, bestScore] = [name, score];
  }
  return best;
}

/** The words with bytes that are not ASCII, which alone tell encodings apart. */
function foreignWords(bytes: Uint8Array): Buffer {
  const words: Uint8Array[] = [];
  let start = 0;
  let isForeign = false;
  for (let at = 0; at <= bytes.length && words.length < 2 * mostWords; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) isForeign = true;
    else if (!isLetterByte(byte)) {
      if (isForeign) words.push(bytes.subarray(start, at), space);
      start = at + 1;
      isForeign = false;
    }
  }
  return Buffer.concat(words);
}

const space = Uint8Array.of(0x20);
const isLetterByte = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/** What the statistics of letters say, where they are sure: alphabets that are not in the list above. */
function statistics(bytes: Uint8Array): readonly string[] {
  const { encoding, confidence } = jschardet.detect(Buffer.from(bytes));
  const name = encoding?.toLowerCase() ?? '';
  const known = /^(utf|ascii|iso-8859-1$|windows-125[012]$|koi8-r$|maccyrillic$)/.test(name);
  return confidence > 0.9 && name !== '' && !known && iconv.encodingExists(name) ? [name] : [];
}

const western = letters('áéíóúñüàèìòùâêîôûäëïöçßãõåæøœ');
const eastern = letters('ąćęłńóśźżěščřžýůťďňőűăâîșțşţđ');
const polish = letters('ąćęłńóśźż');
/** The letters that most of any Russian text is made of. */
const russian = letters('оеаинтсрвлкмдпуяыьгзбч');
/** What stands around words, and between letters only as an apostrophe. */
const marks = new Set('‘’“”«»–—…·¡¿„‚•');
const apostrophes = new Set('’·');
/** What stands after numbers and words. */
const signs = new Set('ºª€£°²³©®™');
/** What spelling forbids: Polish writes `ni` before a vowel, Spanish has no `ñ` before a consonant. */
const misspelt = /[ńćśź][aeiouyąęó]|ñ[bcdfghjklmnpqrstvwxz]/giu;
const words = /[\p{L}\p{M}\u0080-\uffff]+/gu;
/** A small letter and then a great one, as no word has them but names like McDonald. */
const camel = /\p{Ll}\p{Lu}/gu;

function letters(small: string): ReadonlySet<string> {
  return new Set(small + small.toUpperCase());
}

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** How much a text looks like words of some language: letters that occur in it count for it, what breaks words against. */
function plausibility(text: string): number {
  let score = 0;
  for (const [word] of text.matchAll(words)) {
    if (isAscii(word)) continue;
    const characters = Array.from(word);
    characters.forEach((character, place) => {
      if (isAscii(character)) return;
      const next = characters[place + 1];
      score += valueOf(character, characters[place - 1], next);
      if (next === undefined || isAscii(next) || next === 'ß') return;
      // Words of Latin letters hardly ever have two with accents side by side, but for Polish.
      if (isLatin(character) && isLatin(next))
        score -= polish.has(character) && polish.has(next) ? 0.5 : 1.5;
    });
    for (const [pair] of word.matchAll(camel)) if (!isAscii(pair)) score -= 2;
    if (/\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word))
      score -= 3;
    score -= 2 * (word.match(misspelt)?.length ?? 0);
  }
  return score;
}

function valueOf(character: string, before: string | undefined, after: string | undefined): number {
  if (/[\p{Cc}\p{Cn}\p{Co}\ufffd]/u.test(character)) return -5;
  if (western.has(character) || russian.has(character)) return 1;
  if (eastern.has(character)) return 0.9;
  if (signs.has(character)) return isLetter(after) ? -2 : 1;
  if (marks.has(character)) {
    if (!isLetter(before) || !isLetter(after)) return 0.5;
    return apostrophes.has(character) ? 0 : -2;
  }
  return isLetter(character) ? 0.3 : -2;
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Lu}\p{Ll}\p{Lo}]/u.test(character) && !/[ªºﬁﬂ]/.test(character);
const isLatin = (character: string): boolean => /\p{Script=Latin}/u.test(character);
