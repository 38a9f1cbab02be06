import type { DuplicatePair, DuplicateRow } from '../run/documents.ts';

const reasons: Readonly<Record<string, string>> = {
  same_national_id: 'same national id',
  same_tax_id: 'same tax number',
  same_email: 'same e-mail',
  same_phone: 'same telephone number',
  same_name_and_birthday: 'same name and birthday',
  same_name_and_address: 'same name and address',
  same_name: 'same name',
};

/** Why two rows may be one, in words, the strongest reason first. */
export function reasonsOf(pair: DuplicatePair): string {
  return pair.reasons.map((reason) => reasons[reason] ?? reason).join(', ');
}

/** How likely two rows are one. */
export function likelihoodOf({ score }: DuplicatePair): string {
  if (score >= 4) return 'most likely';
  return score > 1 ? 'perhaps' : 'a hint';
}

/** What a row says of who it is, the name first. */
export function describedRow({ values }: DuplicateRow): string {
  const { first_name: first, last_name: last, name, ...others } = values;
  const names = [name, first, last].filter((part) => part !== undefined).join(' ');
  return [names === '' ? '(no name)' : names, ...Object.values(others)].join(' · ');
}

/** The record that a row stands for; a row that was entered in the CRM stands for none. */
export function originOf({ entity, sourceId }: DuplicateRow): string {
  return entity === null || sourceId === null ? 'entered in the CRM' : `${entity} ${sourceId}`;
}
