/** What became, or would become, of a draft; the words of the ledger. */
export const fates = [
  'created',
  'updated',
  'unchanged',
  'retired',
  'duplicate',
  'excluded',
  'parked',
  'rejected',
] as const;

export type Fate = (typeof fates)[number];

/** A number per fate. `retired` counts rows that the source no longer holds, so it is not part of `read`. */
export type FateCounts = Readonly<Record<Fate, number>>;

/** Zero of every fate. */
export const noFates: FateCounts = {
  created: 0,
  updated: 0,
  unchanged: 0,
  retired: 0,
  duplicate: 0,
  excluded: 0,
  parked: 0,
  rejected: 0,
};

/** The sum that must equal the number read: every fate but `retired`. */
export function accountedFor(counts: FateCounts): number {
  return fates.reduce((sum, fate) => (fate === 'retired' ? sum : sum + counts[fate]), 0);
}
