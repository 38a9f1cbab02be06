import type { Column, TableName } from '../crm/column.ts';
import type { ColumnValue, Reference } from '../model/draft.ts';
import type { IssueCode } from '../model/issue.ts';
import { compileColumn } from './column-value.ts';
import { type Condition, compileConditions } from './condition.ts';
import type { Place } from './document.ts';
import { compileLink } from './link.ts';
import { type Evaluate, type RuleScope, compileReading } from './reading.ts';
import type { Rule } from './schema.ts';
import { pathIn } from './scope.ts';

/** A rule as written, and where. */
export interface WrittenRule {
  readonly rule: Rule;
  readonly place: Place;
}

/** Compiles the rules of a column that holds a value: the first that applies and gives one. */
export function compileValueRules(
  column: string,
  type: Column['type'],
  rules: readonly WrittenRule[],
  scope: RuleScope,
): Evaluate<ColumnValue> {
  const finish = compileColumn(column, type);
  return firstOf(
    rules.map(({ rule, place }, index) => {
      if (rule.link !== undefined) place.at('link').report(`${column} is not a link`);
      const condition = conditionOf(rule, place, scope);
      return {
        condition,
        evaluate:
          rule.value === undefined
            ? compileReading(rule, place, scopeOf(condition, index, scope), finish)
            : constant(column, type, rule.value, place),
      };
    }),
  );
}

/** Compiles the rules of a column that refers to a row of another table. */
export function compileLinkRules(
  to: TableName,
  rules: readonly WrittenRule[],
  scope: RuleScope,
): Evaluate<Reference> {
  return firstOf(
    rules.map(({ rule, place }, index) => {
      if (rule.link === undefined) place.report(`the column refers to ${to} and needs "link"`);
      const condition = conditionOf(rule, place, scope);
      return {
        condition,
        evaluate:
          rule.link === undefined
            ? () => null
            : compileLink(to, rule, place, scopeOf(condition, index, scope)),
      };
    }),
  );
}

interface Alternative<Result> {
  readonly condition: Condition | undefined;
  readonly evaluate: Evaluate<Result>;
}

function firstOf<Result>(alternatives: readonly Alternative<Result>[]): Evaluate<Result> {
  const [only] = alternatives;
  if (alternatives.length === 1 && only?.condition === undefined && only !== undefined)
    return only.evaluate;
  return (from, pass, custom) => {
    for (const { condition, evaluate } of alternatives) {
      if (condition?.(from) === false) continue;
      const value = evaluate(from, pass, custom);
      if (value !== null) return value;
    }
    return null;
  };
}

function conditionOf(rule: Rule, place: Place, { paths }: RuleScope): Condition | undefined {
  return compileConditions(rule, (path, word) =>
    pathIn(paths, path, place.at(word, path), 'condition'),
  );
}

/** A rule with a condition applies at times, and so does one that comes after others. */
function scopeOf(condition: Condition | undefined, index: number, scope: RuleScope): RuleScope {
  return condition === undefined && index === 0 ? scope : { ...scope, atTimes: true };
}

/** A value that the mapping itself gives: checked now, so that no record can meet a misfit. */
function constant(
  column: string,
  type: Column['type'],
  text: string,
  place: Place,
): Evaluate<ColumnValue> {
  const problems: IssueCode[] = [];
  const value = compileColumn(column, type)(text, {
    issue: (code) => {
      problems.push(code);
    },
    keepOriginal: () => undefined,
  });
  if (problems.length > 0)
    place.at('value').report(`"${text}" does not fit ${column}, which is ${shown(type)}`);
  return () => value;
}

function shown(type: Column['type']): string {
  return type.kind === 'enum' ? `one of ${type.values.join(', ')}` : `of type ${type.kind}`;
}
