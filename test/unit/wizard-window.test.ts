import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heightOf, rowHeight, scrollTo, windowAt } from '../../src/web/client/preview/window.ts';

const lists = fc.record({
  rows: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 20_000_000 })),
  view: fc.integer({ min: 100, max: 2_000 }),
});

describe('the rows of the preview that are drawn', () => {
  it('are few, whatever the list', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (shape, part) => {
        const travel = Math.max(0, heightOf(shape) - shape.view);
        const { first, end, top } = windowAt(part * travel, shape);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(shape.view / rowHeight) + 15);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(shape.rows);
        // The first is drawn above what is seen, or it is the first of all.
        expect(first === 0 || top <= part * travel).toBe(true);
      }),
    );
  });

  it('hold a row after one has scrolled to it, the first and the last too', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), (shape, part) => {
        for (const row of [0, Math.floor(part * (shape.rows - 1)), shape.rows - 1]) {
          const { first, end } = windowAt(scrollTo(row, 0, shape), shape);
          expect(row >= first && row < end).toBe(true);
        }
      }),
    );
  });

  it('are of an element that browsers can lay out', () => {
    expect(heightOf({ rows: 470_000, view: 500 })).toBe(470_000 * rowHeight);
    expect(heightOf({ rows: 5_000_000, view: 500 })).toBeLessThan(17_000_000);
  });
});
