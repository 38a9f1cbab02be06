import type { Run } from '../../api.ts';

/** All records of a run together: how many were read, and what became of them. */
export function sumOf(run: Pick<Run, 'records'>) {
  const fates: Record<string, number> = {};
  let read = 0;
  for (const counts of Object.values(run.records)) {
    read += counts.read;
    for (const [fate, count] of Object.entries(counts.fates))
      fates[fate] = (fates[fate] ?? 0) + count;
  }
  return { read, fates };
}
