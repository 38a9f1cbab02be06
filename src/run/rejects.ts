import * as z from 'zod';
import type { SourceEvent } from '../adapter/contract.ts';
import type { TableName } from '../crm/column.ts';
import type { Database, Row } from '../database/contract.ts';
import { quoteName } from '../database/sql.ts';
import type { Issue } from '../model/issue.ts';
import { nameText, storableText } from '../model/name-text.ts';
import type { Value } from '../model/record.ts';
import { linksOf } from '../plan/links.ts';
import { policyOf, type PlanScope } from '../plan/scope.ts';
import { CopyBuffer } from '../staging/copy-buffer.ts';
import { copyText } from '../staging/copy-text.ts';
import { stagingTable, unmappedTable } from '../staging/tables.ts';
import type { RejectsSummary } from './documents.ts';

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
  'whole',
  'issues',
  'awaits',
] as const;

const chosenSchema = z.object({
  record: z.number(),
  fate: z.string(),
  whole: z.boolean(),
  awaits: z.array(z.string()),
});

/**
 * Keeps the records of a run that did not come in, or of which rows wait, whole, as the source has them: the input is
 * read once more, beside the list of their numbers in the order of the file. Gives how many there are.
 */
export async function keepRejects(
  database: Database,
  scope: PlanScope,
  read: () => AsyncIterable<SourceEvent>,
): Promise<number> {
  const { runNo } = scope;
  await database.query(`DELETE FROM migration.rejects WHERE run_no = $1`, [runNo]);
  const numbers = rowsOf(database.stream(chosenRecords(scope)));
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
          next.whole,
          copyText(JSON.stringify(event.issues.map(readingIssue))),
          copyText(next.awaits),
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

/**
 * The records to keep, as SQL: `whole` where the record itself did not come in; else only some of its further rows wait.
 * `awaits` holds the rows that are waited for, as table and key; `*` stands for a row that is looked for by a value.
 */
function chosenRecords(scope: PlanScope): string {
  const { runNo, tables } = scope;
  const rows = tables.map(
    (table) =>
      `SELECT s._record AS record, s._root AS root, left(s._key, length(s._key) - s._part_length) AS own, p.fate,` +
      ` ${awaitedRows(scope, table)} AS awaits FROM ${stagingTable(runNo, table)} s JOIN ${stagingTable(runNo, table, '_plan')} p` +
      ` ON p._ordinal = s._ordinal WHERE p.fate = 'parked' OR (s._root AND p.fate = 'rejected')`,
  );
  const foreign = `a.row IS NOT NULL AND split_part(a.row, ' ', 2) <> x.own AND NOT starts_with(substr(a.row, strpos(a.row, ' ') + 1), x.own || '#')`;
  return (
    `SELECT record::float8 AS record, coalesce(max(fate) FILTER (WHERE root), 'parked') AS fate, bool_or(root) AS whole,` +
    // A record waits for what its own row lacks; where that is a row of its own, for what this one lacks.
    ` coalesce(array_agg(DISTINCT a.row) FILTER (WHERE root AND ${foreign}), array_agg(DISTINCT a.row) FILTER (WHERE ${foreign}), '{}') AS awaits` +
    ` FROM (${rows.join(' UNION ALL ')}) x LEFT JOIN LATERAL unnest(x.awaits) a(row) ON x.fate = 'parked' GROUP BY record` +
    ` UNION ALL SELECT record::float8, 'rejected', true, '{}' FROM ${unmappedTable(runNo)} ORDER BY record`
  );
}

/** The rows that a parked row lacks, as SQL (`text[]`). */
function awaitedRows(scope: PlanScope, table: TableName): string {
  const lacking = linksOf(table, policyOf(scope, table)).flatMap(
    ({ name, to, required, missing }) => {
      if (!required && missing !== 'park') return [];
      const key = `s.${quoteName(name)}`;
      const byValue = `(split_part(${key}, ':', 1) LIKE '%.%' OR starts_with(${key}, 'email:'))`;
      return [
        `CASE WHEN ${key} IS NOT NULL AND p.${quoteName(name)} IS NULL THEN '${to} ' || CASE WHEN ${byValue} THEN '*' ELSE ${key} END END`,
      ];
    },
  );
  return lacking.length === 0 ? `'{}'::text[]` : `array_remove(ARRAY[${lacking.join(', ')}], NULL)`;
}

/** What was found while reading a record, as it is kept: without what the record says itself. */
const readingIssue = ({ code, severity, field, value, args }: Issue) => ({
  code,
  severity,
  field: field === undefined ? null : storableText(field),
  value: value === undefined ? null : storableText(value),
  args: args ?? null,
});

/** Notes beside the kept records of earlier runs that this run read them again, and what became of them. */
export async function noteLaterFates(
  database: Database,
  { runNo, accountId, systemNo }: PlanScope,
): Promise<void> {
  // Nearly always there are none, and the ledger is long.
  const { rows } = await database.query(
    `SELECT EXISTS (SELECT 1 FROM migration.rejects j JOIN migration.runs r ON r.no = j.run_no
       WHERE r.account_id = $2 AND r.system_no = $3 AND r.no < $1) AS any`,
    [runNo, accountId, systemNo],
  );
  if (rows[0]?.['any'] !== true) return;
  await database.query(
    `UPDATE migration.rejects j SET later_run = l.run_no, later_fate = l.fate FROM migration.ledger l, migration.runs r` +
      ` WHERE l.run_no = $1 AND j.entity = l.entity AND j.source_id = l.source_id AND j.run_no < $1 AND r.no = j.run_no` +
      ` AND r.account_id = $2 AND r.system_no = $3 AND r.command IN ('import', 'retry', 'sync')`,
    [runNo, accountId, systemNo],
  );
}

const laterSchema = z.object({
  fate: z.string().nullable(),
  run: z.string().nullable(),
  n: z.number(),
});

/** What became of the records that did not come in with a run. */
export async function rejectsOf(
  database: Database,
  { no }: { readonly no: number },
): Promise<RejectsSummary> {
  const { rows } = await database.query(
    `SELECT j.later_fate AS fate, l.id::text AS run, count(*)::float8 AS n FROM migration.rejects j
       LEFT JOIN migration.runs l ON l.no = j.later_run WHERE j.run_no = $1 AND j.whole GROUP BY 1, l.no, 2 ORDER BY l.no`,
    [no],
  );
  const found = rows.map((row) => laterSchema.parse(row));
  const later: Record<string, number> = {};
  for (const { fate, n } of found) if (fate !== null) later[fate] = (later[fate] ?? 0) + n;
  const isOpen = (fate: string | null) => fate === null || fate === 'rejected' || fate === 'parked';
  return {
    kept: found.reduce((sum, { n }) => sum + n, 0),
    later,
    open: found.reduce((sum, { fate, n }) => (isOpen(fate) ? sum + n : sum), 0),
    runs: [...new Set(found.flatMap(({ run }) => (run === null ? [] : [run])))],
  };
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
