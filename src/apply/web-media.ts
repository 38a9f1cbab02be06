import type { Queryable } from '../database/contract.ts';
import { mediaTables, type MediaTable } from '../media/match.ts';
import { columnHash, imprintAt } from '../plan/imprint.ts';
import { tableNo } from '../plan/scope.ts';

/**
 * Writes into the rows of an account what is stored of the addresses that they name: the checksum, and size and media
 * type where the source says none. `sums` names the addresses (sha256, hex); all of them where nothing is said.
 */
export async function fillWebRows(
  database: Queryable,
  accountId: string,
  sums?: readonly string[],
): Promise<void> {
  for (const table of mediaTables) await fillTable(database, accountId, table, sums);
}

async function fillTable(
  database: Queryable,
  accountId: string,
  table: MediaTable,
  sums: readonly string[] | undefined,
): Promise<void> {
  const size =
    table === 'attachments'
      ? 'f.size_bytes'
      : 'CASE WHEN f.size_bytes < 2147483648 THEN f.size_bytes::integer END';
  // A row that has a checksum has size and type from here; else they are what the source says, and stay.
  const kept = (column: string, value: string) =>
    `CASE WHEN c.sha256 IS NULL THEN coalesce(c.${column}, ${value}) ELSE ${value} END`;
  const values: Readonly<Record<string, string>> = {
    sha256: 'f.sha256',
    size_bytes: kept('size_bytes', size),
    ...(table === 'attachments' ? { media_type: kept('media_type', 'f.media_type') } : {}),
  };
  const only =
    sums === undefined
      ? ''
      : ` AND r.url_sum IN (SELECT decode(s, 'hex') FROM jsonb_array_elements_text($2::jsonb) s)`;
  const no = String(tableNo(table));
  const imprints = Object.keys(values).map(
    (column) =>
      `${imprintAt(table, column, 'imprint')} = ${columnHash(table, column, `u.${column}`)}`,
  );
  // The tool wrote these columns, so they are no edit of a person.
  await database.query(
    `WITH u AS (UPDATE crm.${table} c SET ${Object.entries(values)
      .map(([column, value]) => `${column} = ${value}`)
      .join(', ')}` +
      ` FROM migration.web_rows r JOIN migration.web_files f ON f.account_id = r.account_id AND f.url_sum = r.url_sum` +
      ` WHERE r.account_id = $1 AND r.table_no = ${no}${only} AND f.sha256 IS NOT NULL` +
      ` AND c.account_id = r.account_id AND c.id = r.target_id AND c.sha256 IS DISTINCT FROM f.sha256` +
      ` RETURNING c.account_id, c.id, ${Object.keys(values)
        .map((column) => `c.${column}`)
        .join(', ')})` +
      ` UPDATE migration.id_keys k SET ${imprints.join(', ')} FROM u` +
      ` WHERE k.account_id = u.account_id AND k.table_no = ${no} AND k.target_id = u.id AND k.imprint IS NOT NULL`,
    sums === undefined ? [accountId] : [accountId, JSON.stringify(sums)],
  );
}
