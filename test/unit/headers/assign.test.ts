import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../../src/mapping/headers/assign.ts';

const edge = (column: number, field: number, score: number) => ({ column, field, score });
const total = (edges: readonly { score: number }[]) =>
  edges.reduce((sum, { score }) => sum + score ** 3, 0);

/** The best sum there is, by trying everything. */
function bestByTrying(
  scores: readonly (readonly number[])[],
  taken: ReadonlySet<number>,
  at = 0,
): number {
  const row = scores[at];
  if (row === undefined) return 0;
  return row.reduce(
    (best, score, field) =>
      taken.has(field) || score === 0
        ? best
        : Math.max(best, score ** 3 + bestByTrying(scores, new Set([...taken, field]), at + 1)),
    bestByTrying(scores, taken, at + 1),
  );
}

describe('giving columns to fields', () => {
  it('does not let a good guess take a column from a better one', () => {
    const edges = [edge(0, 0, 0.9), edge(0, 1, 0.8), edge(1, 0, 0.95)];
    expect(assign(edges, 2, [1, 1])).toEqual(
      expect.arrayContaining([edge(0, 1, 0.8), edge(1, 0, 0.95)]),
    );
  });

  it('gives a field as many columns as it takes', () => {
    const edges = [edge(0, 0, 0.9), edge(1, 0, 0.8), edge(2, 0, 0.7)];
    expect(assign(edges, 3, [2])).toHaveLength(2);
    expect(assign(edges, 3, [3])).toHaveLength(3);
    expect(assign([], 3, [])).toEqual([]);
  });

  it('finds the best there is', () => {
    const table = fc.array(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(table, (tenths) => {
        const scores = tenths.map((row) => row.map((score) => score / 10));
        const edges = scores.flatMap((row, column) =>
          row.flatMap((score, field) => (score === 0 ? [] : [edge(column, field, score)])),
        );
        const found = assign(edges, scores.length, [1, 1, 1, 1]);
        expect(new Set(found.map(({ column }) => column)).size).toBe(found.length);
        expect(new Set(found.map(({ field }) => field)).size).toBe(found.length);
        expect(total(found)).toBeCloseTo(bestByTrying(scores, new Set()), 9);
      }),
    );
  });
});
