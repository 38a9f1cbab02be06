import { fieldsOf, type ImportField } from '../../mapping/headers/fields.ts';
import type { ColumnProposal, Suggestion } from '../../mapping/headers/propose.ts';
import type { RowKind } from '../contract.ts';
import type { Choices, ColumnChoice } from './edits.ts';

/** A column of an import, with what becomes of it, and who said so. */
export interface ChosenColumn {
  readonly proposal: ColumnProposal;
  readonly use: 'field' | 'kept' | 'refused';
  readonly field: ImportField | undefined;
  readonly by: 'proposal' | 'profile' | 'person';
}

type Said = Choices['columns'];

/**
 * What becomes of each column: as a person said, else as the profile says, else as it is proposed where that is likely. A
 * field that takes one column goes to who asked for it last; a column that loses it is kept.
 */
export function chosenColumns(
  proposals: readonly ColumnProposal[],
  kind: RowKind,
  { person, profile }: { readonly person: Said; readonly profile: Said },
): readonly ChosenColumn[] {
  const fields = fieldsOf(kind);
  const asked = proposals.map((proposal): ChosenColumn => {
    const own = Object.hasOwn(person, proposal.column) ? person[proposal.column] : undefined;
    if (own !== undefined) return chosen(proposal, own, 'person', fields);
    const saved = Object.hasOwn(profile, proposal.column) ? profile[proposal.column] : undefined;
    if (saved !== undefined) return chosen(proposal, saved, 'profile', fields);
    const { match } = proposal;
    const field = match === null || match.level === 'low' ? undefined : fields.get(match.field);
    return { proposal, use: field === undefined ? 'kept' : 'field', field, by: 'proposal' };
  });
  const order = Object.keys(person);
  const weight = ({ by, proposal }: ChosenColumn): number =>
    by === 'person' ? 2 + order.indexOf(proposal.column) : by === 'profile' ? 1 : 0;
  const winners = new Map<string, ChosenColumn>();
  for (const one of asked) {
    if (one.field === undefined || one.field.many === true) continue;
    const known = winners.get(one.field.name);
    if (known === undefined || weight(one) > weight(known)) winners.set(one.field.name, one);
  }
  return asked.map((one) => {
    const winner = one.field === undefined ? undefined : winners.get(one.field.name);
    return winner === undefined || winner === one ? one : { ...one, use: 'kept', field: undefined };
  });
}

function chosen(
  proposal: ColumnProposal,
  { field: name, refuse }: ColumnChoice,
  by: 'person' | 'profile',
  fields: ReadonlyMap<string, ImportField>,
): ChosenColumn {
  const field = name === null ? undefined : fields.get(name);
  return {
    proposal,
    use: field !== undefined ? 'field' : refuse ? 'refused' : 'kept',
    field,
    by,
  };
}

/** The columns as they would be proposed, were it sure that they are what they were chosen to be. */
export function asProposals(columns: readonly ChosenColumn[]): readonly ColumnProposal[] {
  return columns.map(({ proposal, use, field, by }, place) => {
    if (use !== 'field' || field === undefined)
      return {
        ...proposal,
        match: null,
        kept: by === 'proposal' ? (proposal.kept ?? 'it is not sure what it is') : 'chosen so',
      };
    const known = [proposal.match, ...proposal.alternatives].find(
      (one): one is Suggestion => one?.field === field.name,
    );
    const match: Suggestion = {
      field: field.name,
      title: field.title,
      confidence: by === 'proposal' ? (known?.confidence ?? 1) : 1,
      level: 'high',
      reason: by === 'proposal' ? (known?.reason ?? '') : 'chosen by a person',
      // Of several telephones the first column is the main one, where no name says otherwise.
      rank: known?.rank ?? 101 + place,
    };
    return { ...proposal, match, kept: null };
  });
}
