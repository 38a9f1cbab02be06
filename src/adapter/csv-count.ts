import { scanCells, scanCsvRecords } from '../formats/csv-count.ts';
import { decodeText } from '../formats/text.ts';
import type { BaselineCounts, SourceInput } from './contract.ts';
import { fieldNames } from './csv-header.ts';
import type { CsvSystem } from './csv-system.ts';
import { isRejects, openTable, rejectColumns, type CsvOptions } from './csv-table.ts';
import { openFile } from './open-file.ts';
import { createTally } from './tally.ts';

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
    const kindAt = isRejects(look.header) ? look.header.indexOf(rejectColumns.kind) : -1;
    let isHeader = true;
    for await (const records of scanCsvRecords(text, { file: file.name, ...look })) {
      for (const record of records) {
        if (isHeader) isHeader = false;
        else if (!isBlank.test(record)) {
          const cells = (): readonly string[] => scanCells(record, look.delimiter);
          const name =
            kindAt < 0
              ? (look.entity ?? '')
              : (cells()[kindAt] ?? '').slice(system.name.length + 1);
          const entity = Object.hasOwn(system.entities, name) ? system.entities[name] : undefined;
          const { deleted, countBy = [] } = entity ?? {};
          if (deleted === undefined && countBy.length === 0) {
            tally.add(name, false);
            continue;
          }
          const names = fieldNames(look.header, entity);
          const found = cells();
          const cellOf = (column: string): string => (found[names.indexOf(column)] ?? '').trim();
          const gone = cellOf(deleted?.column ?? '').toLowerCase();
          tally.add(
            name,
            gone !== '' && deleted?.values.some((value) => value.toLowerCase() === gone) === true,
          );
          for (const column of countBy) tally.split(name, column, cellOf(column));
        }
      }
    }
  }
  return tally.counts();
}

/** A row with delimiters and nothing else. */
const blank = (delimiter: string): RegExp =>
  new RegExp(`^[\\s"${delimiter.replace(/[\\^\]-]/g, '\\$&')}]*$`);
