import type { TargetKind } from './fields.ts';
import type { HeaderReading } from './header.ts';
import type { Qualifier } from './vocabulary.ts';

/** Whether a column is about the record itself, and if not, about what. */
export interface Standing {
  /** Why the column is no import field. */
  readonly kept: string | undefined;
  /** The field that a sense stands for, given whom the column is about. */
  fieldOf(sense: string): string;
}

const people: readonly TargetKind[] = ['leads', 'owners', 'contacts', 'users'];

/** The kinds of rows of which a qualifier says nothing but what they are. */
const own: Readonly<Partial<Record<Qualifier, readonly TargetKind[]>>> = {
  person: [...people, 'relations'],
  company: ['relations'],
  deal: ['deals'],
  activity: ['activities'],
  property: ['properties'],
};

const subjects: Readonly<Partial<Record<Qualifier, string>>> = {
  person: 'a person',
  company: 'the company',
  deal: 'the deal',
  activity: 'an activity',
  property: 'the property',
  someone: 'somebody else',
  agent: 'the agent',
};

/** Finds out whom a column is about, by the words beside the name. */
export function standing({ qualifiers, senses }: HeaderReading, kind: TargetKind): Standing {
  const same = (sense: string): string => sense;
  if (qualifiers.has('label') && !qualifiers.has('value'))
    return { kept: 'it says what sort of value another column holds', fieldOf: same };
  const means = (field: string): boolean => senses.some((sense) => sense.field === field);
  if (qualifiers.has('agent') && kind !== 'users') {
    if (means('email')) return { kept: undefined, fieldOf: renaming('email', 'owner_email') };
    if (means('owner_email') || means('owner_name')) return { kept: undefined, fieldOf: same };
    return { kept: 'it is about the agent', fieldOf: same };
  }
  if (qualifiers.has('property') && kind === 'owners') {
    const isAddress = senses.some(({ field }) => field.startsWith('address.'));
    if (isAddress)
      return {
        kept: undefined,
        fieldOf: (sense) => sense.replace(/^address\./, 'property_address.'),
      };
  }
  // "Work" and "company" can be one word: where there is another way to take it, that way is taken.
  const isPlace = [...qualifiers].some((qualifier) => places.has(qualifier));
  for (const qualifier of qualifiers) {
    const subject = subjects[qualifier];
    if (subject === undefined || own[qualifier]?.includes(kind) === true) continue;
    if (qualifier === 'company' && isPlace) continue;
    return { kept: `it is about ${subject}`, fieldOf: same };
  }
  return { kept: undefined, fieldOf: same };
}

const places: ReadonlySet<Qualifier> = new Set(['home', 'work']);

const renaming =
  (from: string, to: string) =>
  (sense: string): string =>
    sense === from ? to : sense;
