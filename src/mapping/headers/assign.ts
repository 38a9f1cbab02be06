/** That a column can be a field, and how well, from 0 to 1. */
export interface Edge {
  /** Places of the column and of the field in their lists. */
  readonly column: number;
  readonly field: number;
  readonly score: number;
}

/**
 * Gives columns to fields so that the whole is best, each to one: a good guess never takes a column from a better one
 * elsewhere. A field takes as many columns as `places` says. Of equal solutions the one is found that comes first in the
 * order of the lists. Gives the edges taken.
 */
export function assign(
  edges: readonly Edge[],
  columns: number,
  places: readonly number[],
): readonly Edge[] {
  const slots = places.flatMap((count, field) => Array.from({ length: count }, () => field));
  const byPlace = new Map(edges.map((edge) => [edge.column * places.length + edge.field, edge]));
  const edgeOf = (slot: number, column: number): Edge | undefined =>
    column < columns ? byPlace.get(column * places.length + (slots[slot] ?? 0)) : undefined;
  // To the third power: one sure match is worth more than two doubtful ones.
  const cost = (slot: number, column: number): number => -((edgeOf(slot, column)?.score ?? 0) ** 3);
  const taken = cheapest(slots.length, columns + slots.length, cost);
  return taken.flatMap((column, slot) => edgeOf(slot, column) ?? []);
}

/**
 * The Hungarian method with potentials: for each row the column it gets, so that the sum of the costs is least. There
 * are at least as many columns as rows. Takes time in rows² × columns.
 */
function cheapest(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): readonly number[] {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  // Rows and columns count from 1; 0 stands for the row that is being placed.
  const rowOf = new Int32Array(columns + 1);
  const from = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const used = new Uint8Array(columns + 1);
    let at = 0;
    do {
      used[at] = 1;
      const current = rowOf[at] ?? 0;
      let delta = Infinity;
      let next = 0;
      for (let column = 1; column <= columns; column += 1) {
        if (used[column] === 1) continue;
        const reduced =
          cost(current - 1, column - 1) -
          (rowPotential[current] ?? 0) -
          (columnPotential[column] ?? 0);
        if (reduced < (least[column] ?? 0)) {
          least[column] = reduced;
          from[column] = at;
        }
        if ((least[column] ?? 0) < delta) {
          delta = least[column] ?? 0;
          next = column;
        }
      }
      for (let column = 0; column <= columns; column += 1) {
        if (used[column] === 1) {
          const owner = rowOf[column] ?? 0;
          rowPotential[owner] = (rowPotential[owner] ?? 0) + delta;
          columnPotential[column] = (columnPotential[column] ?? 0) - delta;
        } else least[column] = (least[column] ?? 0) - delta;
      }
      at = next;
    } while (rowOf[at] !== 0);
    while (at !== 0) {
      const previous = from[at] ?? 0;
      rowOf[at] = rowOf[previous] ?? 0;
      at = previous;
    }
  }
  const result = Array.from({ length: rows }, () => -1);
  for (let column = 1; column <= columns; column += 1) {
    const row = rowOf[column] ?? 0;
    if (row > 0) result[row - 1] = column - 1;
  }
  return result;
}
