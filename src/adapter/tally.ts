import type { BaselineCount, BaselineCounts } from './contract.ts';

/** Adds up a baseline, record by record. */
export interface Tally {
  /** Counts one record; `by` gives its value in each dimension. Deleted records count there too. */
  add(entity: string, deleted: boolean, by: Readonly<Record<string, string>>): void;
  counts(): BaselineCounts;
}

/** A tally of nothing yet. */
export function createTally(): Tally {
  const entities = new Map<string, EntityTally>();
  return {
    add(entity, deleted, by) {
      const tally: EntityTally = entities.get(entity) ?? { active: 0, deleted: 0, by: new Map() };
      entities.set(entity, tally);
      tally[deleted ? 'deleted' : 'active'] += 1;
      for (const [dimension, value] of Object.entries(by)) {
        const values = tally.by.get(dimension) ?? new Map<string, number>();
        tally.by.set(dimension, values.set(value, (values.get(value) ?? 0) + 1));
      }
    },
    counts: () => Object.fromEntries([...entities].map(([name, tally]) => [name, plain(tally)])),
  };
}

interface EntityTally {
  active: number;
  deleted: number;
  readonly by: Map<string, Map<string, number>>;
}

const plain = ({ active, deleted, by }: EntityTally): BaselineCount => ({
  active,
  deleted,
  by: Object.fromEntries([...by].map(([name, values]) => [name, Object.fromEntries(values)])),
});
