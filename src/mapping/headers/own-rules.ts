import type { ColumnRule, MatchedColumns, RuleText } from './rules.ts';

/** A value table of one column, and the spellings that a person has spoken of. */
export interface OwnMeanings {
  readonly table: string;
  readonly spellings: readonly string[];
}

/**
 * Rules in which columns are looked up in value tables of their own. Users, who are looked up in none, are so for the
 * spellings that were spoken of, and found by e-mail for all others.
 */
export function withOwnTables(
  rules: readonly ColumnRule[],
  matched: MatchedColumns,
  tables: ReadonlyMap<string, OwnMeanings>,
): readonly ColumnRule[] {
  if (tables.size === 0) return rules;
  return rules.map((one) => {
    const columns = one.fields.flatMap((field) => matched.get(field) ?? []);
    const column = columns.find((name) => tables.has(name));
    const own = column === undefined ? undefined : tables.get(column);
    if (column === undefined || own === undefined) return one;
    const written = isList(one.rule) ? one.rule : [one.rule];
    const rule = written.flatMap((each): readonly RuleText[] =>
      'link' in each ? agentRules(each, column, own) : [lookedUpIn(each, own.table)],
    );
    const [only] = rule;
    return { ...one, rule: rule.length === 1 && only !== undefined ? only : rule };
  });
}

/** Rules among which one demands an agent; where no column names one, every row lacks it. */
export function withOwner(rules: readonly ColumnRule[]): readonly ColumnRule[] {
  const column = 'owner_id';
  if (!rules.some((one) => one.column === column)) {
    const rule = { link: 'users', from: 'owner_email', by: 'email', missing: 'placeholder' };
    return [...rules, { column, rule: { ...rule, expected: true }, fields: [] }];
  }
  return rules.map((one) => {
    if (one.column !== column) return one;
    const written = isList(one.rule) ? one.rule : [one.rule];
    const [first, ...others] = written.map((rule) => ({ ...rule, expected: true }));
    return first === undefined || others.length > 0
      ? { ...one, rule: written.map((rule) => ({ ...rule, expected: true })) }
      : { ...one, rule: first };
  });
}

const isList = (rule: ColumnRule['rule']): rule is readonly RuleText[] => Array.isArray(rule);

function agentRules(rule: RuleText, column: string, own: OwnMeanings): readonly RuleText[] {
  const spoken = { [column]: own.spellings };
  return [
    { ...rule, do: [{ lookup: own.table }], keepOriginal: true, when: spoken },
    { ...rule, unless: spoken },
  ];
}

function lookedUpIn(rule: RuleText, table: string): RuleText {
  const steps: readonly unknown[] = Array.isArray(rule['do']) ? rule['do'] : [];
  if (steps.length === 0) return rule;
  return { ...rule, do: steps.map((step) => stepIn(step, table)) };
}

function stepIn(step: unknown, table: string): unknown {
  if (typeof step !== 'object' || step === null) return step;
  return Object.fromEntries(
    Object.entries(step).map(([name, options]: [string, unknown]) => [
      name,
      name !== 'lookup' && name !== 'lookup-all'
        ? options
        : typeof options === 'object' && options !== null
          ? { ...options, table }
          : table,
    ]),
  );
}
