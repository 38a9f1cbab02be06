import * as z from 'zod';
import { foldSpelling } from '../table.ts';
import { defineTransform, onText } from '../transform.ts';

/** Forms of address before a name; folded like spellings, without their points. */
const titles = new Set(
  'mr mrs ms miss dr dra prof sr sra srta d da dna dhr mevr mw herr frau mme mlle mlles m'.split(
    ' ',
  ),
);

/** What stands between the two first names of a couple. */
const couples = new Set(['&', '+', 'y', 'e', 'and', 'und', 'en', 'et', '/']);

/**
 * Given names that commonly go in pairs. Where a name begins with two of them and goes on, both are the first name:
 * `José Luis García` is not a Mr Luis García.
 */
const paired = new Set(
  (
    'jose juan maria luis carlos antonio manuel angel miguel francisco javier jesus ana anna isabel carmen teresa ' +
    'pilar rosa belen cristina elena victoria jean marie pierre paul claude luc philippe hans peter karl heinz'
  ).split(' '),
);

/** Between `María` and what she is called after. */
const afterMaria = /^(?:del|de la|de las|de los|de) /i;

const plain = (word: string): string => foldSpelling(word).replace(/\./g, '');

/** How many of the words are the first name. */
function firstWords(words: readonly string[]): number {
  const [one = '', two = ''] = words.map(plain);
  if (words.length >= 4 && couples.has(two)) return 3;
  const rest = words.slice(1).join(' ');
  const devotion = afterMaria.exec(rest)?.[0];
  if (one === 'maria' && devotion !== undefined) {
    const named = 1 + devotion.trim().split(' ').length + 1;
    if (words.length > named) return named;
  }
  return words.length >= 3 && paired.has(one) && paired.has(two) ? 2 : 1;
}

/** A whole name as its two parts, titles left out. A single word is a first name. */
export function partsOfName(text: string): { readonly first: string; readonly last: string } {
  const [before = '', after = ''] = text.split(/,(.*)/s, 2).map((part) => part.trim());
  if (before !== '' && after !== '') return { first: after, last: before };
  let words = text.replace(/,/g, ' ').trim().split(/\s+/);
  while (words.length > 1 && titles.has(plain(words[0] ?? ''))) {
    words = words.slice(1);
    // `Mr Smith`, unlike `Mr John Smith`, says no first name.
    if (words.length === 1) return { first: '', last: words.join(' ') };
  }
  const count = firstWords(words);
  return { first: words.slice(0, count).join(' '), last: words.slice(count).join(' ') };
}

export const namePart = defineTransform({
  name: 'name-part',
  about:
    'Gives the first or the last name out of a whole name: `Jan van der Berg`, `García López, Ana`, `Dr. José Luis Ruiz`. A single word is a first name. No rule divides every name rightly, so the original is kept.',
  options: z.enum(['first', 'last']).describe('Which part.'),
  apply: onText((text, part, context) => {
    context.keepOriginal();
    const found = partsOfName(text)[part];
    return found === '' ? null : found;
  }),
});
