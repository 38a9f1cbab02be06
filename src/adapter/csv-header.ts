import type { CsvEntity, CsvHeader, CsvSystem } from './csv-system.ts';

/** A name of a column as names are compared: without case, accents, spaces, `_`, `-`, and the mark of a required one. */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\*\s*$/, '')
    .replace(/[\s_\-\u200b-\u200d]+/g, '');
}

/** Every column that an entity speaks of, the declared fields first. */
export function declaredColumns(entity: CsvEntity): readonly string[] {
  const { fields, id, keys = [], deleted, holds, spellings = {} } = entity;
  const shaped = entity.shape === undefined ? Object.keys(fields) : [];
  return [
    ...new Set([
      ...shaped,
      ...(id === undefined ? [] : [id]),
      ...keys.flat(),
      ...headersOf(entity).flatMap(({ all, some = [] }) => [...all, ...some]),
      ...(deleted === undefined ? [] : [deleted.column]),
      ...(holds === undefined ? [] : [holds.column]),
      ...Object.keys(spellings),
    ]),
  ];
}

/** The ways in which an entity's header is known. */
export function headersOf({ header }: CsvEntity): readonly CsvHeader[] {
  return 'all' in header ? [header] : header;
}

/**
 * The names under which the cells of a row become fields, by their place: declared names where the header has them in
 * some spelling, else its own words. A second `Email` is `Email (2)`; a column without a name is `column 3`.
 */
export function fieldNames(
  header: readonly string[],
  entity: CsvEntity | undefined,
): readonly string[] {
  const declared = new Map<string, string>();
  const spelt = new Map<string, string>();
  if (entity !== undefined) {
    for (const name of declaredColumns(entity)) addOnce(declared, foldName(name), name);
    for (const [name, others] of Object.entries(entity.spellings ?? {}))
      for (const other of others) addOnce(spelt, foldName(other), name);
  }
  const taken = new Set<string>();
  const names = new Map<number, string>();
  const take = (place: number, name: string | undefined): boolean => {
    if (name === undefined || taken.has(foldName(name))) return false;
    taken.add(foldName(name));
    names.set(place, name);
    return true;
  };
  for (const known of [declared, spelt]) {
    header.forEach((title, place) => {
      if (!names.has(place)) take(place, known.get(foldName(title)));
    });
  }
  header.forEach((title, place) => {
    if (names.has(place)) return;
    const own = plainTitle(title) || `column ${String(place + 1)}`;
    if (take(place, own)) return;
    for (let again = 2; ; again++) {
      const name = `${own} (${String(again)})`;
      if (take(place, declared.get(foldName(name)) ?? name)) return;
    }
  });
  return header.map((_title, place) => names.get(place) ?? '');
}

const addOnce = (map: Map<string, string>, key: string, value: string): void => {
  if (!map.has(key)) map.set(key, value);
};

/** A title as a person reads it. */
export const plainTitle = (title: string): string =>
  title
    .replace(/[\s\u200b-\u200d]+/g, ' ')
    .trim()
    .replace(/ ?\*$/, '');

/** What is known of a table before its rows are read. */
export interface TableHead {
  readonly header: readonly string[];
  /** The first rows below the header. */
  readonly rows: readonly (readonly string[])[];
  readonly fileName: string;
}

/** The entity that a table's header fits best, and how well, from 0 to 1. */
export interface Fit {
  readonly entity: string;
  readonly confidence: number;
  /** Which of its columns are there, for people. */
  readonly columns: readonly string[];
}

/** Finds the entity of a table by its header, then by its first rows and the name of the file. */
export function recognise(system: CsvSystem, table: TableHead): Fit | undefined {
  let best: Fit | undefined;
  for (const [name, entity] of Object.entries(system.entities)) {
    for (const known of headersOf(entity)) {
      const confidence = fitOf(entity, known, table);
      if (confidence === undefined || confidence <= (best?.confidence ?? 0)) continue;
      best = { entity: name, confidence, columns: known.all };
    }
  }
  return best;
}

/** The more of the columns that make an entity sure are there, and the fewer foreign ones, the surer. */
function fitOf(
  entity: CsvEntity,
  { all, some = [], none = [] }: CsvHeader,
  { header, rows, fileName }: TableHead,
): number | undefined {
  const names = new Set(fieldNames(header, entity));
  if (!all.every((name) => names.has(name))) return undefined;
  const titles = new Set(header.map(foldName));
  if (none.some((name) => names.has(name) || titles.has(foldName(name)))) return undefined;
  const held = holdsOf(entity, header, rows);
  if (held === false) return undefined;
  const declared = declaredColumns(entity);
  const known = [...names].filter((name) => declared.includes(name)).length;
  const someShare =
    some.length === 0 ? 1 : some.filter((name) => names.has(name)).length / some.length;
  const score =
    0.4 +
    0.25 * someShare +
    0.2 * (known / names.size) +
    0.05 * Math.min(1, all.length / 4) +
    (held === true ? 0.05 : 0) +
    (entity.fileName?.test(fileName) === true ? 0.04 : 0);
  return Math.round(score * 100) / 100;
}

/** Whether the first rows hold the entity's values; nothing where they are silent. */
function holdsOf(
  entity: CsvEntity,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): boolean | undefined {
  const { holds } = entity;
  if (holds === undefined) return undefined;
  const place = fieldNames(header, entity).indexOf(holds.column);
  if (place < 0) return undefined;
  const values = new Set(holds.values.map(foldName));
  const found = rows.map((cells) => foldName(cells[place] ?? '')).filter((value) => value !== '');
  return found.length === 0 ? undefined : found.every((value) => values.has(value));
}
