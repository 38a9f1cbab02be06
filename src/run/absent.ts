import type { MappingSet } from '../mapping/contract.ts';
import { SourceError } from '../model/errors.ts';
import type { Absence } from '../plan/absent.ts';
import type { AbsentPolicy } from '../plan/scope.ts';
import type { AbsentRequest } from './contract.ts';
import type { RunOptions } from './store.ts';

// What an import may retire where nobody says how much.
const usualShare = 0.25;

const noLimit = { count: null, share: null };

/** What an import is to do with rows whose records are no longer there, as it is kept with the run. */
export function absentOptions({ absent, maxRetired }: AbsentRequest): RunOptions['absent'] {
  if (absent !== 'retire') return undefined;
  const all = maxRetired ?? { count: null, share: usualShare };
  return {
    listings: 'off_market',
    limits: { all, town: noLimit, agent: noLimit },
    trusted: false,
  };
}

/** The same as the plan needs it. */
export function absentPolicy(
  { absent }: RunOptions,
  { roots }: Pick<MappingSet, 'roots'>,
): AbsentPolicy | undefined {
  return absent === undefined ? undefined : { ...absent, roots };
}

// Of fewer listings, all may have changed.
const enough = 5;
const foreign = 0.9;

/** Throws SourceError where hardly a listing of a feed is in its body any more: it is of another agency. */
export function assertOwnFeed(policy: AbsentPolicy | undefined, absence: Absence | null): void {
  if (policy?.feed === undefined || policy.trusted || absence === null) return;
  const { known, absent } = absence;
  if (known < enough || absent < foreign * known) return;
  throw new SourceError(
    `${String(absent)} of the ${String(known)} listings of this feed are not in it any more: it looks like the feed of another agency. Nothing was written.`,
    {
      hint: 'Check the address of the feed. If it is right: tesoro-migrate feed sync --trust. What is withdrawn then waits for "feed approve".',
    },
  );
}
