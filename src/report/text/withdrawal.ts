import type { GuardDocument, WithdrawalDocument } from '../../run/documents.ts';
import { number } from '../figures.ts';
import { wrap, type Palette } from './layout.ts';

const guardsShown = 5;

/** What is no longer in a full snapshot, what was withdrawn of it and what is held, in sentences. */
export function withdrawalLines(withdrawal: WithdrawalDocument | null, palette: Palette): string[] {
  if (withdrawal === null || withdrawal.absent + withdrawal.excluded === 0) return [];
  const { known, absent, excluded, withdrawn, held, ignored, guards } = withdrawal;
  const out = excluded === 0 ? '' : ` and ${number(excluded)} excluded by now`;
  const left = ignored === 0 ? '' : `, ${number(ignored)} left as they are`;
  return [
    ...wrap(
      `Of ${number(known)} that were there, ${number(absent)} ${absent === 1 ? 'is' : 'are'} gone${out}: ${number(withdrawn)} withdrawn, ${number(held)} held${left}.`,
      0,
    ),
    ...guards.slice(0, guardsShown).map((guard) => palette.yellow(`Held: ${guardText(guard)}`)),
  ];
}

function guardText({ guard, group, count, of, limit }: GuardDocument): string {
  const those = `${number(count)} of ${number(of)}`;
  const allowed = limit === null ? '' : ` (allowed: ${limitText(limit)})`;
  switch (guard) {
    case 'all':
      return `${those} would go${allowed}.`;
    case 'town':
      return `${those} in ${group ?? 'no town'} would go${allowed}.`;
    case 'agent':
      return `${those} of one agent would go${allowed}.`;
    case 'half':
      return `${those} would go, for half of the feed or more is missing.`;
    case 'unread':
      return `${those} would go, but a record could not be read and may be one of them.`;
  }
}

/** A limit in words. */
export function limitText({ count, share }: NonNullable<GuardDocument['limit']>): string {
  const parts = [
    ...(count === null ? [] : [String(count)]),
    ...(share === null ? [] : [`${String(Math.round(share * 1_000) / 10)}%`]),
  ];
  return parts.length === 0 ? 'any number' : parts.join(', or ');
}
