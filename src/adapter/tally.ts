import { nameText, storableText } from '../model/name-text.ts';
import type { BaselineCount, BaselineCounts } from './contract.ts';

/** Adds up a baseline. */
export interface Tally {
  /** Counts one record. */
  add(entity: string, deleted: boolean): void;
  /** Counts one record's value in a dimension. */
  split(entity: string, dimension: string, value: string, deleted: boolean): void;
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
    split(entity, dimension, written, deleted) {
      const { by } = of(entity);
      // As the database keeps it, so that the same value is found there.
      const value = storableText(written);
      const values = by.get(dimension) ?? new Map<string, Split>();
      const split = values.get(value) ?? { active: 0, deleted: 0 };
      split[deleted ? 'deleted' : 'active'] += 1;
      by.set(dimension, values.set(value, split));
    },
    counts: () => Object.fromEntries([...entities].map(([name, tally]) => [name, plain(tally)])),
  };
}

interface Split {
  active: number;
  deleted: number;
}

interface EntityTally extends Split {
  readonly by: Map<string, Map<string, Split>>;
}

/** The year in a date, whatever its order; nothing where there is none. */
export const yearIn = (date: string): string =>
  /(?<!\d)(?:1[89]|20)\d\d(?!\d)/.exec(date)?.[0] ?? '';

const plain = ({ active, deleted, by }: EntityTally): BaselineCount => ({
  active,
  deleted,
  by: Object.fromEntries([...by].map(([name, values]) => [name, Object.fromEntries(values)])),
});
