import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** What is known of numbers that do not say their country. */
export interface Home {
  readonly country: string;
  /** Digits; nothing where it is that of the country. */
  readonly prefix?: string | undefined;
}

/** How many different texts are remembered: one column of a row takes the first of the numbers that another lists. */
const rememberedTexts = 1000;

/** Numbers by home and text: reading one takes longer than reading any other value. */
const readNumbers = new Map<string, string | undefined>();

/**
 * A telephone number in E.164; nothing where the text is none, or, unless it may be one to `extract`, says more than a
 * number.
 */
export function phoneNumber(
  text: string,
  home: Home,
  { extract = false } = {},
): string | undefined {
  const key = `${home.country} ${home.prefix ?? ''} ${extract ? 'in' : ''} ${text}`;
  if (readNumbers.has(key)) return readNumbers.get(key);
  const number = readNumber(text, home, extract);
  if (readNumbers.size >= rememberedTexts) readNumbers.clear();
  readNumbers.set(key, number);
  return number;
}

function readNumber(text: string, { country, prefix }: Home, extract: boolean): string | undefined {
  // `p:` stands before numbers of one CRM's export; the zero of `+34 (0) 612 …` is not dialled from abroad.
  const written = text
    .replace(/^\s*p:/i, '')
    .replace(/^(\s*(?:\+|00).*?)\(0\)/, '$1')
    .replace(/[()]/g, ' ')
    .trim();
  const digits = written.replace(/[^\d+]/g, '');
  const complete =
    /^(?:\+|00)/.test(digits) || prefix === undefined ? written : `+${prefix}${digits}`;
  const number = parsePhoneNumberFromString(
    complete,
    isSupportedCountry(country) ? { defaultCountry: country, extract } : { extract },
  );
  return number?.isPossible() === true ? number.number : undefined;
}
