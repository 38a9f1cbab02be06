import * as z from 'zod';
import { Findings, type MappingFile, checkShape, parseFile } from '../document.ts';
import { importFields, targetKinds, type TargetKind } from './fields.ts';
import { headerKey, keyOfWords, wordsOf } from './words.ts';

/** What a word beside the name of a field says about the column. */
export const qualifiers = [
  'main',
  'second',
  'home',
  'work',
  'mobile',
  'mailing',
  'billing',
  'other',
  'person',
  'company',
  'deal',
  'activity',
  'property',
  'agent',
  'someone',
  'label',
  'value',
  'address',
] as const;

export type Qualifier = (typeof qualifiers)[number];

/** A field that a spelling can mean, and in which languages it does. */
export interface Sense {
  readonly field: string;
  readonly languages: ReadonlySet<string>;
  /** Whether it is the field's own name. */
  readonly own: boolean;
}

/** What is known of headers, in every language that there is a file of. */
export interface Vocabulary {
  /** The fields that a spelling can mean, by the key of the header. */
  sensesOf(key: string): readonly Sense[];
  /** The fields that a spelling means, misspelt; all keys of the vocabulary are in reach. */
  readonly keys: readonly string[];
  /** Spellings of what the CRM has no place for. */
  isKept(key: string): boolean;
  /** The same with the words apart: `Birth Day` is a part of what `Birthday` is. */
  isKeptAsWritten(words: readonly string[]): boolean;
  /** What a word, or several in a row, say beside the name of a field. */
  qualifiersOf(key: string): readonly Qualifier[];
  isFiller(word: string): boolean;
  /** Kinds of rows that the name of a file can speak of. */
  kindsOf(key: string): readonly TargetKind[];
}

/** Spellings, with commas between them. */
const written = z.string().transform((text) =>
  text
    .split(',')
    .map((spelling) => wordsOf(spelling))
    .filter((words) => words.length > 0),
);
const spellings = written.transform((all) => all.map(keyOfWords));

const fieldNames: readonly string[] = importFields.map(({ name }) => name);

const vocabularySchema = z.strictObject({
  language: z.string().min(1),
  fields: z.record(z.string(), spellings),
  kept: written.optional(),
  qualifiers: z.partialRecord(z.enum(qualifiers), spellings).optional(),
  fillers: spellings.optional(),
  kinds: z.partialRecord(z.enum(targetKinds), spellings).optional(),
});

/**
 * Makes the vocabulary of the files of `mappings/headers`, one a language. Throws a MappingError that names every
 * finding with file and line.
 */
export function compileVocabulary(files: readonly MappingFile[]): Vocabulary {
  const findings = new Findings();
  const senses = new Map<string, Map<string, Set<string>>>();
  const kept = new Set<string>();
  const keptAsWritten = new Set<string>();
  const fillers = new Set<string>();
  const qualified = new Map<string, Set<Qualifier>>();
  const kinds = new Map<string, Set<TargetKind>>();
  const addSense = (key: string, field: string, language: string | undefined): void => {
    const languages = groupIn(groupsIn(senses, key), field);
    if (language !== undefined) languages.add(language);
  };
  for (const name of fieldNames) addSense(headerKey(name), name, undefined);
  for (const file of files) {
    const parsed = parseFile(file, findings);
    const text = parsed === undefined ? undefined : checkShape(vocabularySchema, parsed);
    if (parsed === undefined || text === undefined) continue;
    for (const [name, keys] of Object.entries(text.fields)) {
      if (!fieldNames.includes(name))
        parsed.place.at('fields', name).report(`there is no import field "${name}"`);
      for (const key of keys) addSense(key, name, text.language);
    }
    for (const words of text.kept ?? []) {
      kept.add(keyOfWords(words));
      keptAsWritten.add(words.join(' '));
    }
    for (const word of text.fillers ?? []) fillers.add(word);
    for (const qualifier of qualifiers)
      for (const key of text.qualifiers?.[qualifier] ?? []) groupIn(qualified, key).add(qualifier);
    for (const kind of targetKinds)
      for (const key of text.kinds?.[kind] ?? []) groupIn(kinds, key).add(kind);
  }
  findings.settle();

  const sensesByKey = new Map(
    [...senses].map(([key, fields]) => [
      key,
      [...fields].map(([field, languages]): Sense => ({
        field,
        languages,
        own: key === headerKey(field),
      })),
    ]),
  );
  return {
    sensesOf: (key) => sensesByKey.get(key) ?? [],
    keys: [...sensesByKey.keys()].sort(),
    isKept: (key) => kept.has(key),
    isKeptAsWritten: (words) => words.length > 1 && keptAsWritten.has(words.join(' ')),
    qualifiersOf: (key) => [...(qualified.get(key) ?? [])],
    isFiller: (word) => fillers.has(word),
    kindsOf: (key) => [...(kinds.get(key) ?? [])],
  };
}

function groupIn<Item>(groups: Map<string, Set<Item>>, key: string): Set<Item> {
  const group = groups.get(key) ?? new Set<Item>();
  groups.set(key, group);
  return group;
}

function groupsIn<Group>(all: Map<string, Map<string, Group>>, key: string): Map<string, Group> {
  const groups = all.get(key) ?? new Map<string, Group>();
  all.set(key, groups);
  return groups;
}
