import type { ValueTable } from '../transform.ts';
import type { ImportField, Look } from './fields.ts';
import { looksOf, saysNothing } from './look.ts';
import type { ColumnProfile } from './profile.ts';

/** What a column holds, counted over its sample. */
export interface ColumnEvidence {
  /** Texts looked at. */
  readonly checked: number;
  readonly distinct: number;
  /** Share of the texts with several words. */
  readonly severalWords: number;
  /** Share of the texts that may be values of a field. */
  fits(field: ImportField): number;
  /** Share of the texts that have a look. */
  share(look: Look): number;
  /** Share of the texts that a value table knows; 0 where there is no such table. */
  known(table: string): number;
}

/** The value tables by which the values of fields are known. */
export type ValueTables = ReadonlyMap<string, ValueTable>;

/** Counts what a column holds. */
export function evidenceOf({ sample }: ColumnProfile, tables: ValueTables): ColumnEvidence {
  const filled = sample.filter((text) => !saysNothing(text));
  const counts = new Map<string, number>();
  for (const text of filled) counts.set(text, (counts.get(text) ?? 0) + 1);
  const texts = [...counts].map(([text, count]) => ({ count, text, looks: looksOf(text) ?? [] }));
  const shareOf = (holds: (one: (typeof texts)[number]) => boolean): number => {
    if (filled.length === 0) return 0;
    const found = texts.reduce((sum, one) => (holds(one) ? sum + one.count : sum), 0);
    return found / filled.length;
  };
  return {
    checked: filled.length,
    distinct: texts.length,
    severalWords: shareOf(({ text }) => /\S\s+\S/.test(text)),
    fits: (field) => shareOf(({ looks }) => looks.some((look) => field.looks.includes(look))),
    share: (look) => shareOf(({ looks }) => looks.includes(look)),
    known: (name) => {
      const table = tables.get(name);
      return table === undefined ? 0 : shareOf(({ text }) => isKnown(text, table));
    },
  };
}

/** Whether a table knows a text, or every item of a list in it. */
function isKnown(text: string, table: ValueTable): boolean {
  if (table.find(text) !== undefined) return true;
  const items = text.split(/\s*[,;|]\s*/).filter((item) => item !== '');
  return items.length > 1 && items.every((item) => table.find(item) !== undefined);
}
