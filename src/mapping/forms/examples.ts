import type { Proof } from './finding.ts';

const most = 3;

/** The first few values of a column by the way in which they can be read. */
export class Examples {
  readonly #shown = new Map<string, Proof[]>();

  add(reading: string, value: string, line: number | undefined): void {
    const known = this.#shown.get(reading);
    if (known === undefined) this.#shown.set(reading, [{ value, line }]);
    else if (known.length < most) known.push({ value, line });
  }

  /** Of the readings that are wanted, one after the other. */
  of(isWanted: (reading: string) => boolean): readonly Proof[] {
    const lists = [...this.#shown].filter(([reading]) => isWanted(reading)).map(([, list]) => list);
    const found = [0, 1, 2].flatMap((place) => lists.flatMap((list) => list[place] ?? []));
    return found.slice(0, most);
  }
}
