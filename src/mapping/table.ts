import type { Place } from './document.ts';
import type { TableText } from './schema.ts';
import type { ValueTable } from './transform.ts';

/** How many different spellings a table remembers beside its own; a bound on memory, not on use. */
const rememberedSpellings = 10_000;

/** A spelling without case, accents, spaces, `-` and `_`. */
export function foldSpelling(spelling: string): string {
  return spelling
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

/** Makes the value table of a file; a spelling that means two values is reported. */
export function compileTable({ table: name, values }: TableText, place: Place): ValueTable {
  const meanings = new Map<string, string>();
  for (const [value, spellings] of Object.entries(values)) {
    for (const [index, spelling] of spellings.entries()) {
      const folded = foldSpelling(spelling);
      const other = meanings.get(folded);
      if (other !== undefined && other !== value)
        place
          .at('values', value, index)
          .report(`"${spelling}" is a spelling of "${other}" already; it can mean one value`);
      meanings.set(folded, value);
    }
  }
  for (const value of Object.keys(values)) {
    const folded = foldSpelling(value);
    if (!meanings.has(folded)) meanings.set(folded, value);
  }

  const remembered = new Map<string, string | undefined>();
  return {
    name,
    find(spelling) {
      if (remembered.has(spelling)) return remembered.get(spelling);
      const value = meanings.get(foldSpelling(spelling));
      if (remembered.size < rememberedSpellings) remembered.set(spelling, value);
      return value;
    },
  };
}
