import type { SourceEvent } from '../adapter/contract.ts';
import type { TableName } from '../crm/column.ts';
import type { Database } from '../database/contract.ts';
import { quoteText } from '../database/sql.ts';
import type { SourceForms } from '../mapping/forms/contract.ts';
import { stage, stagedTables, type StageResult } from '../staging/stage.ts';
import { stagingTable } from '../staging/tables.ts';
import type { PlanOrder } from './planning.ts';
import type { ReadySource } from './source-of-run.ts';
import { filesOf } from './staging.ts';
import { storedRecords } from './stored-records.ts';
import type { Session } from './session.ts';
import { runOptionsSchema } from './store.ts';
import { compileTranslation } from './translation.ts';

/** Records that waited for others in earlier runs and are staged with those of this run. */
export interface Waiting {
  readonly records: number;
  readonly staged: StageResult['staged'];
  /** Names of the files that they came from. */
  readonly files: readonly string[];
}

/** The table of the records that take part in a run though its input does not hold them, in the order of their numbers. */
const waitingTable = (runNo: number): string => `staging.r${String(runNo)}_waiting`;

/** The waiting records of a run, as they are staged. */
const waitingRecords = (
  database: Database,
  runNo: number,
): AsyncGenerator<SourceEvent, void, undefined> =>
  storedRecords(database, `SELECT run_no, record, place FROM ${waitingTable(runNo)}`);

/** All records that take part in a run, in the order of their numbers: those of its input, then the waiting ones. */
export async function* readWithWaiting(
  ready: ReadySource,
  database: Database,
  runNo: number,
): AsyncGenerator<SourceEvent, void, undefined> {
  yield* ready.read();
  yield* waitingRecords(database, runNo);
}

/**
 * Stages the records of earlier runs that wait for rows which this run brings, or which have come in the meantime;
 * then those that wait for them. A record that the input holds itself is not among them: the input is newer.
 */
export async function stageWaiting(
  session: Session,
  order: PlanOrder,
  { records, staged }: StageResult,
): Promise<Waiting> {
  const { database, runNo, account, options, ready, translation } = order;
  await database.query(
    `CREATE TABLE ${waitingTable(runNo)} (place bigint PRIMARY KEY, run_no integer NOT NULL, record bigint NOT NULL)`,
  );
  const tables = stagedTables(translation.mappings);
  const counts: Partial<Record<TableName, number>> = {};
  const files = new Set<string>();
  let place = records;
  // What waited and is not in a full snapshot is no longer there.
  while (options.absent === undefined && (await anyOpen(order))) {
    const found = await choose(order, place);
    if (found.records === 0) break;
    for (const file of found.files) files.add(file);
    // What they say is written as it was found out when their files were read.
    const forms = {
      ...translation.forms,
      files: { ...(await formsOfEarlier(order)), ...translation.forms.files },
    };
    const mappings = compileTranslation(
      ready.source.adapter,
      { files: translation.files, forms },
      account.defaults,
      options,
    );
    const names = [...filesOf(order.ready), ...files];
    const result = await stage({
      target: database,
      runNo,
      events: storedRecords(
        database,
        `SELECT run_no, record, place FROM ${waitingTable(runNo)} WHERE place >= ${String(place)}`,
      ),
      mappings,
      files: names,
      from: { record: place, ordinals: await nextOrdinals(order, tables) },
      newId: session.environment.newId,
      onProgress: () => undefined,
      signal: session.environment.signal,
    });
    place += found.records;
    for (const table of tables) {
      counts[table] = (counts[table] ?? 0) + (result.staged[table] ?? 0);
    }
  }
  const known = filesOf(order.ready);
  return {
    records: place - records,
    staged: Object.fromEntries(
      Object.keys(staged).map((table) => [table, counts[table as TableName] ?? 0]),
    ),
    files: [...files].filter((file) => !known.includes(file)),
  };
}

/** Kept records of the account and system that nobody has read again since; a run that was undone keeps none. */
const openRejects = ({ account, systemNo, runNo, translation, ready }: PlanOrder): string =>
  `FROM migration.rejects j JOIN migration.runs r ON r.no = j.run_no WHERE r.account_id = '${account.id}'` +
  ` AND r.system_no = ${String(systemNo)} AND r.no < ${String(runNo)} AND r.status = 'complete' AND r.purged_at IS NULL AND r.command IN ('import', 'retry', 'sync')` +
  ` AND j.later_run IS NULL AND cardinality(j.awaits) > 0` +
  ` AND j.entity IN (${['', ...Object.keys(translation.mappings.roots)].map(quoteText).join(', ')})` +
  // A mapping that was made for the columns of one table says nothing about those of another.
  (ready.source.adapter.open === true
    ? ` AND r.mapping_hash = ${quoteText(translation.mappings.hash)}`
    : '');

async function anyOpen(order: PlanOrder): Promise<boolean> {
  const { rows } = await order.database.query(
    `SELECT EXISTS (SELECT 1 ${openRejects(order)}) AS any`,
  );
  return rows[0]?.['any'] === true;
}

/** Adds the records that have all they wait for to the waiting ones of the run, numbered from `place`. */
async function choose(
  order: PlanOrder,
  place: number,
): Promise<{ records: number; files: readonly string[] }> {
  const { database, runNo, account, systemNo, translation } = order;
  const tables = stagedTables(translation.mappings);
  const staged = (select: (table: TableName) => string) =>
    tables
      .map(
        (table) =>
          `SELECT ${select(table)} FROM ${stagingTable(runNo, table)} s WHERE s._fate IS NULL`,
      )
      .join(' UNION ALL ');
  const roots = tables
    .map((table) => `SELECT s._key FROM ${stagingTable(runNo, table)} s WHERE s._root`)
    .join(' UNION ALL ');
  const { rows } = await database.query(
    `WITH open AS (SELECT DISTINCT ON (j.entity, j.source_id) j.run_no, j.record, j.file, j.whole, j.awaits, j.entity || ':' || j.source_id AS key` +
      ` ${openRejects(order)} ORDER BY j.entity, j.source_id, j.run_no DESC),` +
      ` candidates AS (SELECT o.* FROM open o LEFT JOIN (${roots}) s ON s._key = o.key WHERE s._key IS NULL),` +
      ` asked AS (SELECT DISTINCT unnest(awaits) AS row FROM candidates),` +
      ` there AS (SELECT a.row FROM asked a JOIN (${staged((table) => `'${table} ' || s._key AS row`)}) p ON p.row = a.row` +
      // What is asked for by a value may be any new row of the table.
      ` UNION SELECT a.row FROM asked a WHERE a.row IN (${staged((table) => `'${table} *'`)})` +
      ` UNION SELECT a.row FROM asked a JOIN migration.tables t ON t.name = split_part(a.row, ' ', 1) JOIN migration.id_keys k` +
      ` ON k.account_id = '${account.id}' AND k.system_no = ${String(systemNo)} AND k.table_no = t.no AND k.key = substr(a.row, length(t.name) + 2)),` +
      // A record needs all that it waits for; of further rows that wait, each can come by itself.
      ` chosen AS (SELECT c.* FROM candidates c WHERE (SELECT CASE WHEN c.whole THEN count(*) = count(t.row) ELSE count(t.row) > 0 END` +
      ` FROM unnest(c.awaits) w(row) LEFT JOIN there t ON t.row = w.row)),` +
      ` added AS (INSERT INTO ${waitingTable(runNo)} (place, run_no, record)` +
      ` SELECT ${String(place)} + row_number() OVER (ORDER BY run_no, record) - 1, run_no, record FROM chosen)` +
      ` SELECT file, count(*)::float8 AS n FROM chosen GROUP BY file`,
  );
  return {
    records: rows.reduce((sum, row) => sum + Number(row['n']), 0),
    files: rows.map((row) => String(row['file'])),
  };
}

/** How the columns of the files were written that the runs of the waiting records read. */
async function formsOfEarlier({ database, runNo }: PlanOrder): Promise<SourceForms['files']> {
  const { rows } = await database.query(
    `SELECT r.options FROM migration.runs r WHERE r.no IN (SELECT run_no FROM ${waitingTable(runNo)}) AND r.options ? 'forms' ORDER BY r.no`,
  );
  const known = rows.map(({ options }) => runOptionsSchema.parse(options).forms ?? {});
  return known.reduce<SourceForms['files']>((all, files) => ({ ...all, ...files }), {});
}

async function nextOrdinals(
  { database, runNo }: PlanOrder,
  tables: readonly TableName[],
): Promise<Partial<Record<TableName, number>>> {
  const next: Partial<Record<TableName, number>> = {};
  for (const table of tables) {
    const { rows } = await database.query(
      `SELECT coalesce(max(_ordinal) + 1, 0)::float8 AS n FROM ${stagingTable(runNo, table)}`,
    );
    next[table] = Number(rows[0]?.['n'] ?? 0);
  }
  return next;
}
