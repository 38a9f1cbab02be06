import * as z from 'zod';
import { foldSpelling } from '../table.ts';
import { defineTransform, onText, type TransformContext } from '../transform.ts';

const yes = new Set(
  '1 true t yes y on si s verdadero ja j oui o wahr vrai waar sim verdadeiro'.split(' '),
);
const no = new Set('0 false f no n off falso nee nein non falsch faux onwaar nao'.split(' '));
const absent = /^(?:-+|n\/a)$/i;

/** `true` or `false` for a word of five languages; null with an issue for another text. */
export function truthIn(text: string, context: TransformContext): 'true' | 'false' | null {
  const word = text === '1' || text === '0' ? text : foldSpelling(text);
  if (yes.has(word)) return 'true';
  if (no.has(word)) return 'false';
  if (!absent.test(text)) context.issue('VALUE_NOT_A_BOOLEAN');
  return null;
}

export const boolean = defineTransform({
  name: 'boolean',
  about: 'Reads yes or no: `1`, `true`, `yes`, `sí`, `ja`, `oui`, … and their opposites.',
  options: z.undefined(),
  apply: onText((text, _, context) => truthIn(text, context)),
});
