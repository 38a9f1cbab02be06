import { oneAddress } from './address.ts';
import { assign } from './assign.ts';
import {
  type Candidate,
  type ColumnCandidates,
  candidatesOf,
  leastConfidence,
  surestFirst,
} from './candidates.ts';
import { type ValueTables, evidenceOf } from './evidence.ts';
import type { ImportField, TargetKind } from './fields.ts';
import { exampleOf } from './examples.ts';
import type { ColumnProfile } from './profile.ts';
import type { Vocabulary } from './vocabulary.ts';
import { headerKey } from './words.ts';

/** What a confidence means: `high` can be imported unseen, `medium` should be looked at, `low` is a hint. */
export type Level = 'high' | 'medium' | 'low';

const highFrom = 0.85;
const mediumFrom = 0.5;

/** The level of a confidence. */
export function levelOf(confidence: number): Level {
  return confidence >= highFrom ? 'high' : confidence >= mediumFrom ? 'medium' : 'low';
}

/** A field that a column may be. */
export interface Suggestion {
  readonly field: string;
  readonly title: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly level: Level;
  readonly reason: string;
  /** Of several columns for one field the lower comes first: the main telephone before the second. */
  readonly rank: number;
}

/** What a column of a table is proposed to be. */
export interface ColumnProposal {
  readonly column: string;
  readonly rows: number;
  readonly filled: number;
  readonly examples: readonly string[];
  /** Null where no field is proposed: the column is kept with the record. */
  readonly match: Suggestion | null;
  /** Why no field is proposed. */
  readonly kept: string | null;
  readonly alternatives: readonly Suggestion[];
}

/** What is known beside the columns. */
export interface ProposalOptions {
  readonly kind: TargetKind;
  readonly vocabulary: Vocabulary;
  readonly tables: ValueTables;
}

/** Two fields within this distance are a doubt. */
const margin = 0.1;
const mostAlternatives = 3;
/** More columns of one kind, such as telephones, are not of one record. */
const mostColumns = 20;
/** What is left of a match in doubt: it should be looked at. */
const inDoubt = 0.8;

/**
 * Proposes an import field for each column of a table, the best for the whole table, in the order of the columns. The
 * order of the columns, and how their names are written, change nothing.
 */
export function proposeFields(
  profiles: readonly ColumnProfile[],
  { kind, vocabulary, tables }: ProposalOptions,
): readonly ColumnProposal[] {
  const ordered = [...profiles].sort(byContent);
  const studied = ordered.map((profile) => ({ profile, evidence: evidenceOf(profile, tables) }));
  const columns = oneAddress(candidatesOf(studied, kind, vocabulary, tables));
  const matches = matched(columns);
  const proposals = new Map(
    columns.map((column, place) => [
      column.profile,
      proposalOf(column, matches[place], columns, matches),
    ]),
  );
  return profiles.flatMap((profile) => proposals.get(profile) ?? []);
}

/** An order in which neither the place of a column nor the case of its name counts. */
function byContent(a: ColumnProfile, b: ColumnProfile): number {
  const text = ({ name, filled, sample }: ColumnProfile): string =>
    JSON.stringify([headerKey(name), filled, sample.slice(0, 50), name]);
  return text(a) < text(b) ? -1 : 1;
}

/** The candidate that each column gets. */
function matched(columns: readonly ColumnCandidates[]): readonly (Candidate | undefined)[] {
  const fields = new Map<string, { place: number; field: ImportField; wanted: number }>();
  for (const { field } of columns.flatMap(({ candidates }) => candidates)) {
    const known = fields.get(field.name) ?? { place: fields.size, field, wanted: 0 };
    fields.set(field.name, { ...known, wanted: known.wanted + 1 });
  }
  const edges = columns.flatMap(({ candidates }, column) =>
    candidates.map((candidate) => ({
      column,
      field: fields.get(candidate.field.name)?.place ?? 0,
      score: candidate.confidence + fullness(columns[column]),
      candidate,
    })),
  );
  const places = [...fields.values()].map(({ field, wanted }) =>
    field.many === true ? Math.min(wanted, mostColumns) : 1,
  );
  const taken = assign(edges, columns.length, places);
  const result = columns.map((): Candidate | undefined => undefined);
  for (const edge of taken) {
    const found = edges.find(({ column, field }) => column === edge.column && field === edge.field);
    result[edge.column] = found?.candidate;
  }
  return result;
}

/** Of two equal columns the fuller one is meant; never enough to outweigh a better name. */
const fullness = (column: ColumnCandidates | undefined): number =>
  column === undefined || column.profile.rows === 0
    ? 0
    : (column.profile.filled / column.profile.rows) * 0.01;

function proposalOf(
  column: ColumnCandidates,
  match: Candidate | undefined,
  columns: readonly ColumnCandidates[],
  matches: readonly (Candidate | undefined)[],
): ColumnProposal {
  const { profile, candidates, kept } = column;
  const takenBy = (name: string): string | undefined => {
    const place = matches.findIndex((other) => other?.field.name === name);
    return place < 0 ? undefined : columns[place]?.profile.name;
  };
  const base = {
    column: profile.name,
    rows: profile.rows,
    filled: profile.filled,
    examples: exampleOf(profile),
    alternatives: candidates
      .filter((candidate) => candidate !== match)
      .slice(0, mostAlternatives)
      .map((candidate) => suggestionOf(candidate, candidate.confidence, [])),
  };
  if (match === undefined) {
    const [best] = candidates;
    const reason =
      kept ??
      (best === undefined
        ? 'neither its name nor what it holds says what it is'
        : `“${takenBy(best.field.name) ?? ''}” is the better column for ${best.field.title}`);
    return { ...base, match: null, kept: reason };
  }
  if (match.field.unplaced === true)
    return { ...base, match: null, kept: `${match.field.title}, for which the CRM has no column` };
  if (match.field.name === 'full_name' && takenBy('first_name') && takenBy('last_name'))
    return { ...base, match: null, kept: 'the first and the last name have columns of their own' };
  const doubts = doubtsAbout(column, match, columns, matches);
  const confidence = doubts.length === 0 ? match.confidence : Math.min(match.confidence, inDoubt);
  return { ...base, match: suggestionOf(match, confidence, doubts), kept: null };
}

/** What speaks for a second look at a match. */
function doubtsAbout(
  column: ColumnCandidates,
  match: Candidate,
  columns: readonly ColumnCandidates[],
  matches: readonly (Candidate | undefined)[],
): readonly string[] {
  const doubts: string[] = [];
  const [rival] = column.candidates
    .filter((other) => other !== match && other.confidence >= match.confidence - margin)
    .filter((other) => !matches.some((taken) => taken?.field.name === other.field.name))
    .sort(surestFirst);
  if (rival !== undefined) doubts.push(`but it may be ${rival.field.title} as well`);
  if (match.field.many === true) return doubts;
  const twin = columns.find(
    (other, place) =>
      other !== column &&
      matches[place] === undefined &&
      other.profile.filled > 0 &&
      other.candidates.some(
        ({ field, confidence }) =>
          field.name === match.field.name && confidence >= match.confidence - margin / 2,
      ),
  );
  if (twin !== undefined) doubts.push(`but “${twin.profile.name}” may be it as well`);
  return doubts;
}

/** `Email` before `Email 2`, the main one before all, another one last. */
function rankOf({ reading }: Candidate): number {
  const words = reading?.qualifiers ?? new Set();
  const base = words.has('main') ? 0 : words.has('second') ? 2 : words.has('other') ? 3 : 1;
  return base * 100 + (reading?.ordinal ?? 1);
}

function suggestionOf(
  candidate: Candidate,
  confidence: number,
  doubts: readonly string[],
): Suggestion {
  const { field, reasons } = candidate;
  const rounded = Math.round(confidence * 100) / 100;
  return {
    field: field.name,
    title: field.title,
    confidence: Math.max(leastConfidence, rounded),
    level: levelOf(rounded),
    reason: [...reasons, ...doubts].join(', '),
    rank: rankOf(candidate),
  };
}
