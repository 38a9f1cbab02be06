import type { TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { quoteName, quoteText } from '../database/sql.ts';
import type { ColumnConditions, RecordRule, RuledRows } from '../mapping/contract.ts';
import { stagingTable } from '../staging/tables.ts';
import { placedRows, plannedColumn, plannedRows } from './planned-rows.ts';
import { entityOf, issueInsert, keysOf, type PlanScope } from './scope.ts';

/**
 * Reports every row of the run for which a rule across records does not hold, by one statement a rule, once the plan
 * is made: rules look at the CRM as it will be when the plan is applied. No fate changes.
 */
export async function checkRecordRules(
  scope: PlanScope,
  rules: readonly RecordRule[],
): Promise<void> {
  for (const rule of rules) {
    if (scope.tables.includes(rule.table)) await scope.database.query(brokenBy(scope, rule));
  }
}

/** The statement that reports the rows that break a rule. */
function brokenBy(scope: PlanScope, rule: RecordRule): string {
  const { entity, table, says, when, unless } = rule;
  const own = (column: string) => plannedColumn(scope, table, column);
  const { join, broken, found } = lookAt(scope, rule);
  const subject = [
    `s._root`,
    `${entityOf('s')} = ${quoteText(entity)}`,
    `NOT s.is_deleted`,
    holds(table, when, own),
    ...Object.entries(unless).map(
      ([column, expected]) => `NOT (${holds(table, { [column]: expected }, own)})`,
    ),
  ];
  const [reason] = Object.keys(when);
  return (
    `${issueInsert(scope, {
      code: `'RULE_BROKEN'`,
      severity: `'warning'`,
      field: reason === undefined ? 'NULL' : quoteText(reason),
      value: reason === undefined ? 'NULL' : `(${own(reason)})::text`,
      args: `jsonb_build_object('rule', ${quoteText(says)}, 'table', '${table}'${found === undefined ? '' : `, 'found', ${found}::text`})`,
    })} FROM ${placedRows(scope, table)}${join}` +
    ` WHERE ${subject.join(' AND ')} AND (${broken}) ORDER BY s._record, s._ordinal`
  );
}

/** How a rule looks at other rows, and when it is broken. */
interface Look {
  readonly join: string;
  readonly broken: string;
  /** How many rows were found, where the rule counts. */
  readonly found?: string;
}

function lookAt(scope: PlanScope, { table, of, has }: RecordRule): Look {
  if (of.kind === 'self') {
    const own = (column: string) => plannedColumn(scope, table, column);
    return { join: '', broken: `NOT (${holdsOne(table, has, own)})` };
  }
  const other = (column: string) => `r.${quoteName(column)}`;
  const fits = holdsOne(of.table, has, other);
  const asked = has.flatMap((group) => Object.keys(group));
  if (of.kind === 'row') {
    const rows = plannedRows(scope, of.table, asked);
    const join = ` LEFT JOIN (${rows}) r ON r.id = ${plannedColumn(scope, table, of.through)}`;
    const broken = `r.id IS NULL OR NOT (${fits})`;
    if (of.entity === undefined) return { join, broken };
    const records = `(${rowsOfEntity(scope, of.table, of.entity)})`;
    return {
      join: `${join} LEFT JOIN ${records} e ON e.id = r.id`,
      broken: `${broken} OR e.id IS NULL`,
    };
  }
  return counted(plannedRows(scope, of.table, [of.through, ...asked]), of, fits);
}

/** The ids of the rows that stand for records of an entity, of this run or an earlier one. */
function rowsOfEntity(scope: PlanScope, table: TableName, entity: string): string {
  const known =
    `SELECT k.target_id AS id FROM migration.id_keys k WHERE ${keysOf(scope, table, 'k')}` +
    ` AND k.part_length = 0 AND starts_with(k.key, ${quoteText(`${entity}:`)})`;
  if (!scope.tables.includes(table)) return known;
  return (
    `SELECT p.target_id AS id FROM ${stagingTable(scope.runNo, table)} s JOIN ${stagingTable(scope.runNo, table, '_plan')} p` +
    ` ON p._ordinal = s._ordinal AND p.fate IN ('created', 'updated', 'unchanged', 'duplicate')` +
    ` WHERE s._part_length = 0 AND ${entityOf('s')} = ${quoteText(entity)} UNION ${known}`
  );
}

/** Counts the rows that refer to a row and are not deleted. */
function counted(rows: string, of: RuledRows & { kind: 'rows' }, fits: string): Look {
  const number = 'coalesce(f.n, 0)';
  return {
    join:
      ` LEFT JOIN (SELECT r.${quoteName(of.through)} AS id, count(*) AS n FROM (${rows}) r` +
      ` WHERE NOT r.is_deleted AND ${fits} GROUP BY 1) f ON f.id = p.target_id`,
    broken: of.most === undefined ? `${number} = 0` : `${number} > ${String(of.most)}`,
    found: number,
  };
}

/** Whether one of some groups of conditions holds; true where there are none. */
function holdsOne(
  table: TableName,
  groups: readonly ColumnConditions[],
  expression: (column: string) => string,
): string {
  if (groups.length === 0) return 'true';
  return `(${groups.map((group) => holds(table, group, expression)).join(' OR ')})`;
}

/** Whether all conditions of a group hold: true or false, never NULL. */
function holds(
  table: TableName,
  conditions: ColumnConditions,
  expression: (column: string) => string,
): string {
  const columns = columnsOf(table);
  const parts = Object.entries(conditions).map(([column, expected]) => {
    const value = expression(column);
    if (typeof expected !== 'string')
      return `coalesce((${value})::text IN (${expected.map(quoteText).join(', ')}), false)`;
    const nothing = { texts: `'{}'`, json: `'{}'` };
    const kind = columns[column]?.type.kind;
    const filled =
      kind === 'texts' || kind === 'json'
        ? `coalesce((${value}) <> ${nothing[kind]}, false)`
        : `(${value}) IS NOT NULL`;
    return expected === 'filled' ? filled : `NOT (${filled})`;
  });
  return parts.length === 0 ? 'true' : `(${parts.join(' AND ')})`;
}
