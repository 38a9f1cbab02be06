import * as z from 'zod';
import type { TableName } from '../crm/column.ts';
import { stagingTable } from '../staging/tables.ts';
import { partOf, sourceIdOf, tableNo, type PlanScope } from '../plan/scope.ts';

/** A row that is on one side only. */
export interface OneSided {
  readonly entity: string;
  readonly sourceId: string | null;
  readonly part?: string;
  readonly id: string | null;
}

/** Rows found, up to a limit, and how many there are in all. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

const missingSchema = z.object({
  sourceId: z.string(),
  part: z.string(),
  id: z.string().nullable(),
  total: z.number(),
});

/** Rows that the source gives, that nothing excuses, and that the CRM has not. */
export async function missingRows(
  scope: PlanScope,
  table: TableName,
  limit: number,
): Promise<Listed<OneSided>> {
  const { rows } = await scope.database.query(
    `SELECT ${sourceIdOf('s')} AS "sourceId", ${partOf('s')} AS part, e.target_id::text AS id,
            (count(*) OVER ())::float8 AS total
       FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_expected')} e ON e._ordinal = s._ordinal
      WHERE e.fate IS NULL AND NOT e.found ORDER BY s._record, s._ordinal LIMIT ${String(limit)}`,
  );
  const found = rows.map((row) => missingSchema.parse(row));
  return {
    items: found.map(({ sourceId, part, id }) => ({ entity: table, sourceId, id, ...named(part) })),
    total: found[0]?.total ?? 0,
  };
}

/** Rows of the account that no source gave: they are in no id map. */
export async function unexpectedRows(
  scope: PlanScope,
  table: TableName,
  limit: number,
): Promise<Listed<OneSided>> {
  const { rows } = await scope.database.query(
    `SELECT c.id::text AS id, (count(*) OVER ())::float8 AS total FROM crm.${table} c
      WHERE c.account_id = '${scope.accountId}' AND NOT EXISTS (
        SELECT 1 FROM migration.id_keys k WHERE k.account_id = c.account_id AND k.table_no = ${String(tableNo(table))} AND k.target_id = c.id)
      ORDER BY c.id LIMIT ${String(limit)}`,
  );
  const found = rows.map((row) => z.object({ id: z.string(), total: z.number() }).parse(row));
  return {
    items: found.map(({ id }) => ({ entity: table, sourceId: null, id })),
    total: found[0]?.total ?? 0,
  };
}

/** How many rows were looked for by id. */
export async function comparedRows(scope: PlanScope, table: TableName): Promise<number> {
  const { rows } = await scope.database.query(
    `SELECT count(*)::float8 AS n FROM ${stagingTable(scope.runNo, table, '_expected')} WHERE fate IS NULL`,
  );
  return Number(rows[0]?.['n'] ?? 0);
}

/** A part, where there is one. */
export const named = (part: string): { part?: string } => (part === '' ? {} : { part });
