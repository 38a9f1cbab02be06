import type { TableName } from '../crm/column.ts';
import { foldedSql, foldText } from '../crm/folding.ts';
import { issueInsert, type PlanScope } from '../plan/scope.ts';
import { copyText } from '../staging/copy-text.ts';
import { stagingTable } from '../staging/tables.ts';

/** The tables whose rows may name a file. */
export const mediaTables = [
  'property_images',
  'attachments',
] as const satisfies readonly TableName[];
export type MediaTable = (typeof mediaTables)[number];

/** The media tables that a run gives rows for. */
export const mediaTablesOf = (scope: PlanScope): readonly MediaTable[] =>
  mediaTables.filter((table) => scope.tables.includes(table));

/** The table of the files that rows of a run name. */
export const mediaOf = (scope: PlanScope): string => `staging.r${String(scope.runNo)}_media`;
const namesOf = (scope: PlanScope): string => `staging.r${String(scope.runNo)}_files`;

// A path is asked for by its last parts; nobody nests documents deeper.
const deepest = 16;
const linesPerCopy = 10_000;

/**
 * Finds the file beside the export that each row names, by the end of its path, written alike or but for case and
 * accents. Creates `…_media (table_name, _ordinal, target_id, wanted, needed, file_no, found)`: `file_no` is the place
 * of the one file in `files`, `found` how many there are; `needed` is false where the row has an address of the web
 * besides. `placed` names the rows that are in the CRM or come in, as a join of `p` to the staged row `s`.
 */
export async function matchMedia(
  scope: PlanScope,
  files: readonly string[],
  placed: (table: MediaTable) => string,
): Promise<void> {
  const { database } = scope;
  const names = namesOf(scope);
  await database.query(`DROP TABLE IF EXISTS ${names}, ${mediaOf(scope)}`);
  await database.query(
    `CREATE TABLE ${names} (no integer, path text COLLATE "C", folded text COLLATE "C")`,
  );
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (lines.length > 0)
      await database.copyIn(names, ['no', 'path', 'folded'], Buffer.from(lines.join('')));
    lines = [];
  };
  for (const [no, file] of files.entries()) {
    const parts = file.split(/[/\\]+/).slice(-deepest);
    for (const start of parts.keys()) {
      const path = parts.slice(start).join('/');
      lines.push(`${String(no)}\t${copyText(path)}\t${copyText(foldText(path))}\n`);
    }
    if (lines.length >= linesPerCopy) await flush();
  }
  await flush();
  await database.query(`ANALYZE ${names}`);
  const wanted = mediaTablesOf(scope).map((table) => wantedBy(scope, table, placed(table)));
  const alike = (column: string) =>
    `(SELECT ${column}, count(*) AS n, min(no) AS no FROM ${names} GROUP BY ${column})`;
  await database.query(
    `CREATE TABLE ${mediaOf(scope)} AS SELECT w.table_name, w._ordinal, w.target_id, w.wanted, w.needed,` +
      ` CASE WHEN e.n = 1 THEN e.no WHEN e.n IS NULL AND f.n = 1 THEN f.no END AS file_no, coalesce(e.n, f.n, 0) AS found` +
      ` FROM (${wanted.length === 0 ? noneWanted : wanted.join(' UNION ALL ')}) w` +
      ` LEFT JOIN ${alike('path')} e ON e.path = w.wanted` +
      ` LEFT JOIN ${alike('folded')} f ON e.n IS NULL AND f.folded = ${foldedSql('w.wanted')} WHERE w.wanted <> ''`,
  );
  await database.query(`ANALYZE ${mediaOf(scope)}`);
}

const noneWanted = `SELECT NULL::text AS table_name, NULL::bigint AS _ordinal, NULL::uuid AS target_id, NULL::text AS wanted, false AS needed LIMIT 0`;

/** What the rows of a table call their file: the place in the export, a relative address, or the bare name. */
function wantedBy(scope: PlanScope, table: MediaTable, placed: string): string {
  const address = `CASE WHEN s.url !~ '^[A-Za-z][A-Za-z0-9+.-]*:' AND NOT starts_with(s.url, '//') THEN regexp_replace(s.url, '[?#].*$', '') END`;
  const name = table === 'attachments' ? `coalesce(s.path, ${address}, s.file_name)` : address;
  const needed =
    table === 'attachments'
      ? `s.path IS NOT NULL OR ${address} IS NOT NULL OR s.url IS NULL`
      : 'true';
  return (
    `SELECT '${table}' AS table_name, s._ordinal, p.target_id,` +
    ` regexp_replace(replace(${name}, E'\\\\', '/'), '^(\\.?/)+', '') AS wanted, ${needed} AS needed` +
    ` FROM ${stagingTable(scope.runNo, table)} s ${placed}`
  );
}

const filesShown = 5;

/** Reports files that are named and not there, and files that are there and not named. */
export async function noteMedia(scope: PlanScope, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  for (const table of mediaTablesOf(scope)) {
    await scope.database.query(
      `${issueInsert(scope, {
        code: `CASE WHEN m.found > 1 THEN 'MEDIA_AMBIGUOUS' ELSE 'MEDIA_MISSING' END`,
        severity: `'warning'`,
        field: 'NULL',
        value: 'm.wanted',
        args: `jsonb_build_object('table', '${table}', 'files', m.found::text)`,
      })} FROM ${mediaOf(scope)} m JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = m._ordinal` +
        ` WHERE m.table_name = '${table}' AND m.file_no IS NULL AND m.needed ORDER BY s._ordinal`,
    );
  }
  const { rows } = await scope.database.query(
    `SELECT DISTINCT file_no AS no FROM ${mediaOf(scope)} WHERE file_no IS NOT NULL`,
  );
  const named = new Set(rows.map(({ no }) => Number(no)));
  const others = files.filter((_, no) => !named.has(no));
  if (others.length === 0) return;
  await scope.database.query(
    `INSERT INTO migration.issues (run_no, code, severity, args)` +
      ` VALUES ($1, 'FILES_BESIDE', 'info', jsonb_build_object('files', $2::text, 'first', $3::text))`,
    [scope.runNo, String(others.length), others.slice(0, filesShown).join(', ')],
  );
}
