import * as z from 'zod';
import { remembering } from '../remembering.ts';
import { isList } from '../shape.ts';
import { foldSpelling } from '../table.ts';
import { defineTransform, onText } from '../transform.ts';

/** ISO 639-1. */
const codes = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en ' +
    'eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ' +
    'ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nd ne ng ' +
    'nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd sg si sk sl sm sn so sq sr ss st su ' +
    'sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);

/** What feeds write in place of a code. `se` is Northern Sami in ISO, and Swedish in every feed. */
const aliases: Readonly<Record<string, string>> = { gb: 'en', cat: 'ca', se: 'sv', nb: 'no' };

/** Languages by their names in the languages of the customers. */
const names: ReadonlyMap<string, string> = new Map(
  ['en', 'es', 'nl', 'de', 'fr'].flatMap((language) => {
    const display = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
    return [...codes].flatMap((code) => {
      const name = display.of(code);
      return name === undefined ? [] : [[foldSpelling(name), code] as const];
    });
  }),
);

/** How many different spellings are remembered. */
const rememberedSpellings = 1000;

/** The ISO 639-1 code of a language, by code, locale (`es_ES`) or name; nothing for another text. */
export const languageCode = remembering(rememberedSpellings, (text) => {
  const [first = ''] = text.trim().toLowerCase().split(/[-_]/);
  if (Object.hasOwn(aliases, first)) return aliases[first];
  return codes.has(first) ? first : names.get(foldSpelling(text));
});

const codeOf = onText<undefined>((text, _, context) => {
  const code = languageCode(text);
  if (code === undefined) context.issue('LANGUAGE_UNKNOWN', { value: text });
  return code ?? null;
});

export const language = defineTransform({
  name: 'language',
  about:
    'Gives the ISO 639-1 code of a language, or of each in a list: of a code (`gb` is en, `cat` ca, `se` sv, `nb` no), a locale (`es_ES`) or a name.',
  options: z.undefined(),
  apply: (value, options, context) => {
    if (!isList(value)) return codeOf(value, options, context);
    const found = value
      .map((item) => codeOf(item, options, context))
      .filter((code) => code !== null);
    return found.length === 0 ? null : found;
  },
});
