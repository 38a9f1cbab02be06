import type { TableName } from '../crm/column.ts';
import { quoteName } from '../database/sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { expressionsOf, quietColumns, type ColumnExpression } from './expressions.ts';
import { columnHash, differsFromImprint, imprintAt } from './imprint.ts';
import { entityOf, issueInsert, keysOf, policyOf, sourceIdOf, type PlanScope } from './scope.ts';

/** What a column of an edited row is about to hold, as SQL over `s`, `p`, `c` and `e` (the edited rows, with imprints). */
interface EditedColumn {
  readonly column: string;
  /** Whether another value stands in the CRM than the tool has last written, and the source asks for a third one. */
  readonly differs: string;
  /** Whether the source has changed, too. */
  readonly conflict: string;
  /** Whether the source's value is taken all the same. */
  readonly lost: string;
  /** Whether the update writes the column. */
  readonly moves: string;
  readonly asked: string;
  readonly found: string;
}

/**
 * Finds rows that somebody has edited in the CRM since the last import wrote them, and lets the edits stay: the columns
 * concerned are noted in `_held` of the plan, and the fate is judged anew. Where the source has changed the same
 * column, the policy decides. Each such column is an issue.
 */
export async function holdEdits(scope: PlanScope, table: TableName): Promise<void> {
  const { database, runNo } = scope;
  const plan = stagingTable(runNo, table, '_plan');
  const edits = stagingTable(runNo, table, '_edits');
  const row = `crm.${table} c ON c.account_id = '${scope.accountId}' AND c.id = p.target_id`;
  const planned = `${plan} p JOIN ${stagingTable(runNo, table)} s ON s._ordinal = p._ordinal`;
  await database.query(
    `CREATE TABLE ${edits} AS SELECT p._ordinal, k.imprint FROM ${planned}` +
      ` JOIN migration.id_keys k ON ${keysOf(scope, table, 'k')} AND k.key = s._key AND k.target_id = p.target_id JOIN ${row}` +
      ` WHERE p.known AND NOT p._linked AND p.fate IN ('updated', 'unchanged') AND k.imprint IS NOT NULL` +
      ` AND (k.has_edits OR c.xmin IS DISTINCT FROM k.imprinted) AND ${differsFromImprint(table, 'c', 'k')}`,
  );
  const { rows } = await database.query(`SELECT EXISTS (SELECT 1 FROM ${edits}) AS any`);
  if (rows[0]?.['any'] === true)
    await judge(scope, table, `${planned} JOIN ${edits} e ON e._ordinal = p._ordinal JOIN ${row}`);
  await database.query(`DROP TABLE ${edits}`);
}

async function judge(scope: PlanScope, table: TableName, rows: string): Promise<void> {
  const { database, runNo } = scope;
  const expressions = expressionsOf(table, policyOf(scope, table), 'NULL::timestamptz').filter(
    ({ column }) => !quietColumns.has(column),
  );
  const columns = expressions.map((expression) => editedColumn(scope, table, expression));
  await database.query(
    `${issueInsert(scope, {
      code: `CASE WHEN d.lost THEN 'EDIT_OVERWRITTEN' ELSE 'EDITED_IN_CRM' END`,
      severity: `CASE WHEN d.conflict THEN 'warning' ELSE 'info' END`,
      field: 'd.field',
      value: 'd.found',
      args: `jsonb_build_object('table', '${table}', 'source', coalesce(d.asked, ''), 'both', CASE WHEN d.conflict THEN 'true' ELSE '' END)`,
    })} FROM ${rows} CROSS JOIN LATERAL (VALUES ${columns
      .map(
        ({ column, differs, conflict, lost, asked, found }) =>
          `('${column}', ${differs}, ${conflict}, ${lost}, ${asked}, ${found})`,
      )
      .join(', ')}) d(field, differs, conflict, lost, asked, found) WHERE d.differs`,
  );
  const late = expressions.filter((expression) => expression.late).map(({ column }) => column);
  await database.query(
    `UPDATE ${stagingTable(runNo, table, '_plan')} u SET _held = v.held,` +
      ` fate = CASE WHEN (u.changed AND v.moves) OR v.lost THEN 'updated' ELSE 'unchanged' END${late
        .map((column) => {
          const name = quoteName(column);
          return `, ${name} = CASE WHEN '${column}' = ANY (v.held) THEN NULL ELSE u.${name} END`;
        })
        .join('')}` +
      ` FROM (SELECT p._ordinal, j.* FROM ${rows} CROSS JOIN LATERAL (` +
      `SELECT coalesce(array_agg(d.field) FILTER (WHERE d.differs AND NOT d.lost), '{}') AS held, bool_or(d.lost) AS lost, bool_or(d.moves) AS moves` +
      ` FROM (VALUES ${columns
        .map(({ column, differs, lost, moves }) => `('${column}', ${differs}, ${lost}, ${moves})`)
        .join(', ')}) d(field, differs, lost, moves)) j) v WHERE u._ordinal = v._ordinal`,
  );
  if (table !== 'properties') return;
  // The reference does not change after all.
  await database.query(
    `DELETE FROM migration.issues i USING ${stagingTable(runNo, table, '_plan')} p JOIN ${stagingTable(runNo, table)} s ON s._ordinal = p._ordinal` +
      ` WHERE i.run_no = ${String(runNo)} AND i.code = 'REFERENCE_CHANGED' AND 'reference' = ANY (p._held)` +
      ` AND i.entity = ${entityOf('s')} AND i.source_id = ${sourceIdOf('s')}`,
  );
}

function editedColumn(
  scope: PlanScope,
  table: TableName,
  expression: ColumnExpression,
): EditedColumn {
  const { column } = expression;
  const wins = scope.conflicts === 'overwrite' || policyOf(scope, table).overwrite.includes(column);
  const current = `c.${quoteName(column)}`;
  const base = imprintAt(table, column, 'e.imprint');
  const edited = `(${base} IS DISTINCT FROM ${columnHash(table, column, current)})`;
  if (column === 'custom_fields') return editedFields(expression, edited, wins);
  const next = expression.late
    ? `coalesce(p.${quoteName(column)}, ${current})`
    : `(${expression.updated})`;
  const differs = `(${edited} AND ${next} IS DISTINCT FROM ${current})`;
  const conflict = `(${differs} AND ${columnHash(table, column, next)} IS DISTINCT FROM ${base})`;
  return {
    column,
    differs,
    conflict,
    lost: wins ? conflict : 'false',
    moves: `(${next} IS DISTINCT FROM ${current} AND NOT ${wins ? `(${differs} AND NOT ${conflict})` : differs})`,
    asked: `${next}::text`,
    found: `${current}::text`,
  };
}

/** The bag of fields without a column: what people changed in it stays, and what is new comes in beside it. */
function editedFields(
  { column, source }: ColumnExpression,
  edited: string,
  wins: boolean,
): EditedColumn {
  const given = `jsonb_each(${source}) g WHERE c.custom_fields ? g.key AND c.custom_fields -> g.key IS DISTINCT FROM g.value`;
  const differs = `(${edited} AND EXISTS (SELECT 1 FROM ${given}))`;
  const lost = wins ? `(${differs} AND p.changed)` : 'false';
  const next = `CASE WHEN ${differs} AND NOT ${lost} THEN (${source}) || c.custom_fields ELSE c.custom_fields || (${source}) END`;
  return {
    column,
    differs,
    conflict: lost,
    lost,
    moves: `(${next} IS DISTINCT FROM c.custom_fields)`,
    asked: `(SELECT jsonb_object_agg(g.key, g.value) FROM ${given})::text`,
    found: `(SELECT jsonb_object_agg(g.key, c.custom_fields -> g.key) FROM ${given})::text`,
  };
}
