import type { Place } from './document.ts';
import { remembering } from './remembering.ts';
import type { TableText } from './schema.ts';
import type { ValueTable } from './transform.ts';

/** How many different spellings a table remembers beside its own. */
const rememberedSpellings = 10_000;

/** A spelling that only has to lose its case. */
const plainSpelling = /^[a-zA-Z0-9]*$/;

/** A spelling without case, accents, spaces, `-` and `_`. */
export function foldSpelling(spelling: string): string {
  if (plainSpelling.test(spelling)) return spelling.toLowerCase();
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

  return {
    name,
    find: remembering(rememberedSpellings, (spelling) => meanings.get(foldSpelling(spelling))),
  };
}
