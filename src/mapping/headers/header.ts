import type { Qualifier, Sense, Vocabulary } from './vocabulary.ts';
import { isMisspelt, keyOfWords, wordsOf } from './words.ts';

/** How much of a header the reading explains: all of it, all but words beside the name, or a misspelt name. */
export type Reach = 'own' | 'spelling' | 'qualified' | 'misspelt';

/** What a header can mean. */
export interface HeaderReading {
  readonly reach: Reach;
  readonly senses: readonly Sense[];
  /** What the words beside the name say. */
  readonly qualifiers: ReadonlySet<Qualifier>;
  /** Of `Phone 2` the 2. */
  readonly ordinal: number | undefined;
}

/**
 * A header as it is understood. `kept` says that it is known and that the CRM has no place for it, `elsewhere` that it
 * means fields of other kinds of rows.
 */
export type HeaderMeaning =
  | { readonly kind: 'field'; readonly reading: HeaderReading }
  | { readonly kind: 'elsewhere'; readonly senses: readonly Sense[] }
  | { readonly kind: 'kept' | 'unknown' };

/** Whether a sense counts: the field exists for the kind of rows at hand. */
type Wanted = (sense: Sense) => boolean;

/** So many words beside a name are taken away in every combination; a header with more is a sentence. */
const mostQualifiers = 6;

/** Shorter words, grown together with a name, are rather a part of another word. */
const shortestGrown = 4;

/** Finds what a header means: the reading that leaves the least of it unexplained. */
export function readHeader(header: string, vocabulary: Vocabulary, wanted: Wanted): HeaderMeaning {
  const words = wordsOf(header);
  const find = (key: string): readonly Sense[] => vocabulary.sensesOf(key).filter(wanted);
  const whole = keyOfWords(words);
  const none = new Set<Qualifier>();

  const exact = find(whole);
  if (vocabulary.isKeptAsWritten(words)) return { kind: 'kept' };
  if (exact.length > 0) {
    const own = exact.filter((sense) => sense.own);
    return own.length > 0
      ? meaning({ reach: 'own', senses: own, qualifiers: none, ordinal: undefined })
      : meaning({ reach: 'spelling', senses: exact, qualifiers: none, ordinal: undefined });
  }
  if (vocabulary.isKept(whole)) return { kind: 'kept' };

  const ordinal = ordinalIn(words);
  const plain = words.filter((word) => !isOrdinal(word));
  let isKept: number | undefined;
  for (const { key, removed, labels } of withoutQualifiers(plain, vocabulary)) {
    // A field explains as much of the header as what is kept: it comes first.
    if (isKept !== undefined && removed.length > isKept) return { kind: 'kept' };
    // Of `Address 1 - Label` the label is left, which is none of the record.
    if (labels && removed.some((qualifier) => !subjects.has(qualifier))) return { kind: 'kept' };
    const senses = find(key);
    const qualifiers = new Set(removed);
    // A number alone changes nothing of what the words say.
    const reach = removed.length === 0 ? 'spelling' : 'qualified';
    if (senses.length > 0) return meaning({ reach, senses, qualifiers, ordinal });
    if (vocabulary.isKept(key)) isKept ??= removed.length;
  }
  if (isKept !== undefined) return { kind: 'kept' };

  const joined = keyOfWords(plain);
  for (const { key, qualifier } of grownTogether(joined, vocabulary)) {
    const senses = find(key);
    if (senses.length > 0)
      return meaning({ reach: 'qualified', senses, qualifiers: new Set(qualifier), ordinal });
  }

  const elsewhere = vocabulary.sensesOf(whole);
  if (elsewhere.length > 0) return { kind: 'elsewhere', senses: elsewhere };

  // A word that is right and qualifies leaves the rest to be known as it is.
  const isQualified = spansOf(plain, vocabulary).some(({ qualifiers }) => qualifiers.length > 0);
  const close = isQualified
    ? []
    : vocabulary.keys.filter((key) => isMisspelt(joined, key)).flatMap(find);
  if (close.length === 0) return { kind: 'unknown' };
  return meaning({ reach: 'misspelt', senses: merged(close), qualifiers: none, ordinal });
}

const meaning = (reading: HeaderReading): HeaderMeaning => ({ kind: 'field', reading });

const isOrdinal = (word: string): boolean => /^\d{1,2}$/.test(word);

function ordinalIn(words: readonly string[]): number | undefined {
  const found = words.find(isOrdinal);
  return found === undefined ? undefined : Number(found);
}

/** Qualifiers that name what a column is about, not which of several it is. */
const subjects: ReadonlySet<Qualifier> = new Set([
  'person',
  'company',
  'deal',
  'activity',
  'property',
]);

interface Stripped {
  readonly key: string;
  readonly removed: readonly Qualifier[];
  /** Whether all that is left says what sort of value another column holds. */
  readonly labels: boolean;
}

/** What is left of words when qualifiers are taken away: the fewer, the earlier; fillers go first. */
function withoutQualifiers(words: readonly string[], vocabulary: Vocabulary): readonly Stripped[] {
  const spans = spansOf(words, vocabulary);
  const places = spans.flatMap(({ qualifiers }, place) => (qualifiers.length > 0 ? [place] : []));
  const subsets =
    places.length > mostQualifiers ? [places] : subsetsOf(places).filter((set) => set.length > 0);
  const found: Stripped[] = [];
  for (const subset of [[], ...subsets]) {
    const rest = spans.filter((_, place) => !subset.includes(place));
    const removed = subset.flatMap((place) => spans[place]?.qualifiers ?? []);
    for (const dropFillers of [false, true]) {
      const kept = dropFillers ? rest.filter(({ filler }) => !filler) : rest;
      const key = kept.map((span) => span.key).join('');
      const labels = kept.every(({ qualifiers }) => qualifiers.includes('label'));
      if (key !== '') found.push({ key, removed, labels });
    }
  }
  return found;
}

interface Span {
  readonly key: string;
  readonly qualifiers: readonly Qualifier[];
  readonly filler: boolean;
}

const longestPhrase = 3;

/** The words of a header, those that qualify together in one. */
function spansOf(words: readonly string[], vocabulary: Vocabulary): readonly Span[] {
  const spans: Span[] = [];
  let at = 0;
  while (at < words.length) {
    let length = Math.min(longestPhrase, words.length - at);
    while (length > 1 && vocabulary.qualifiersOf(keyOf(words, at, length)).length === 0) length--;
    const key = keyOf(words, at, length);
    spans.push({
      key,
      qualifiers: vocabulary.qualifiersOf(key),
      filler: vocabulary.isFiller(key),
    });
    at += length;
  }
  return spans;
}

const keyOf = (words: readonly string[], at: number, length: number): string =>
  keyOfWords(words.slice(at, at + length));

/** All subsets, small ones first. */
function subsetsOf(places: readonly number[]): readonly (readonly number[])[] {
  const sets = places.reduce<(readonly number[])[]>(
    (all, place) => [...all, ...all.map((set) => [...set, place])],
    [[]],
  );
  return sets.sort((a, b) => a.length - b.length);
}

/** `homephone`, `mailingcity`: a qualifier and a name in one word. */
function grownTogether(
  key: string,
  vocabulary: Vocabulary,
): readonly { readonly key: string; readonly qualifier: readonly Qualifier[] }[] {
  const found = [];
  for (let cut = shortestGrown; cut <= key.length - 2; cut += 1) {
    const [head, tail] = [key.slice(0, cut), key.slice(cut)];
    const before = vocabulary.qualifiersOf(head);
    if (before.length > 0) found.push({ key: tail, qualifier: before });
    const after = tail.length < shortestGrown ? [] : vocabulary.qualifiersOf(tail);
    if (after.length > 0) found.push({ key: head, qualifier: after });
  }
  return found;
}

/** Senses of several spellings, each field once. */
function merged(senses: readonly Sense[]): readonly Sense[] {
  const byField = new Map<string, Set<string>>();
  for (const { field, languages } of senses) {
    const all = byField.get(field) ?? new Set<string>();
    for (const language of languages) all.add(language);
    byField.set(field, all);
  }
  return [...byField].map(([field, languages]) => ({ field, languages, own: false }));
}
