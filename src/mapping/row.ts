import { type Column, type TableName } from '../crm/column.ts';
import { columnsOf } from '../crm/tables.ts';
import type { ColumnValue, Reference } from '../model/draft.ts';
import type { Value } from '../model/record.ts';
import { didYouMean } from './closest.ts';
import type { Requirements } from './contract.ts';
import type { CustomFields } from './custom-fields.ts';
import type { Place } from './document.ts';
import type { Evaluate, RuleScope } from './reading.ts';
import type { RecordPass } from './record-pass.ts';
import { type WrittenRule, compileLinkRules, compileValueRules } from './rule.ts';
import { fieldName } from './scope.ts';

/** The rules of a row's columns, by column. */
export type WrittenColumns = ReadonlyMap<string, readonly WrittenRule[]>;

/** What a row says, apart from who it is. */
export interface RowContent {
  readonly values: Record<string, ColumnValue>;
  readonly links: Record<string, Reference>;
}

/** Makes the row of a record, or of an item of it, and reports what it lacks. */
export type MakeRow = (from: Value, pass: RecordPass, custom: CustomFields) => RowContent;

export interface RowOptions {
  readonly table: TableName;
  readonly columns: WrittenColumns;
  readonly scope: RuleScope;
  readonly place: Place;
  readonly requirements: Requirements;
  /** The column that refers to the record's root row by itself. */
  readonly owner: string | undefined;
}

interface CompiledColumn<Result> {
  readonly name: string;
  readonly evaluate: Evaluate<Result>;
}

/** What the adapter and the mapping give by themselves. */
const ownColumns: readonly string[] = ['is_deleted', 'custom_fields'];

/** Compiles the rules of one row. */
export function compileRow(options: RowOptions): MakeRow {
  const { table, columns, scope, place, owner } = options;
  const declared = columnsOf(table);
  const values: CompiledColumn<ColumnValue>[] = [];
  const links: CompiledColumn<Reference>[] = [];
  for (const [name, rules] of columns) {
    const column = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const here = place.at('fields', name);
    if (column === undefined)
      here.report(`${table} has no column "${name}".${didYouMean(name, Object.keys(declared))}`);
    else if (ownColumns.includes(name)) here.report('is set by itself and takes no rule');
    else if (column.type.kind === 'link')
      links.push({ name, evaluate: compileLinkRules(column.type.to, rules, scope) });
    else values.push({ name, evaluate: compileValueRules(name, column.type, rules, scope) });
  }
  if (owner !== undefined)
    links.push({
      name: owner,
      evaluate: (_from, pass) => ({ by: 'key', key: pass.rootKey }),
    });
  const check = compileCheck(options, declared);

  return (from, pass, custom) => {
    const row: RowContent = { values: {}, links: {} };
    for (const { name, evaluate } of values) row.values[name] = evaluate(from, pass, custom);
    for (const { name, evaluate } of links) {
      const reference = evaluate(from, pass, custom);
      if (reference !== null) row.links[name] = reference;
    }
    check(row, pass);
    return row;
  };
}

/** Compiles what is asked of a whole row: required and expected columns, minima that are not above their maxima. */
function compileCheck(
  { table, columns, scope, place, requirements, owner }: RowOptions,
  declared: Readonly<Record<string, Column>>,
): (row: RowContent, pass: RecordPass) => void {
  const fieldOf = (column: string): string => {
    const rule = columns.get(column)?.[0]?.rule;
    const path = rule?.from ?? rule?.combine?.[0];
    return path === undefined ? '' : fieldName(scope.paths, path);
  };
  const required: string[] = [];
  const expected: string[] = [];
  for (const [name, column] of Object.entries(declared)) {
    const rules = columns.get(name);
    const demanded = column.required === true && column.default === undefined;
    if (demanded && rules === undefined && name !== owner)
      place.at('fields').report(`the CRM requires ${table}.${name}, which has no rule`);
    if (demanded || rules?.some(({ rule }) => rule.required === true)) required.push(name);
    else if (column.expected === true || rules?.some(({ rule }) => rule.expected === true))
      expected.push(name);
  }
  const ranges = Object.keys(declared)
    .map((minimum) => ({
      minimum,
      maximum: minimum.replace(/_min$/, '_max').replace(/_from$/, '_to'),
    }))
    .filter(({ minimum, maximum }) => minimum !== maximum && columns.has(minimum))
    .filter(({ maximum }) => columns.has(maximum));

  const missing = (column: string, pass: RecordPass): void => {
    pass.begin(fieldOf(column), null);
    pass.issue('REQUIRED_VALUE_MISSING', { args: { table, column } });
  };
  return (row, pass) => {
    const isEmpty = (column: string): boolean =>
      (row.values[column] ?? row.links[column] ?? null) === null;
    for (const column of required) if (isEmpty(column)) missing(column, pass);
    if (!pass.record.deleted) {
      const empty = expected.filter(isEmpty);
      if (requirements === 'strict') for (const column of empty) missing(column, pass);
      else if (empty.length > 0) {
        pass.begin('', null);
        pass.issue('RECORD_INCOMPLETE', { args: { table, columns: empty.join(', ') } });
      }
    }
    for (const { minimum, maximum } of ranges) {
      const least = row.values[minimum];
      const most = row.values[maximum];
      if (typeof least !== 'string' || typeof most !== 'string') continue;
      if (!isAbove(least, most)) continue;
      pass.begin(fieldOf(minimum), least);
      pass.issue('MINIMUM_ABOVE_MAXIMUM', { args: { minimum: least, maximum: most } });
    }
  };
}

/** Of two numbers, or two dates or times, which in their canonical form are in the order of their texts. */
const isAbove = (least: string, most: string): boolean =>
  Number.isNaN(Number(least)) ? least > most : Number(least) > Number(most);
