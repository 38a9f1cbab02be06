import { csvLine, guardCell, writeCsv } from '../formats/csv-write.ts';
import type { Fields, Value } from '../model/record.ts';
import type { RejectedRecord, RejectsWriter } from './contract.ts';
import { declaredColumns } from './csv-header.ts';
import type { CsvSystem } from './csv-system.ts';
import { rejectColumns } from './csv-table.ts';

/**
 * Writes rejected records as CSV: the columns of their kinds, then why they did not come in. Cells that a spreadsheet
 * would run as formulas are guarded; the adapter undoes it where it finds the reason columns. The records are gone
 * through twice, first for their columns.
 */
export function csvRejects(system: CsvSystem): RejectsWriter {
  const cellsOf = ({ entity, fields }: RejectedRecord['record']): Fields =>
    system.entities[entity]?.shape?.write(fields) ?? fields;

  async function* write(records: AsyncIterable<RejectedRecord>): AsyncGenerator<string> {
    const kinds = new Set<string>();
    const own = new Set<string>();
    for await (const { record } of records) {
      kinds.add(record.entity);
      for (const name of Object.keys(cellsOf(record))) own.add(name);
    }
    const columns = [
      ...new Set([
        ...[...kinds].flatMap((kind) => {
          const entity = system.entities[kind];
          return entity === undefined ? [] : declaredColumns(entity);
        }),
        ...own,
      ]),
    ];
    yield `\ufeff${csvLine([...columns, ...Object.values(rejectColumns)].map(guardCell))}`;
    async function* rows(): AsyncGenerator<(string | null)[]> {
      for await (const { record, fate, reason } of records) {
        const cells = cellsOf(record);
        yield [
          ...columns.map((name) => cellText(cells[name])),
          `${system.name}/${record.entity}`,
          record.sourceId,
          record.line === undefined ? null : String(record.line),
          fate,
          reason,
        ];
      }
    }
    yield* writeCsv(rows(), { guard: true });
  }

  return { ending: 'csv', write };
}

/** Cells are texts; anything else would be a shape that nothing writes back. */
const cellText = (value: Value | undefined): string | null =>
  value === undefined || value === null
    ? null
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
