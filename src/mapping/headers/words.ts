// How headers are compared: as words without case, accents and punctuation. Nothing here knows what a word means.

/** Ways to write "number" that say the same. */
const numberWords = new Set(['no', 'num', 'nr', 'nro']);

/** What is one word although it mixes letters and digits. */
const mixed = /^(?:m2|co2|mts2|3d)$/;

/** The words of a header: `Tel. 2 (móvil)` is tel, 2, movil; `E-Mail-Adresse` is e, mail, adresse. */
export function wordsOf(header: string): readonly string[] {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((run) => (mixed.test(run) ? [run] : (run.match(/\p{L}+|\p{N}+/gu) ?? [])))
    .map((word) => (numberWords.has(word) ? 'n' : word));
}

/** Words as one text to compare, in which it no longer matters where a word ends: `FirstName`, `first name`. */
export function keyOfWords(words: readonly string[]): string {
  return words.join('');
}

/** The text by which a header is compared. */
export function headerKey(header: string): string {
  return keyOfWords(wordsOf(header));
}

/** Shorter texts are no misspellings of each other: `name` and `age` are both four keys from `date`. */
const shortestMisspelt = 6;
const longer = 11;

/** How many characters two texts of a length may differ in and still be one word, misspelt. */
const allowed = (length: number): number =>
  length < shortestMisspelt ? 0 : length < longer ? 1 : 2;

/** Whether one text is the other, misspelt: a letter more, less, wrong, or two in the wrong order. */
export function isMisspelt(text: string, of: string): boolean {
  const bound = allowed(Math.min(text.length, of.length));
  if (bound === 0 || Math.abs(text.length - of.length) > bound || text === of) return false;
  // The first letter is hardly ever wrong, and asking it saves nearly all the work.
  return text[0] === of[0] && distanceWithin(text, of, bound);
}

/** Optimal string alignment, given up as soon as it goes beyond the bound. */
function distanceWithin(a: string, b: string, bound: number): boolean {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > bound) return false;
    before = row;
    row = next;
  }
  return (row[b.length] ?? 0) <= bound;
}
