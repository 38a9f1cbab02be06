import type { Language } from '../../api.ts';
import { createStore, useStore } from '../state/store.ts';
import { en, type Words } from './en.ts';
import { es } from './es.ts';
import { issuesEn, type IssueWords } from './issues-en.ts';
import { issuesEs } from './issues-es.ts';
import { issuesNl } from './issues-nl.ts';
import { nl } from './nl.ts';

export type { Words } from './en.ts';

const catalogs: Readonly<Record<Language, Words>> = { en, es, nl };
const issueCatalogs: Readonly<Record<Language, IssueWords>> = {
  en: issuesEn,
  es: issuesEs,
  nl: issuesNl,
};

/** The first language of the browser that the page speaks. */
function ofBrowser(): Language {
  for (const tag of navigator.languages) {
    const short = tag.slice(0, 2).toLowerCase();
    if (short === 'en' || short === 'es' || short === 'nl') return short;
  }
  return 'en';
}

/** The language that is spoken. */
export const language = createStore<Language>(ofBrowser());

/** The words of the language that is spoken. */
export const useWords = (): Words => catalogs[useStore(language)];

/** The name of an import field. */
export const fieldTitle = (
  words: Words,
  { name, title }: { readonly name: string; readonly title: string },
): string => words.fields[name] ?? title;

/** The name of a column of the CRM: that of the import field of the same name, or the name in plain letters. */
export const fieldLabel = (words: Words, column: string): string =>
  words.fields[column] ?? plainName(column);

/** `property_details.type` as `Property details type`. */
function plainName(name: string): string {
  const plain = name.replace(/[_.]+/g, ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** The name of a value of a list. */
export const valueLabel = (words: Words, value: string, label: string): string =>
  words.values[value] ?? (label === value ? plainName(value) : label);

/** Why two rows may be one. */
export const reasonOfDuplicate = (words: Words, reason: string): string =>
  words.duplicates.reasons[reason] ?? reason;

/** What the page is told of a finding. */
interface Told {
  readonly code: string;
  readonly value?: string | null;
  readonly args?: Readonly<Record<string, string | null>>;
  readonly message?: string;
}

const wordingOf = (words: Words, code: string) => issueCatalogs[words.language].get(code);

/** A kind of finding in a few words. */
export const issueTitle = (words: Words, told: Told): string =>
  wordingOf(words, told.code)?.title ?? told.message ?? told.code;

/** A finding as a sentence about its value. */
export function issueSentence(words: Words, told: Told): string {
  const says = wordingOf(words, told.code)?.says;
  if (says === undefined) return told.message ?? told.code;
  const value =
    told.value === null || told.value === undefined || told.value === ''
      ? words.preview.emptyValue
      : told.value;
  return says.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'value') return value;
    const text = told.args?.[name] ?? '…';
    return name === 'column' || name === 'columns' ? namesOf(words, text) : text;
  });
}

/** Columns of the CRM, as the database calls them, in words. */
const namesOf = (words: Words, columns: string): string =>
  columns
    .split(', ')
    .map((column) => fieldLabel(words, column))
    .join(', ');

/** What a finding is about: a column of the file, or the column of the CRM that it leaves empty. */
export function issueSubject(
  words: Words,
  told: Told & { readonly column: string | null },
  columns: readonly string[],
): string | undefined {
  const { column } = told;
  if (column !== null) return columns.includes(column) ? column : namesOf(words, column);
  const missing = told.args?.['column'] ?? told.args?.['columns'];
  return missing === null || missing === undefined ? undefined : namesOf(words, missing);
}

/** Whether a finding is about a column of the file; some are about several that become one field. */
export const isAbout = (column: string | null, name: string): boolean =>
  column === name || (column?.split(', ').includes(name) ?? false);

/** What can be done about a finding. Findings that the page has no words for say it in their message. */
export const issueCure = (words: Words, told: Told): string =>
  wordingOf(words, told.code)?.cure ?? '';
