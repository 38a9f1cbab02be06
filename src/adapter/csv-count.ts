import { scanCells, scanCsvRecords } from '../formats/csv-count.ts';
import { decodeText } from '../formats/text.ts';
import type { BaselineCounts, SourceInput } from './contract.ts';
import { fieldNames } from './csv-header.ts';
import { entityNamed } from './csv-rows.ts';
import type { CsvSystem } from './csv-system.ts';
import {
  isRejects,
  openTable,
  rejectColumns,
  type CsvOptions,
  type OpenTable,
} from './csv-table.ts';
import { openFile } from './open-file.ts';
import { createTally, yearIn, type Tally } from './tally.ts';

/** Counts the rows of tables by another path than reading them: by their lines, with no parser. */
export async function countTables(
  system: CsvSystem,
  input: SourceInput,
  options: CsvOptions,
  signal: AbortSignal,
): Promise<BaselineCounts> {
  const tally = createTally();
  for (const file of input.files) {
    const look = await openTable(system, file, options, signal);
    const text = decodeText(openFile(file, signal), {
      file: file.name,
      encoding: look.encoding.encoding,
    });
    const isBlank = blank(look.delimiter);
    const counterOf = counters(system, look, tally);
    let isHeader = true;
    for await (const records of scanCsvRecords(text, { file: file.name, ...look })) {
      for (const record of records) {
        if (isHeader) isHeader = false;
        else if (!isBlank.test(record)) counterOf(record);
      }
    }
  }
  return tally.counts();
}

/** Counts one row by its text; only where its cells matter are they looked for. */
function counters(system: CsvSystem, look: OpenTable, tally: Tally): (record: string) => void {
  const kindAt = isRejects(look.header) ? look.header.indexOf(rejectColumns.kind) : -1;
  const namesOf = new Map<string, readonly string[]>();
  const counted = (name: string, cells: () => readonly string[]): void => {
    const entity = entityNamed(system, name);
    const { deleted, countBy = [], countYearOf } = entity ?? {};
    if (deleted === undefined && countBy.length === 0 && countYearOf === undefined) {
      tally.add(name, false);
      return;
    }
    const names = namesOf.get(name) ?? fieldNames(look.header, entity);
    namesOf.set(name, names);
    const found = cells();
    const cellOf = (column: string): string => (found[names.indexOf(column)] ?? '').trim();
    const gone = cellOf(deleted?.column ?? '').toLowerCase();
    const values = deleted?.values.map((value) => value.toLowerCase()) ?? [];
    const isDeleted = gone !== '' && values.includes(gone);
    tally.add(name, isDeleted);
    for (const column of countBy) tally.split(name, column, cellOf(column), isDeleted);
    if (countYearOf !== undefined)
      tally.split(name, 'year', yearIn(cellOf(countYearOf)), isDeleted);
  };
  return (record) => {
    const cells = (): readonly string[] => scanCells(record, look.delimiter);
    if (kindAt < 0) counted(look.entity ?? '', cells);
    else counted((cells()[kindAt] ?? '').slice(system.name.length + 1), cells);
  };
}

/** A row with delimiters and nothing else. */
const blank = (delimiter: string): RegExp =>
  new RegExp(`^[\\s"${delimiter.replace(/[\\^\]-]/g, '\\$&')}]*$`);
