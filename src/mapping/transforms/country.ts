import { createRequire } from 'node:module';
import countries from 'i18n-iso-countries';
import * as z from 'zod';
import { remembering } from '../remembering.ts';
import { foldSpelling } from '../table.ts';
import { defineTransform, onText } from '../transform.ts';

/** What people write beside the names that the lists have. */
const furtherNames: Readonly<Record<string, readonly string[]>> = {
  GB: [
    'England',
    'Scotland',
    'Wales',
    'Northern Ireland',
    'Great Britain',
    'Inglaterra',
    'Escocia',
    'Gales',
    'Gran Bretaña',
    'Engeland',
    'Schotland',
    'Groot-Brittannië',
    'Großbritannien',
    'Angleterre',
    'Grande-Bretagne',
    'UK',
    'U.K.',
  ],
  NL: ['Holland', 'Holanda', 'Hollande', 'The Netherlands', 'Países Bajos'],
  US: ['USA', 'U.S.A.', 'EEUU', 'EE.UU.', 'United States', 'Estados Unidos'],
  CZ: ['Czech Republic', 'República Checa'],
  RU: ['Russia', 'Rusia'],
  MD: ['Moldova'],
};

const localeData = z.looseObject({
  locale: z.string(),
  countries: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

const fold = (name: string): string => foldSpelling(name).replace(/[^\p{L}\p{N}]/gu, '');

/** ISO 3166-1 alpha-2 by folded name or code. */
const codes: ReadonlyMap<string, string> = codesByName();

function codesByName(): Map<string, string> {
  const read = createRequire(import.meta.url);
  const found = new Map<string, string>();
  for (const language of ['en', 'es', 'nl', 'de', 'fr']) {
    const names = localeData.parse(read(`i18n-iso-countries/langs/${language}.json`));
    for (const [code, written] of Object.entries(names.countries))
      for (const name of [written].flat()) found.set(fold(name), code);
  }
  for (const [code, names] of Object.entries(furtherNames))
    for (const name of names) found.set(fold(name), code);
  for (const [alpha2, alpha3] of Object.entries(countries.getAlpha2Codes())) {
    found.set(fold(alpha3), alpha2);
    found.set(fold(alpha2), alpha2);
  }
  return found;
}

/** How many different spellings are remembered. */
const rememberedSpellings = 1000;

/** The ISO 3166-1 alpha-2 code of a country, by a name in five languages or by a code; nothing for another text. */
export const countryCode = remembering(rememberedSpellings, (text) => codes.get(fold(text)));

export const country = defineTransform({
  name: 'country',
  about:
    'Gives the ISO 3166-1 alpha-2 code of a country named in English, Spanish, Dutch, German or French, or by a code.',
  options: z.undefined(),
  apply: onText((text, _, context) => {
    const code = countryCode(text);
    if (code === undefined) context.issue('VALUE_NOT_IN_TABLE', { args: { table: 'countries' } });
    return code ?? null;
  }),
});
