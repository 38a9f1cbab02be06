import type { ColumnEvidence, ValueTables } from './evidence.ts';
import { type ImportField, type TargetKind, fieldsOf, importFields } from './fields.ts';
import { type HeaderReading, type Reach, readHeader } from './header.ts';
import { fileLanguages, languageWords } from './languages.ts';
import type { ColumnProfile } from './profile.ts';
import { otherSense } from './sense.ts';
import { standing } from './subject.ts';
import type { Sense, Vocabulary } from './vocabulary.ts';
import { headerKey } from './words.ts';

/** A column with what was found out about it. */
export interface StudiedColumn {
  readonly profile: ColumnProfile;
  readonly evidence: ColumnEvidence;
}

/** A field that a column can be, how sure that is, and why. */
export interface Candidate {
  readonly field: ImportField;
  readonly confidence: number;
  readonly reasons: readonly string[];
  /** What the header says; nothing where only the values speak. */
  readonly reading: HeaderReading | undefined;
}

/** A column with the fields that it can be, the surest first; or why it is none. */
export interface ColumnCandidates extends StudiedColumn {
  readonly candidates: readonly Candidate[];
  /** Why the column is no import field, where the header says so. */
  readonly kept: string | undefined;
}

/** How sure a name makes, before the values are looked at. */
const sureness: Readonly<Record<Reach, number>> = {
  own: 0.99,
  spelling: 0.94,
  qualified: 0.9,
  misspelt: 0.7,
};

/** Taken off where the name is of a language that no other header is in, and too short to be of one alone. */
const foreign = 0.12;
const shortKey = 6;

/** Taken off where the column is a second one of what a record has once. */
const second = 0.45;

/** Below, a field is no longer worth a word. */
export const leastConfidence = 0.2;

/** Finds the fields that each column can be, by name, values and neighbours. */
export function candidatesOf(
  columns: readonly StudiedColumn[],
  kind: TargetKind,
  vocabulary: Vocabulary,
  tables: ValueTables,
): readonly ColumnCandidates[] {
  const fields = fieldsOf(kind);
  const meanings = columns.map(({ profile }) =>
    readHeader(profile.name, vocabulary, ({ field }) => fields.has(field)),
  );
  const readings = meanings.map((meaning) =>
    meaning.kind === 'field' ? meaning.reading : undefined,
  );
  const languages = fileLanguages(readings);
  return columns.map((column, place) => {
    const meaning = meanings[place];
    if (meaning?.kind === 'kept')
      return { ...column, candidates: [], kept: 'known, and the CRM has no place for it' };
    if (meaning?.kind === 'elsewhere')
      return {
        ...column,
        candidates: [],
        kept: `${titlesOf(meaning.senses)}, which ${kind} do not have`,
      };
    if (meaning?.kind !== 'field')
      return { ...column, candidates: byValues(column, fields, tables), kept: undefined };
    const { reading } = meaning;
    const about = standing(reading, kind);
    if (about.kept !== undefined) return { ...column, candidates: [], kept: about.kept };
    const others = readings.filter((_, other) => other !== place);
    const named = reading.senses.flatMap((sense): Candidate[] => {
      const field = fields.get(about.fieldOf(sense.field));
      if (field === undefined) return [];
      const isForeign =
        sense.languages.size > 0 &&
        headerKey(column.profile.name).length <= shortKey &&
        ![...sense.languages].some((language) => languages.has(language));
      const isSecond = (reading.ordinal ?? 1) > 1 && field.many !== true;
      const reasons = [
        nameReason(reading, sense.languages),
        ...(isForeign ? [`but no other header is in ${languageWords(sense.languages)}`] : []),
        ...(isSecond ? ['but it is numbered as a further one'] : []),
      ];
      const start = sureness[reading.reach] - (isForeign ? foreign : 0) - (isSecond ? second : 0);
      const weighed = weigh(start, field, column.evidence, reasons);
      const chosen = otherSense(field.name, reading, others, column.evidence, fields);
      const confidence = weighed.confidence * chosen.factor;
      return [{ field, confidence, reasons: [...weighed.reasons, ...chosen.reasons], reading }];
    });
    // A name that the values belie says less than the values.
    const belied = named.every(({ confidence }) => confidence < byTable);
    const seen = belied ? byValues(column, fields, tables) : [];
    const candidates = [...named, ...seen.filter((one) => !named.some(isSameField(one)))]
      .filter(({ confidence }) => confidence >= leastConfidence)
      .sort(surestFirst);
    return { ...column, candidates, kept: undefined };
  });
}

const isSameField =
  (one: Candidate) =>
  (other: Candidate): boolean =>
    other.field === one.field;

/** Fields in words. */
function titlesOf(senses: readonly Sense[]): string {
  const names = new Set(senses.map(({ field }) => field));
  const titles = importFields.filter(({ name }) => names.has(name)).map(({ title }) => title);
  return [...new Set(titles)].sort().join(' or ');
}

/** The surest first; of equals by name, so that the order of the catalogue does not matter. */
export const surestFirst = (a: Candidate, b: Candidate): number =>
  b.confidence - a.confidence || (a.field.name < b.field.name ? -1 : 1);

function nameReason({ reach, qualifiers }: HeaderReading, languages: ReadonlySet<string>): string {
  const beside = qualifiers.size === 0 ? '' : ', with words beside it';
  const inWords = languages.size === 0 ? '' : ` in ${languageWords(languages)}`;
  switch (reach) {
    case 'own':
      return 'the name of the import field';
    case 'spelling':
      return `a name of it${inWords}`;
    case 'qualified':
      return `a name of it${inWords}${beside}`;
    case 'misspelt':
      return `nearly a name of it${inWords}`;
  }
}

/** So many texts have to agree before they say something. */
const fewest = 3;

interface Weighed {
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** Holds the name against what the column holds. */
function weigh(
  start: number,
  field: ImportField,
  evidence: ColumnEvidence,
  reasons: readonly string[],
): Weighed {
  const { checked, distinct } = evidence;
  if (checked === 0)
    return { confidence: start, reasons: [...reasons, 'it holds nothing to check'] };
  const fits = evidence.fits(field);
  const known = field.table === undefined ? 0 : evidence.known(field.table);
  const percent = (share: number): string => `${String(Math.round(share * 100))} %`;
  if (field.telling === true && isRepeated(field, checked, distinct))
    return {
      confidence: Math.min(start, 0.6),
      reasons: [
        ...reasons,
        `but ${String(checked)} rows hold only ${String(distinct)} different values: they may be of the agents`,
      ],
    };
  if (fits >= 0.9) {
    const tells = (field.telling === true && checked >= fewest) || known >= 0.8;
    if (!tells) return { confidence: start, reasons };
    const said =
      known >= 0.8
        ? `${percent(known)} of the values are known for it`
        : `${percent(fits)} of the values look like it`;
    return { confidence: 1 - (1 - start) * 0.4, reasons: [...reasons, said] };
  }
  const other = looksRather(evidence, field);
  const against = `${fits === 0 ? 'but none' : `but only ${percent(fits)}`} of the values can be it${other}`;
  // A few rows prove little against a name: as if two more had been right.
  if ((fits * checked + 2) / (checked + 2) >= 0.75)
    return { confidence: start, reasons: [...reasons, against] };
  return {
    confidence: fits >= 0.5 ? Math.min(start, 0.8) : start * 0.45,
    reasons: [...reasons, against],
  };
}

/** The same few addresses again and again are not those of the people in the rows. */
const isRepeated = (field: ImportField, checked: number, distinct: number): boolean =>
  (field.name === 'email' || field.name === 'phone') && checked >= 20 && distinct / checked <= 0.1;

/** In words, what most of the values look like instead. */
function looksRather(evidence: ColumnEvidence, field: ImportField): string {
  const rather = (['email', 'url', 'date', 'phone', 'number'] as const).find(
    (look) => !field.looks.includes(look) && evidence.share(look) >= 0.5,
  );
  if (rather === undefined) return '';
  const share = `${String(Math.round(evidence.share(rather) * 100))} %`;
  const words = {
    email: 'e-mail addresses',
    url: 'web addresses',
    date: 'dates',
    phone: 'telephone numbers',
    number: 'numbers',
  }[rather];
  return `; ${share} look like ${words}`;
}

/** How sure values alone can make: never enough to be imported without a person's word. */
const byLook = 0.6;
const byTable = 0.5;

/** The fields that a column with an unknown name can be, by what it holds. */
function byValues(
  { evidence }: StudiedColumn,
  fields: ReadonlyMap<string, ImportField>,
  tables: ValueTables,
): readonly Candidate[] {
  if (evidence.checked < fewest) return [];
  const found: Candidate[] = [];
  for (const field of fields.values()) {
    if (field.unplaced === true) continue;
    const fits = evidence.fits(field);
    const isLook = field.name === 'email' || field.name === 'phone' || field.name === 'website';
    if (isLook && fits >= 0.9 && !(field.name === 'phone' && evidence.share('date') > 0.1)) {
      const share = `${String(Math.round(fits * 100))} %`;
      const reasons = [`${share} of the values look like it; the header says nothing`];
      found.push({ field, confidence: byLook, reasons, reading: undefined });
    } else if (field.table !== undefined && tables.has(field.table) && evidence.distinct >= 2) {
      const known = evidence.known(field.table);
      if (known < 0.8) continue;
      const share = `${String(Math.round(known * 100))} %`;
      const reasons = [`${share} of the values are known for it; the header says nothing`];
      found.push({ field, confidence: byTable, reasons, reading: undefined });
    }
  }
  return found.sort(surestFirst);
}
