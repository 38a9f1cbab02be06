import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { type Group, hasData, isGroup, isList } from '../shape.ts';
import { defineTransform, type TransformContext } from '../transform.ts';
import { languageCode } from './language.ts';

/** Where a source does not say the language (BCP 47). */
const undetermined = 'und';

type Named = readonly [language: string, text: Value];

/** What the source says, by the names it has for languages. */
function named(
  value: Value,
  languages: readonly string[] | undefined,
  context: TransformContext,
): readonly Named[] {
  if (isGroup(value)) return Object.entries(value);
  if (isList(value) && languages !== undefined)
    return languages.map((language, index) => [language, value[index] ?? null]);
  if (typeof value === 'string') return [[undetermined, value]];
  context.issue('VALUE_NOT_EXPECTED_SHAPE');
  return [];
}

export const byLanguage = defineTransform({
  name: 'by-language',
  about:
    'Gives a group of texts by ISO 639-1 code: of a group by language (`gb` is en, `se` sv), or of a list whose languages are the option. A language that is not known keeps its name, with an issue.',
  options: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('The languages of the items of a list, in their order.'),
  apply: (value, languages, context) => {
    if (!hasData(value)) return null;
    const texts: Record<string, Value> = {};
    for (const [name, text] of named(value, languages, context)) {
      if (!hasData(text)) continue;
      const code = name === undetermined ? name : languageCode(name);
      if (code === undefined) context.issue('LANGUAGE_UNKNOWN', { value: name });
      const language = code ?? name;
      if (!Object.hasOwn(texts, language)) texts[language] = text;
      // A second text in one language has no place beside the first.
      else if (texts[language] !== text) context.keepOriginal();
    }
    return Object.keys(texts).length === 0 ? null : (texts satisfies Group);
  },
});
