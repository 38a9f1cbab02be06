import { parse, stringify } from 'yaml';
import * as z from 'zod';
import type { MappingFile } from '../document.ts';
import { tableSchema } from '../schema.ts';
import { foldSpelling } from '../table.ts';

/** What the values of a column mean, by spelling; null: nothing. */
export type Meanings = Readonly<Record<string, string | null>>;

/** The CRM's values in a value table, in the order of the table. */
export function valuesOfTable({ text }: MappingFile): readonly string[] {
  return Object.keys(tableSchema.parse(parsed(text)).values).filter((value) => value !== '');
}

/** The name of the value table that a file holds; undefined for a mapping. */
export function tableName({ text }: MappingFile): string | undefined {
  return z.object({ table: z.string() }).safeParse(parsed(text)).data?.table;
}

/** A value table like another one, in which a person has said otherwise what some spellings mean. */
export function ownTable(
  base: MappingFile | undefined,
  name: string,
  meanings: Meanings,
): MappingFile {
  const values = new Map<string, string[]>();
  const said = new Map(
    Object.entries(meanings).map(([spelling, to]) => [foldSpelling(spelling), to]),
  );
  const known = base === undefined ? {} : tableSchema.parse(parsed(base.text)).values;
  for (const [value, spellings] of Object.entries(known)) {
    const left = spellings.filter((spelling) => !said.has(foldSpelling(spelling)));
    // A value is a spelling of itself, unless something else is said of it.
    values.set(value, left);
  }
  for (const [spelling, to] of Object.entries(meanings)) {
    const value = to ?? '';
    values.set(value, [...(values.get(value) ?? []), spelling]);
  }
  const table = { table: name, values: Object.fromEntries(values) };
  return { name: `values of ${name}`, text: stringify(table, { lineWidth: 0 }) };
}

/** Everything in it is text. */
const parsed = (text: string): unknown => parse(text, { schema: 'failsafe' });
