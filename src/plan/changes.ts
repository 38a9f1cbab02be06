import * as z from 'zod';
import type { TableName } from '../crm/column.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { expressionsOf, quietColumns } from './expressions.ts';
import { policyOf, sourceIdOf, type PlanScope } from './scope.ts';

/** One field of a row of the CRM that the plan changes. */
export interface PlannedChange {
  readonly entity: string;
  readonly sourceId: string;
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
}

const changeSchema = z.object({
  sourceId: z.string(),
  field: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
});

/** The first changes that the plan makes to rows that exist, field by field; to be asked before it is applied. */
export async function plannedChanges(
  scope: PlanScope,
  limit: number,
): Promise<readonly PlannedChange[]> {
  const changes: PlannedChange[] = [];
  for (const table of scope.tables) {
    const left = limit - changes.length;
    if (left <= 0) break;
    changes.push(...(await changesOf(scope, table, left)));
  }
  return changes;
}

async function changesOf(
  scope: PlanScope,
  table: TableName,
  limit: number,
): Promise<readonly PlannedChange[]> {
  const fields = expressionsOf(table, policyOf(scope, table), 'NULL::timestamptz').filter(
    ({ column }) => !quietColumns.has(column),
  );
  const { rows } = await scope.database.query(
    `SELECT ${sourceIdOf('s')} AS "sourceId", d.field, d.old, d.new FROM ${stagingTable(scope.runNo, table)} s` +
      ` JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal AND p.fate = 'updated'` +
      ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id` +
      ` CROSS JOIN LATERAL (VALUES ${fields
        .map(({ column, updated, late }) => {
          const current = `c.${quoteName(column)}`;
          const next = late ? `coalesce(p.${quoteName(column)}, ${current})` : updated;
          return `('${column}', (${current})::text, (${next})::text, (${next}) IS DISTINCT FROM ${current})`;
        })
        .join(
          ', ',
        )}) d(field, old, new, differs) WHERE d.differs ORDER BY s._record, s._ordinal LIMIT ${String(limit)}`,
  );
  return rows.map((row) => ({ entity: table, ...changeSchema.parse(row) }));
}
