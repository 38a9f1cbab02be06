import * as z from 'zod';
import type { Database } from '../database/contract.ts';
import { readContents } from '../media/contents.ts';
import { matchMedia, mediaOf, mediaTablesOf, type MediaTable } from '../media/match.ts';
import type { MediaStore } from '../media/store.ts';
import { partOf, sourceIdOf, tableNo, type PlanScope } from '../plan/scope.ts';
import { stagingTable } from '../staging/tables.ts';
import type { Difference } from './fields.ts';
import { named, type Listed, type OneSided } from './ids.ts';

/** A file of the source, opened when it is read. */
export interface SourceMedia {
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What became of the files: compared ones, those that are not stored, and those that are not the source's. */
export interface MediaCompared {
  readonly compared: number;
  readonly missing: Listed<OneSided>;
  readonly different: Listed<Difference>;
}

const rowSchema = z.object({
  sourceId: z.string(),
  part: z.string(),
  id: z.string(),
  no: z.number().nullable(),
  crm: z.string().nullable(),
  stored: z.string().nullable(),
});
type MediaRow = z.infer<typeof rowSchema>;

/**
 * Reads the files of the source again, and the stored ones, and compares their checksums with those of the CRM. Asks
 * for the rows that are expected and there (`expectRows`). What the source never had is no difference.
 */
export async function compareMedia(
  scope: PlanScope & { readonly database: Database },
  files: readonly SourceMedia[],
  store: MediaStore,
  limit: number,
): Promise<MediaCompared> {
  await matchMedia(
    scope,
    files.map(({ name }) => name),
    (table) =>
      `JOIN ${stagingTable(scope.runNo, table, '_expected')} p ON p._ordinal = s._ordinal` +
      ` AND p.fate IS NULL AND p.found AND NOT p.linked`,
  );
  const sourceSum = remembered((no: number) => sumOf(files[no]?.open()));
  const storedSum = remembered(async (sha256: string) => sumOf(await store.get(sha256)));
  let compared = 0;
  const missing: OneSided[] = [];
  const different: Difference[] = [];
  let [missed, differing] = [0, 0];
  for (const table of mediaTablesOf(scope)) {
    for await (const row of rowsWithFiles(scope, table)) {
      compared += 1;
      const outcome = await judge(row, sourceSum, storedSum);
      const place = { entity: table, sourceId: row.sourceId, ...named(row.part) };
      if (outcome === 'missing') {
        missed += 1;
        if (missing.length < limit) missing.push({ ...place, id: row.id });
      } else if (outcome !== 'same') {
        differing += 1;
        if (different.length < limit) different.push({ ...place, field: 'sha256', ...outcome });
      }
    }
  }
  return {
    compared,
    missing: { items: missing, total: missed },
    different: { items: different, total: differing },
  };
}

async function* rowsWithFiles(
  scope: PlanScope & { readonly database: Database },
  table: MediaTable,
): AsyncGenerator<MediaRow> {
  for (const rows of [rowsBeside(scope, table), rowsOnTheWeb(scope, table)])
    for await (const page of scope.database.stream(rows))
      for (const row of page) yield rowSchema.parse(row);
}

/** Rows whose file the source has, or the store should have. */
function rowsBeside(scope: PlanScope, table: MediaTable): string {
  return (
    `SELECT ${sourceIdOf('s')} AS "sourceId", ${partOf('s')} AS part, c.id::text AS id, m.file_no AS no, c.sha256 AS crm, o.sha256 AS stored` +
    ` FROM ${mediaOf(scope)} m JOIN ${stagingTable(scope.runNo, table)} s ON s._ordinal = m._ordinal` +
    ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = m.target_id` +
    ` LEFT JOIN migration.media o ON o.account_id = c.account_id AND o.table_no = ${String(tableNo(table))} AND o.target_id = c.id` +
    ` WHERE m.table_name = '${table}' AND (m.file_no IS NOT NULL OR o.sha256 IS NOT NULL) ORDER BY m.file_no, m._ordinal`
  );
}

/** Rows whose address of the web gave a file: what never came, the source never had. */
function rowsOnTheWeb(scope: PlanScope, table: MediaTable): string {
  const no = String(tableNo(table));
  return (
    `SELECT ${sourceIdOf('s')} AS "sourceId", ${partOf('s')} AS part, c.id::text AS id, NULL::integer AS no, c.sha256 AS crm, f.sha256 AS stored` +
    ` FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_expected')} p ON p._ordinal = s._ordinal` +
    ` AND p.fate IS NULL AND p.found AND NOT p.linked` +
    ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id` +
    ` JOIN migration.web_files f ON f.account_id = c.account_id AND f.url_sum = sha256(convert_to(c.url, 'UTF8')) AND f.sha256 IS NOT NULL` +
    ` WHERE NOT EXISTS (SELECT FROM migration.media o WHERE o.account_id = c.account_id AND o.table_no = ${no} AND o.target_id = c.id AND o.sha256 IS NOT NULL)` +
    ` ORDER BY s._ordinal`
  );
}

async function judge(
  { no, crm, stored }: MediaRow,
  sourceSum: (no: number) => Promise<string | undefined>,
  storedSum: (sha256: string) => Promise<string | undefined>,
): Promise<'same' | 'missing' | { readonly source: string; readonly crm: string }> {
  const source = (no === null ? stored : await sourceSum(no)) ?? undefined;
  if (crm === null || source === undefined) return 'missing';
  if (crm !== source) return { source, crm };
  const kept = await storedSum(crm);
  if (kept === undefined) return 'missing';
  return kept === source ? 'same' : { source, crm: kept };
}

/** The checksum of a file; nothing where there is none, or where it cannot be read. */
async function sumOf(bytes: AsyncIterable<Uint8Array> | undefined): Promise<string | undefined> {
  if (bytes === undefined) return undefined;
  try {
    return (await readContents(bytes)).sha256;
  } catch {
    // What cannot be read was not stored either, or is lost: the row is listed as missing.
    return undefined;
  }
}

/** Asks once a file; there are as many answers as files beside the export. */
function remembered<Key>(
  ask: (key: Key) => Promise<string | undefined>,
): (key: Key) => Promise<string | undefined> {
  const answers = new Map<Key, Promise<string | undefined>>();
  return (key) => {
    const known = answers.get(key) ?? ask(key);
    answers.set(key, known);
    return known;
  };
}
