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
  const { rows } = await scope.database.query(
    `SELECT "sourceId", field, old, new FROM (${changedValues(scope, table)}) x ORDER BY record, ordinal LIMIT ${String(limit)}`,
  );
  return rows.map((row) => ({ entity: table, ...changeSchema.parse(row) }));
}

/** What the plan changes in one column of the rows that exist. */
export interface ColumnChange {
  /** Table of the CRM. */
  readonly entity: string;
  readonly field: string;
  /** Rows in which it changes. */
  readonly rows: number;
  /** Of these, rows in which it was empty. */
  readonly filled: number;
  /** Of these, rows in which it will be. */
  readonly emptied: number;
  readonly examples: readonly Omit<PlannedChange, 'entity' | 'field'>[];
}

const columnSchema = z.object({
  field: z.string(),
  rows: z.number(),
  filled: z.number(),
  emptied: z.number(),
  examples: z.array(changeSchema.omit({ field: true })),
});

/** What the plan changes, column by column, those of the most rows first; to be asked before it is applied. */
export async function changesByColumn(
  scope: PlanScope,
  examples: number,
): Promise<readonly ColumnChange[]> {
  const changes: ColumnChange[] = [];
  for (const table of scope.tables) {
    const { rows } = await scope.database.query(
      `SELECT field, count(*)::float8 AS rows, count(*) FILTER (WHERE old IS NULL)::float8 AS filled,
              count(*) FILTER (WHERE new IS NULL)::float8 AS emptied,
              jsonb_agg(jsonb_build_object('sourceId', "sourceId", 'old', left(old, 200), 'new', left(new, 200)) ORDER BY place)
                FILTER (WHERE place <= ${String(examples)}) AS examples
         FROM (SELECT x.*, row_number() OVER (PARTITION BY field ORDER BY record, ordinal) AS place
                 FROM (${changedValues(scope, table)}) x) y GROUP BY field ORDER BY 2 DESC, field`,
    );
    changes.push(...rows.map((row) => ({ entity: table, ...columnSchema.parse(row) })));
  }
  return changes;
}

/** The values that the plan changes in a table, as SQL: a row for each, with its record and the number of its row. */
function changedValues(scope: PlanScope, table: TableName): string {
  const fields = expressionsOf(table, policyOf(scope, table), 'NULL::timestamptz').filter(
    ({ column }) => !quietColumns.has(column),
  );
  return (
    `SELECT s._record AS record, s._ordinal AS ordinal, ${sourceIdOf('s')} AS "sourceId", d.field, d.old, d.new FROM ${stagingTable(scope.runNo, table)} s` +
    ` JOIN ${stagingTable(scope.runNo, table, '_plan')} p ON p._ordinal = s._ordinal AND p.fate = 'updated'` +
    ` JOIN crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id` +
    ` CROSS JOIN LATERAL (VALUES ${fields
      .map(({ column, updated, late }) => {
        const current = `c.${quoteName(column)}`;
        const next = late ? `coalesce(p.${quoteName(column)}, ${current})` : updated;
        return `('${column}', (${current})::text, (${next})::text, (${next}) IS DISTINCT FROM ${current})`;
      })
      .join(', ')}) d(field, old, new, differs) WHERE d.differs`
  );
}
