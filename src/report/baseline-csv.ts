import { csvLine } from '../formats/csv-write.ts';
import type { BaselineDocument } from '../run/contract.ts';
import type { WorkbookCount } from '../run/documents.ts';

/** The columns of a baseline as CSV; `by` and `value` are empty in the line of all records of a kind. */
export const baselineColumns = [
  'kind',
  'by',
  'value',
  'source_active',
  'source_deleted',
  'screens_active',
  'screens_deleted',
  'note',
] as const;

/** A baseline as a sheet: the numbers of the old CRM's screens are typed in beside those of the source. */
export function renderBaselineCsv({ entities }: BaselineDocument): string {
  const line = (kind: string, by: string, value: string, count: WorkbookCount): string[] => [
    kind,
    by,
    value,
    String(count.active),
    String(count.deleted),
    String(count.screens.active ?? ''),
    String(count.screens.deleted ?? ''),
    count.note,
  ];
  const rows = Object.entries(entities).flatMap(([kind, count]) => [
    line(kind, '', '', count),
    ...Object.entries(count.by).flatMap(([by, values]) =>
      Object.entries(values).map(([value, split]) => line(kind, by, value, split)),
    ),
  ]);
  return [baselineColumns, ...rows].map((cells) => csvLine(cells, { guard: true })).join('');
}
