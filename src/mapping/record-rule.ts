import { type Column, type TableName, isTableName, tableNames } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import { didYouMean } from './closest.ts';
import type { ColumnConditions, RecordRule, RuledRows } from './contract.ts';
import type { Place } from './document.ts';
import { checkEntity } from './link.ts';
import type { ConditionsText, RecordRuleText } from './schema.ts';
import type { MappingScope } from './scope.ts';

/** Whose rows a rule is about, and what it may name. */
export interface RuleSubject extends Pick<MappingScope, 'entities' | 'tablesOf'> {
  readonly entity: string;
  readonly table: TableName;
}

/** Checks the names of a rule across records; nothing where some are wrong, which is then reported at its places. */
export function compileRecordRule(
  text: RecordRuleText,
  subject: RuleSubject,
  place: Place,
): RecordRule | undefined {
  const { entity, table } = subject;
  const of = ruledRows(text, subject, place);
  if (of === undefined) return undefined;
  const { when = {}, unless = {}, has = [] } = text;
  checkConditions(table, when, place.at('when'));
  checkConditions(table, unless, place.at('unless'));
  const asked = of.kind === 'self' ? table : of.table;
  const groups = Array.isArray(has) ? has : [has];
  for (const [index, group] of groups.entries())
    checkConditions(asked, group, Array.isArray(has) ? place.at('has', index) : place.at('has'));
  return { entity, table, says: text.says, when, unless, of, has: groups };
}

/** The rows that a rule looks at; nothing where a name is wrong. */
function ruledRows(
  { row, rows, through = '', entity, most }: RecordRuleText,
  subject: RuleSubject,
  place: Place,
): RuledRows | undefined {
  const other = row ?? rows;
  if (other === undefined) return { kind: 'self' };
  const kind = row === undefined ? 'rows' : 'row';
  if (!isTableName(other)) {
    place.at(kind).report(`the CRM has no table "${other}".${didYouMean(other, tableNames)}`);
    return undefined;
  }
  if (entity !== undefined) checkEntity(other, { entity, part: undefined }, place, subject);
  const { table } = subject;
  const [from, to] = kind === 'row' ? [table, other] : [other, table];
  const columns = columnsOf(from);
  const type = Object.hasOwn(columns, through) ? columns[through]?.type : undefined;
  if (type?.kind === 'link' && type.to === to)
    return { kind, table: other, through, ...(kind === 'row' ? { entity } : { most }) };
  const links = Object.keys(columns).filter((name) => {
    const link = columns[name]?.type;
    return link?.kind === 'link' && link.to === to;
  });
  place
    .at('through')
    .report(`no column "${through}" of ${from} refers to ${to}.${didYouMean(through, links)}`);
  return undefined;
}

function checkConditions(table: TableName, conditions: ConditionsText, place: Place): void {
  const columns = columnsOf(table);
  for (const [name, expected] of Object.entries(conditions satisfies ColumnConditions)) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    const here = place.at(name);
    if (column === undefined)
      here.report(`${table} has no column "${name}".${didYouMean(name, Object.keys(columns))}`);
    else if (typeof expected !== 'string') checkValues(name, column, expected, here);
  }
}

/** Only of a closed list can it be said which values there are; of free text a rule asks whether there is any. */
function checkValues(
  name: string,
  { type }: Column,
  values: readonly string[],
  place: Place,
): void {
  const known =
    type.kind === 'enum' ? type.values : type.kind === 'boolean' ? ['true', 'false'] : undefined;
  if (known === undefined) {
    place.report(`${name} has no list of values; a rule can ask whether it is "filled" or "empty"`);
    return;
  }
  for (const value of values)
    if (!known.includes(value))
      place.report(`"${value}" is no value of ${name}.${didYouMean(value, known)}`);
}
