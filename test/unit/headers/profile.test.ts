import { describe, expect, it } from 'vitest';
import { TableProfiler } from '../../../src/mapping/headers/profile.ts';

function profileOf(rows: number, columns = ['a', 'b']) {
  const profiler = new TableProfiler();
  for (let row = 0; row < rows; row++)
    profiler.add(Object.fromEntries(columns.map((name) => [name, `${name}${String(row)}`])));
  return profiler.profiles();
}

describe('the profile of a table', () => {
  it('holds every row of a short one', () => {
    expect(profileOf(3)).toEqual([
      { name: 'a', rows: 3, filled: 3, sample: ['a0', 'a1', 'a2'] },
      { name: 'b', rows: 3, filled: 3, sample: ['b0', 'b1', 'b2'] },
    ]);
  });

  it('counts all rows of a long one, and holds the first and others from all over it', () => {
    const [a] = profileOf(50_000);
    const rows = a?.sample.map((text) => Number(text.slice(1))) ?? [];
    expect(a).toMatchObject({ rows: 50_000, filled: 50_000 });
    expect(rows.slice(0, 1000)).toEqual(Array.from({ length: 1000 }, (_, row) => row));
    expect(rows.length).toBeLessThanOrEqual(2000);
    expect(rows.filter((row) => row >= 25_000).length).toBeGreaterThan(200);
    expect(rows.filter((row) => row >= 45_000).length).toBeGreaterThan(30);
  });

  it('is bounded for wide tables, too', () => {
    const columns = Array.from({ length: 3000 }, (_, place) => `c${String(place)}`);
    const found = profileOf(400, columns);
    expect(found).toHaveLength(2000);
    const cells = found.reduce((sum, { sample }) => sum + sample.length, 0);
    expect(cells).toBeLessThanOrEqual(400_000);
  });

  it('passes over empty cells, and knows the columns of the header', () => {
    const profiler = new TableProfiler();
    profiler.declare(['empty', 'a']);
    profiler.add({ a: ' x ', b: null, c: ' ' });
    expect(profiler.profiles()).toEqual([
      { name: 'empty', rows: 1, filled: 0, sample: [] },
      { name: 'a', rows: 1, filled: 1, sample: ['x'] },
    ]);
  });
});
