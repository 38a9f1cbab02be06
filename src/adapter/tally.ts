import { nameText } from '../model/name-text.ts';
import type { BaselineCount, BaselineCounts } from './contract.ts';

/** Adds up a baseline. */
export interface Tally {
  /** Counts one record. */
  add(entity: string, deleted: boolean): void;
  /** Counts one record's value in a dimension; deleted records count there too. */
  split(entity: string, dimension: string, value: string): void;
  counts(): BaselineCounts;
}

/** A tally of nothing yet. */
export function createTally(): Tally {
  const entities = new Map<string, EntityTally>();
  // Named as the records are, once they are sealed.
  const of = (written: string): EntityTally => {
    const entity = nameText(written);
    const tally: EntityTally = entities.get(entity) ?? { active: 0, deleted: 0, by: new Map() };
    entities.set(entity, tally);
    return tally;
  };
  return {
    add(entity, deleted) {
      of(entity)[deleted ? 'deleted' : 'active'] += 1;
    },
    split(entity, dimension, value) {
      const { by } = of(entity);
      const values = by.get(dimension) ?? new Map<string, number>();
      by.set(dimension, values.set(value, (values.get(value) ?? 0) + 1));
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
