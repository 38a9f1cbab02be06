// The reasons for a match, which the server gives in English, in the language of the page. They are made of a few
// phrases; a phrase that is not known stays as it is.
import type { Language } from '../../api.ts';

type Translated = Readonly<Record<Exclude<Language, 'en'>, string>>;

const phrases: readonly (readonly [RegExp, Translated])[] = [
  [/^a name of it\b/, { es: 'se llama así', nl: 'heet zo' }],
  [/^nearly a name of it\b/, { es: 'se llama casi así', nl: 'heet bijna zo' }],
  [
    /(\d+ %) of the values look like it; the header says nothing/,
    {
      es: 'el $1 de los valores lo parece; la cabecera no dice nada',
      nl: '$1 van de waarden lijkt erop; de kop zegt niets',
    },
  ],
  [
    /(\d+ %) of the values are known for it; the header says nothing/,
    {
      es: 'el $1 de los valores es conocido; la cabecera no dice nada',
      nl: '$1 van de waarden is bekend; de kop zegt niets',
    },
  ],
  [
    /(\d+ %) of the values look like it/,
    { es: 'el $1 de los valores lo parece', nl: '$1 van de waarden lijkt erop' },
  ],
  [
    /(\d+ %) of the values are known for it/,
    { es: 'el $1 de los valores es conocido', nl: '$1 van de waarden is bekend' },
  ],
  [
    /but only (\d+ %) of the values can be it/,
    {
      es: 'pero solo el $1 de los valores puede serlo',
      nl: 'maar slechts $1 van de waarden kan het zijn',
    },
  ],
  [
    /but none of the values can be it/,
    { es: 'pero ningún valor puede serlo', nl: 'maar geen waarde kan het zijn' },
  ],
  [
    /it holds nothing to check/,
    { es: 'no contiene nada que comprobar', nl: 'er staat niets in om na te gaan' },
  ],
  [
    /but it may be (.+?) as well/,
    { es: 'pero también puede ser $1', nl: 'maar het kan ook $1 zijn' },
  ],
  [
    /but “(.+?)” may be it as well/,
    { es: 'pero también puede serlo «$1»', nl: 'maar “$1” kan het ook zijn' },
  ],
  [
    /neither its name nor what it holds says what it is/,
    { es: 'ni su nombre ni su contenido dicen qué es', nl: 'naam noch inhoud zegt wat het is' },
  ],
  [
    /“(.+?)” is the better column for (.+)$/,
    { es: '«$1» es mejor columna para $2', nl: '“$1” past beter bij $2' },
  ],
  [
    /(.+), for which the CRM has no column$/,
    { es: '$1, para lo que el CRM no tiene campo', nl: '$1, waarvoor het CRM geen veld heeft' },
  ],
  [
    /the first and the last name have columns of their own/,
    {
      es: 'el nombre y los apellidos tienen columnas propias',
      nl: 'voor- en achternaam hebben eigen kolommen',
    },
  ],
  [/in English/, { es: 'en inglés', nl: 'in het Engels' }],
  [/in Spanish/, { es: 'en español', nl: 'in het Spaans' }],
  [/in Dutch/, { es: 'en neerlandés', nl: 'in het Nederlands' }],
  [/in German/, { es: 'en alemán', nl: 'in het Duits' }],
  [/in French/, { es: 'en francés', nl: 'in het Frans' }],
];

/** A reason in a language. */
export function reasonIn(language: Language, reason: string): string {
  if (language === 'en') return reason;
  return phrases.reduce((text, [phrase, to]) => text.replace(phrase, to[language]), reason);
}
