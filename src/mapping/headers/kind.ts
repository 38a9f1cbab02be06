import type { ValueTables } from './evidence.ts';
import { type TargetKind, importFields, targetKinds } from './fields.ts';
import type { ColumnProfile } from './profile.ts';
import { type ColumnProposal, type Level, levelOf, proposeFields } from './propose.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** What the rows of a table are, how sure that is, and why. */
export interface KindGuess {
  readonly kind: TargetKind;
  readonly confidence: number;
  readonly level: Level;
  readonly reason: string;
  /** Other kinds that they can be, the likeliest first. */
  readonly others: readonly TargetKind[];
}

/** Fields without which rows are not of a kind: one of each list. */
const essentials: Readonly<Record<TargetKind, readonly (readonly string[])[]>> = {
  leads: [['first_name', 'last_name', 'full_name', 'email', 'phone']],
  owners: [['first_name', 'last_name', 'full_name', 'email', 'phone']],
  contacts: [['first_name', 'last_name', 'full_name', 'email', 'phone']],
  relations: [['relation.name']],
  properties: [
    ['reference', 'property.type', 'property.title'],
    ['price', 'beds', 'built_m2', 'plot_m2', 'transaction', 'property.type'],
  ],
  deals: [
    ['deal.name', 'deal.value'],
    ['deal.stage', 'deal.expected_close_date', 'deal.closed_date', 'deal.value'],
  ],
  activities: [
    ['activity.subject', 'activity.body'],
    ['activity.type', 'activity.occurred_at', 'activity.due_at', 'activity.done'],
  ],
  users: [['email'], ['user.role', 'is_active']],
};

const people: ReadonlySet<TargetKind> = new Set(['leads', 'owners', 'contacts', 'users']);

/** What only somebody who looks for a property has. */
const wishes = /^(?:property_details\.(?!type)|timing\.)/;

/** A file's name weighs as much as a column or two. */
const byName = 1.5;
/** What a header says that speaks of leads; contacts have a lead source, too. */
const byHeader = 0.3;
/** What rows without the essentials of a kind still have of it. */
const incomplete = 0.25;
/** So far ahead of the next kind, in weights of columns, a kind is sure. */
const sureBy = 1.5;

/** How sure a file makes that holds what a kind must have, and is named after it. */
const namedSo = 0.86;

/** Guesses what the rows of a table are, from its columns and from the name of its file. */
export function guessKind(
  profiles: readonly ColumnProfile[],
  fileName: string,
  vocabulary: Vocabulary,
  tables: ValueTables,
): KindGuess {
  const named = new Set(kindsInName(fileName, vocabulary));
  const proposed = (kind: TargetKind) => proposeFields(profiles, { kind, vocabulary, tables });
  const hasPeople = namesPeople(proposed('contacts'));
  const ofLeads = profiles.filter(({ name }) =>
    wordsOf(name).some((word) => vocabulary.kindsOf(word).includes('leads')),
  ).length;
  const scored = targetKinds
    .map((kind) => {
      const { score, own, isWhole } = scoreOf(kind, proposed(kind), named.has(kind));
      const heard = kind === 'leads' ? score + Math.min(ofLeads, 3) * byHeader : score;
      return {
        kind,
        own,
        isWhole,
        score: hasPeople && !people.has(kind) ? heard * incomplete : heard,
      };
    })
    .sort((a, b) => b.score - a.score || preference(a.kind) - preference(b.kind));
  const [best, second] = scored;
  if (best === undefined || best.score <= 0)
    return {
      kind: 'contacts',
      confidence: 0.2,
      level: 'low',
      reason: 'no column says what the rows are',
      others: targetKinds.filter((kind) => kind !== 'contacts'),
    };
  const ahead = best.score - Math.max(0, second?.score ?? 0);
  const byColumns = Math.min(0.98, 0.5 + (ahead / sureBy) * 0.4);
  // A file that is named after one kind of rows, and after nothing else, is of that kind.
  const isNamedSo = named.has(best.kind) && named.size === 1 && best.isWhole;
  const confidence = isNamedSo ? Math.max(byColumns, namedSo) : byColumns;
  const rounded = Math.round(confidence * 100) / 100;
  return {
    kind: best.kind,
    confidence: rounded,
    level: levelOf(rounded),
    reason: reasonOf(best.kind, best.own, named.has(best.kind)),
    others: scored
      .slice(1)
      .filter(({ score }) => score >= best.score - sureBy && score > 0)
      .map(({ kind }) => kind),
  };
}

/** Whether the rows are of people, who alone have first and last names. */
function namesPeople(proposals: readonly ColumnProposal[]): boolean {
  return proposals.some(
    ({ match }) =>
      match?.level === 'high' && (match.field === 'first_name' || match.field === 'last_name'),
  );
}

/** Kinds that the words of a file's name speak of. */
function kindsInName(fileName: string, vocabulary: Vocabulary): readonly TargetKind[] {
  const base = fileName.split(/[/\\]/).at(-1) ?? '';
  return wordsOf(base.replace(/\.[a-z0-9]+$/i, '')).flatMap((word) => vocabulary.kindsOf(word));
}

/** Of two kinds with equal columns the simpler one is meant. */
const preference = (kind: TargetKind): number =>
  [
    'contacts',
    'leads',
    'owners',
    'relations',
    'properties',
    'deals',
    'activities',
    'users',
  ].indexOf(kind);

interface Score {
  readonly score: number;
  /** Columns that hardly any other kind has. */
  readonly own: readonly string[];
  /** Whether the columns are there without which rows are not of the kind. */
  readonly isWhole: boolean;
}

function scoreOf(kind: TargetKind, proposals: readonly ColumnProposal[], isNamed: boolean): Score {
  const found = new Map<string, { column: string; confidence: number }>();
  for (const { column, match } of proposals)
    if (match !== null && match.level !== 'low' && !found.has(match.field))
      found.set(match.field, { column, confidence: match.confidence });
  const own: string[] = [];
  let score = isNamed ? byName : 0;
  for (const field of importFields) {
    const match = found.get(field.name);
    if (match === undefined || field.unplaced === true) continue;
    const isWish = kind === 'leads' && wishes.test(field.name);
    if (field.kinds.length <= 2 && !(kind === 'owners' && wishes.test(field.name)))
      own.push(match.column);
    score += match.confidence * (1 / field.kinds.length + (isWish ? 0.5 : 0));
  }
  const isWhole = essentials[kind].every((group) => group.some((name) => found.has(name)));
  return { score: isWhole ? score : score * incomplete, own, isWhole };
}

const mostNamed = 4;

function reasonOf(kind: TargetKind, own: readonly string[], isNamed: boolean): string {
  const shown = own.slice(0, mostNamed).map((column) => `“${column}”`);
  const more = own.length > mostNamed ? ` and ${String(own.length - mostNamed)} more` : '';
  const columns =
    own.length > 0
      ? `${kind} have ${shown.join(', ')}${more}`
      : kind === 'contacts'
        ? 'the columns are those of people, and none is of leads alone'
        : `the columns are those of people, and none says that they are ${kind}`;
  return isNamed ? `${columns}; the name of the file says so too` : columns;
}
