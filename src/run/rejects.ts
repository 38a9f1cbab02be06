import * as z from 'zod';
import type { SourceEvent } from '../adapter/contract.ts';
import type { TableName } from '../crm/column.ts';
import type { Database, Row } from '../database/contract.ts';
import { nameText, storableText } from '../model/name-text.ts';
import type { Value } from '../model/record.ts';
import { CopyBuffer } from '../staging/copy-buffer.ts';
import { copyText } from '../staging/copy-text.ts';
import { stagingTable, unmappedTable } from '../staging/tables.ts';

const columns = [
  'run_no',
  'record',
  'entity',
  'source_id',
  'is_deleted',
  'file',
  'line',
  'fate',
  'timezone',
  'fields',
] as const;

const chosenSchema = z.object({ record: z.number(), fate: z.string() });

/**
 * Keeps the records of a run that did not come in, whole, as the source has them: the input is read once more,
 * beside the list of their numbers in the order of the file. Gives how many there are.
 */
export async function keepRejects(
  database: Database,
  runNo: number,
  tables: readonly TableName[],
  read: () => AsyncIterable<SourceEvent>,
): Promise<number> {
  await database.query(`DELETE FROM migration.rejects WHERE run_no = $1`, [runNo]);
  const chosen = [
    ...tables.map(
      (table) =>
        `SELECT s._record AS record, p.fate FROM ${stagingTable(runNo, table)} s JOIN ${stagingTable(runNo, table, '_plan')} p` +
        ` ON p._ordinal = s._ordinal WHERE s._root AND p.fate IN ('rejected', 'parked')`,
    ),
    `SELECT record, 'rejected' FROM ${unmappedTable(runNo)}`,
  ].join(' UNION ALL ');
  const numbers = rowsOf(
    database.stream(`SELECT record::float8 AS record, fate FROM (${chosen}) x ORDER BY record`),
  );
  try {
    let next = await nextOf(numbers);
    if (next === undefined) return 0;
    const buffer = new CopyBuffer(database, { 'migration.rejects': columns });
    let ordinal = -1;
    let kept = 0;
    for await (const event of read()) {
      if (event.kind !== 'record') continue;
      ordinal++;
      if (ordinal !== next.record) continue;
      const { entity, sourceId, deleted, line, timezone, fields } = event.record;
      const waiting = buffer.add(
        'migration.rejects',
        [
          runNo,
          ordinal,
          copyText(nameText(entity)),
          copyText(nameText(sourceId)),
          deleted,
          copyText(event.file),
          line ?? '\\N',
          next.fate,
          copyText(timezone),
          copyText(JSON.stringify(storable(fields))),
        ].join('\t'),
      );
      if (waiting !== undefined) await waiting;
      kept++;
      next = await nextOf(numbers);
      if (next === undefined) break;
    }
    await buffer.finish();
    return kept;
  } finally {
    await numbers.return();
  }
}

/** A value without the characters that the database cannot hold, names included. */
function storable(value: Value): Value {
  if (typeof value === 'string') return storableText(value);
  if (value === null) return null;
  if (Array.isArray(value)) return (value as readonly Value[]).map(storable);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [storableText(name), storable(part)]),
  );
}

async function* rowsOf(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Row, void, undefined> {
  for await (const page of pages) yield* page;
}

async function nextOf(
  rows: AsyncGenerator<Row, void, undefined>,
): Promise<z.infer<typeof chosenSchema> | undefined> {
  const step = await rows.next();
  return step.done === true ? undefined : chosenSchema.parse(step.value);
}
