import { stringify } from 'yaml';
import { type TargetKind, rootTables } from './fields.ts';
import type { ColumnProposal, Level, Suggestion } from './propose.ts';
import { withOwner, withOwnTables, type OwnMeanings } from './own-rules.ts';
import { type ColumnRule, type MatchedColumns, rowRules } from './rules.ts';

/** What a mapping is written for. */
export interface MappingTextOptions {
  readonly adapter: string;
  /** Source entity of the rows. */
  readonly entity: string;
  readonly kind: TargetKind;
  /** Columns that are less sure stay without a rule. */
  readonly least: Level;
  /** Columns that a person leaves out. */
  readonly refused?: readonly string[];
  /** Columns whose values a person has matched, with the value table that says so. */
  readonly tables?: ReadonlyMap<string, OwnMeanings>;
  /** Whether a row must name an agent, where requirements are strict. */
  readonly needsOwner?: boolean;
}

const ranks: Readonly<Record<Level, number>> = { low: 0, medium: 1, high: 2 };

/** The columns that a mapping uses, by import field, those of one field in their order of rank. */
export function matchedColumns(proposals: readonly ColumnProposal[], least: Level): MatchedColumns {
  const found = new Map<string, { readonly column: string; readonly match: Suggestion }[]>();
  for (const { column, match } of proposals) {
    if (match === null || !isUsed(column, match, least)) continue;
    const known = found.get(match.field) ?? [];
    found.set(match.field, [...known, { column, match }]);
  }
  return new Map(
    [...found].map(([field, columns]) => [
      field,
      columns
        .sort((a, b) => a.match.rank - b.match.rank || (a.column < b.column ? -1 : 1))
        .map(({ column }) => column),
    ]),
  );
}

/** A path of one dot is the item of a list, so that no rule can name a column of that name. */
const isUsed = (column: string, { level }: Suggestion, least: Level): boolean =>
  ranks[level] >= ranks[least] && column !== '.';

/**
 * Writes the mapping that a proposal makes, in the language of docs/mappings.md, with what is thought of each column as
 * comments. It compiles, whatever the columns are called.
 */
export function mappingText(
  proposals: readonly ColumnProposal[],
  options: MappingTextOptions,
): string {
  const { adapter, entity, kind, least } = options;
  const { refused = [], tables = new Map<string, OwnMeanings>(), needsOwner = false } = options;
  const matched = matchedColumns(proposals, least);
  const rules = rowRules(kind, matched);
  const own = withOwnTables(rules.root, matched, tables);
  const root = needsOwner ? withOwner(own) : own;
  const person = rules.person && withOwnTables(rules.person, matched, tables);
  const lines = [
    ...comment(`Proposed from the columns of ${entity}, whose rows are taken to be ${kind}.`),
    ...comment(
      'Beside each rule stands how sure it is, and why. Look at what is below 85 % before you import.',
    ),
    'mapping: 1',
    `adapter: ${scalar(adapter)}`,
    `from: ${scalar(entity)}`,
    `to: ${rootTables[kind]}`,
    root.length === 0 ? 'fields: {}' : 'fields:',
    ...rulesText(root, proposals, matched, '  '),
    ...(person === undefined
      ? []
      : [
          'also:',
          '  - to: people',
          '    part: person',
          '    fields:',
          ...rulesText(person, proposals, matched, '      '),
        ]),
    ...(refused.length === 0 ? [] : [`ignore: ${flow(refused)}`]),
    ...keptText(
      proposals.filter(({ column }) => !refused.includes(column)),
      matched,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const percent = (confidence: number): string => `${String(Math.round(confidence * 100))} %`;

function rulesText(
  rules: readonly ColumnRule[],
  proposals: readonly ColumnProposal[],
  matched: MatchedColumns,
  indent: string,
): readonly string[] {
  const told = new Set<string>();
  return rules.flatMap(({ column, rule, fields }) => {
    const columns = fields.flatMap((field) => matched.get(field) ?? []);
    const notes = columns.flatMap((name) => {
      if (told.has(name)) return [];
      told.add(name);
      const match = proposals.find((proposal) => proposal.column === name)?.match;
      if (match === undefined || match === null) return [];
      return comment(
        `${quoted(name)}: ${match.title}, ${percent(match.confidence)}: ${match.reason}.`,
      );
    });
    return [...notes.map((line) => indent + line), `${indent}${column}: ${flow(rule)}`];
  });
}

/** The columns without a rule, each with why; they are kept with the record. */
function keptText(
  proposals: readonly ColumnProposal[],
  matched: MatchedColumns,
): readonly string[] {
  const used = new Set([...matched.values()].flat());
  const kept = proposals.filter(({ column }) => !used.has(column));
  if (kept.length === 0) return [];
  return [
    ...comment('Without a rule, and kept with each record in custom_fields:'),
    ...kept.flatMap((proposal) =>
      comment(`  ${quoted(proposal.column)}: ${reasonKept(proposal)}.`),
    ),
  ];
}

/** Why a column has no rule, and what it may be all the same. */
export function reasonKept({ match, kept, alternatives }: ColumnProposal): string {
  if (match !== null)
    return `perhaps ${match.title}, ${percent(match.confidence)}: ${match.reason}`;
  const [best] = alternatives;
  const hint = best === undefined ? '' : `; perhaps ${best.title}, ${percent(best.confidence)}`;
  return `${kept ?? 'unknown'}${hint}`;
}

/** A line of comment; nothing in it can end it. */
function comment(text: string): readonly string[] {
  return [`# ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trimEnd()}`];
}

const longestName = 80;

const quoted = (name: string): string =>
  `“${name.length > longestName ? `${name.slice(0, longestName)}…` : name}”`;

const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();

const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd();
