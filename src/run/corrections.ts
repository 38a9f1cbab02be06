import * as z from 'zod';
import type { SourceEvent } from '../adapter/contract.ts';
import type { Fields } from '../model/record.ts';

/** What a person says instead of what a table says: in one cell, or in all cells of a column that say the same. */
export const correctionSchema = z.union([
  z.object({ row: z.number().int().nonnegative(), column: z.string(), to: z.string() }),
  z.object({ column: z.string(), from: z.string(), to: z.string() }),
]);

/** `row` is the number of the record in the order of the input, from 0. A later correction finds what earlier ones made. */
export type Correction = z.infer<typeof correctionSchema>;

/** Gives the fields of a record as they were corrected; undefined where nothing was. */
export type Correct = (fields: Fields, row: number) => Fields | undefined;

/** Makes one function of corrections, which costs a record that none is about next to nothing. */
export function corrector(corrections: readonly Correction[]): Correct {
  const equals = [...new Set(corrections.flatMap((one) => ('row' in one ? [] : [one.column])))];
  const rows = new Map<number, Set<string>>();
  for (const one of corrections)
    if ('row' in one) rows.set(one.row, (rows.get(one.row) ?? new Set()).add(one.column));
  const byColumn = new Map<string, Correction[]>();
  for (const one of corrections)
    byColumn.set(one.column, [...(byColumn.get(one.column) ?? []), one]);
  return (fields, row) => {
    const own = rows.get(row);
    if (own === undefined && equals.length === 0) return undefined;
    let changed: Record<string, Fields[string]> | undefined;
    for (const column of own === undefined ? equals : new Set([...equals, ...own])) {
      const before = cellOf(fields, column);
      if (before === undefined) continue;
      let after = before;
      for (const one of byColumn.get(column) ?? []) {
        if ('row' in one ? one.row === row : one.from === after) after = one.to;
      }
      if (after === before) continue;
      changed ??= { ...fields };
      if (after.trim() === '') Reflect.deleteProperty(changed, column);
      else changed[column] = after;
    }
    return changed;
  };
}

/** The text of a cell, empty where there is none; undefined for what is no text and cannot be corrected. */
function cellOf(fields: Fields, column: string): string | undefined {
  const value = Object.hasOwn(fields, column) ? (fields[column] ?? null) : null;
  return value === null ? '' : typeof value === 'string' ? value : undefined;
}

/** What is read, corrected; beside it stands what the source says (`written`). */
export async function* corrected(
  events: AsyncIterable<SourceEvent>,
  corrections: readonly Correction[],
): AsyncGenerator<SourceEvent, void, undefined> {
  const correct = corrector(corrections);
  let row = 0;
  for await (const event of events) {
    if (event.kind !== 'record') {
      yield event;
      continue;
    }
    const { record } = event;
    const fields = correct(record.fields, row++);
    yield fields === undefined
      ? event
      : { ...event, record: { ...record, fields }, written: record.fields };
  }
}
