import { unguardCell } from '../formats/csv-write.ts';
import type { CsvMalformed } from '../formats/csv.ts';
import { issue, type Issue } from '../model/issue.ts';
import type { Fields } from '../model/record.ts';
import type { SourceEvent } from './contract.ts';
import { fieldNames } from './csv-header.ts';
import type { CsvIdentities } from './csv-identity.ts';
import type { CsvEntity, CsvSystem } from './csv-system.ts';
import { rejectColumns } from './csv-table.ts';

/** Makes the record of a row. */
export type MakeRecord = (cells: readonly string[], line: number) => SourceEvent;

/** What making records takes. */
export interface RowReader {
  readonly system: CsvSystem;
  readonly file: string;
  readonly entity: string | undefined;
  readonly identities: CsvIdentities;
}

/** Field with the text of a row that could not be read. */
export const unreadable = 'unreadable row';
// How much of it its issue quotes.
const shown = 200;

/** Makes the record in the place of a row whose quotes are broken. */
export function malformedRow({ line, text, reason }: CsvMalformed, reader: RowReader): SourceEvent {
  const { system, file, identities } = reader;
  const name = reader.entity ?? '';
  const fields = { [unreadable]: text };
  return recordOf({
    fields,
    name,
    entity: entityNamed(system, name),
    file,
    line,
    identities,
    reason,
  });
}

/** How many cells a row has at least. Columns at the end without a name are what a delimiter at the end of each line makes. */
export const widthOf = (header: readonly string[]): number =>
  header.findLastIndex((title) => title.trim() !== '') + 1;

/** Makes records of the rows below a header. */
export function rowReader(header: readonly string[], reader: RowReader): MakeRecord {
  const { system, file, identities } = reader;
  const name = reader.entity ?? '';
  const entity = entityNamed(system, name);
  const names = fieldNames(header, entity);
  const width = widthOf(header);
  return (cells, line) =>
    recordOf({
      fields: fieldsOf(names, cells),
      name,
      entity,
      file,
      line,
      identities,
      ragged: (about) => raggedness(cells, header.length, width, about),
    });
}

/**
 * Makes records of the rows of a file of rejects: each says itself what it is. Who it is follows from its cells, as in
 * the file that it came from, so that a corrected row is the row of a corrected file.
 */
export function rejectReader(header: readonly string[], reader: RowReader): MakeRecord {
  const { system, file, identities } = reader;
  const titles = header.map((title) => unguardCell(title));
  const kindAt = titles.indexOf(rejectColumns.kind);
  const own = new Set<string>(Object.values(rejectColumns));
  const names = titles.map((title) => (own.has(title) ? '' : title));
  return (guarded, line) => {
    const cells = guarded.map((cell) => unguardCell(cell));
    const name = (cells[kindAt] ?? '').slice(system.name.length + 1);
    const entity = entityNamed(system, name);
    const fields = fieldsOf(names, cells);
    return recordOf({ fields, name, entity, file, line, identities });
  };
}

interface Row {
  readonly fields: Fields;
  readonly name: string;
  readonly entity: CsvEntity | undefined;
  readonly file: string;
  readonly line: number;
  readonly identities: CsvIdentities;
  readonly ragged?: (about: Place) => readonly Issue[];
  /** Why a row that could not be read could not. */
  readonly reason?: string;
}

type Place = { entity: string; sourceId: string; file: string; line: number };

function recordOf({
  fields,
  name,
  entity,
  file,
  line,
  identities,
  ragged,
  reason = 'it was not corrected',
}: Row): SourceEvent {
  const sourceId = identities.of(fields, name, entity, file);
  const about = { entity: name, sourceId, file, line };
  const broken = fields[unreadable];
  const isBroken = typeof broken === 'string' && Object.keys(fields).length === 1;
  return {
    kind: 'record',
    file,
    record: {
      entity: name,
      sourceId,
      deleted: isDeleted(fields, entity),
      line,
      fields: entity?.shape?.read(fields) ?? fields,
    },
    issues: isBroken
      ? [issue('RECORD_MALFORMED', { ...about, value: broken.slice(0, shown), args: { reason } })]
      : (ragged?.(about) ?? []),
  };
}

/** The declaration of an entity; none of what a table of any kind is called. */
export const entityNamed = ({ entities }: CsvSystem, name: string): CsvEntity | undefined =>
  Object.hasOwn(entities, name) ? entities[name] : undefined;

/** The cells with something in them by the names of their columns; columns beyond the header have their number. */
function fieldsOf(names: readonly string[], cells: readonly string[]): Fields {
  const entries: [string, string][] = [];
  cells.forEach((cell, place) => {
    if (cell.trim() === '') return;
    const name = names[place] ?? `column ${String(place + 1)}`;
    if (name !== '')
      entries.push([name, cell.includes('\r') ? cell.replace(/\r\n?/g, '\n') : cell]);
  });
  return Object.fromEntries(entries);
}

function raggedness(
  cells: readonly string[],
  columns: number,
  width: number,
  about: Place,
): readonly Issue[] {
  const args = { cells: String(cells.length), columns: String(columns) };
  if (cells.length < width) return [issue('ROW_TOO_SHORT', { ...about, args })];
  if (cells.length <= columns || cells.slice(columns).every((cell) => cell.trim() === ''))
    return [];
  return [issue('ROW_TOO_LONG', { ...about, args })];
}

/** Whether the row says that it was deleted. */
export function isDeleted(fields: Fields, entity: CsvEntity | undefined): boolean {
  const { deleted } = entity ?? {};
  if (deleted === undefined) return false;
  const cell = fields[deleted.column];
  const written = typeof cell === 'string' ? cell.trim().toLowerCase() : '';
  return written !== '' && deleted.values.some((value) => value.toLowerCase() === written);
}
