import { readDate } from '../date-reading.ts';
import { emailAddress } from '../email.ts';
import { readNumber } from '../number-reading.ts';
import { foldSpelling } from '../table.ts';
import { countryCode } from '../transforms/country.ts';
import { languageCode } from '../transforms/language.ts';
import { remembering } from '../remembering.ts';
import type { Look } from './fields.ts';

const url =
  /^(?:https?:\/\/|www\.)\S+$|^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|es|nl|de|fr|eu|net|org|be|co\.uk|pt|it|info|homes)(?:\/\S*)?$/i;
const phoneShape = /^(?:p:)?\s*\+?[\d\s()./-]{6,}(?:\s*(?:ext|x)\.?\s*\d+)?$/i;
const slashDate =
  /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[T ,]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)?$/i;
const postcode =
  /^(?:[A-Z]{1,2}-)?(?:\d{3,5}|\d{4}\s?[A-Z]{2}|\d{4}-\d{3}|\d{5}-\d{4}|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})$/i;
const nameShape = /^[\p{L}\p{M}][\p{L}\p{M}'’.·ªº&,\s-]*$/u;
const codeShape = /^(?=.*\d)[\p{L}\d][\p{L}\d_./-]*$/u;
const truth = new Set([
  'true',
  'false',
  'yes',
  'no',
  'y',
  'n',
  'si',
  'ja',
  'nee',
  'nein',
  'oui',
  'non',
  '1',
  '0',
  't',
  'f',
  's',
  'j',
  'x',
]);
const currencies = new Set('eur usd gbp chf sek nok dkk pln € $ £'.split(' '));

/** Longer texts are prose, whatever they begin with. */
const longestName = 60;

/** Texts by which people and spreadsheets say that there is nothing. */
const nothing =
  /^(?:[-–—.?]+|n\/?a|null|none|#N\/A|#REF!|#VALUE!|#NAME\?|#DIV\/0!|#NULL!|#NUM!|0000-00-00.*|0\/0\/00)$/i;

/** Whether a text says that there is no value. */
export const saysNothing = (text: string): boolean =>
  text.trim() === '' || nothing.test(text.trim());

const rememberedTexts = 5_000;

/** Everything that a text looks like; never nothing. */
export const looksOf = remembering(rememberedTexts, (written: string): readonly Look[] => {
  const text = written.trim();
  const found: Look[] = [];
  if (isEmails(text)) return ['email'];
  if (url.test(text)) return ['url'];
  if (isDate(text)) found.push('date');
  if (isNumber(text)) found.push('number');
  if (isPhones(text)) found.push('phone');
  if (truth.has(foldSpelling(text))) found.push('boolean');
  if (currencies.has(text.toLowerCase())) found.push('currency');
  if (postcode.test(text)) found.push('postcode');
  if (countryCode(text) !== undefined) found.push('country');
  if (languageCode(text) !== undefined) found.push('language');
  if (text.length <= longestName && nameShape.test(text)) found.push('name');
  if (codeShape.test(text)) found.push('code');
  if (/\p{L}/u.test(text) || found.length === 0) found.push('text');
  return found;
});

/** One address, or several with what stands between them. */
function isEmails(text: string): boolean {
  if (!text.includes('@')) return false;
  const parts = text.split(/\s*(?:[;,|\s]|:::)\s*/).filter((part) => part !== '' && part !== '*');
  return parts.every(
    (part) => emailAddress(part.replace(/^(?:mailto:)?[<"']*|[>"']*$/gi, '')) !== undefined,
  );
}

function isDate(text: string): boolean {
  if (slashDate.test(text)) return true;
  return /^\d{4}-/.test(text) && readDate(text, 'iso').kind === 'time';
}

function isNumber(text: string): boolean {
  if (!/\d/.test(text) || text.length > longestName) return false;
  const reading = readNumber(text, 'auto');
  if (reading.kind === 'ambiguous' || reading.kind === 'out-of-range') return true;
  // `4 bedrooms` begins with a number, and `12 Main Street` too.
  return reading.kind === 'number' && !reading.partly;
}

/** The fewest digits of a telephone number; with a prefix of a country there may be fewer. */
const fewestDigits = 8;

/** `0171/1234567`: the slash after the code of an area or a network, as Germans and Austrians write it. */
const areaCode = /^\(?0\d{1,5}\)?\s*\/(?=[\s\d-]{4,}$)/;

function isPhones(written: string): boolean {
  const text = written.replace(areaCode, (code) => code.slice(0, -1));
  const parts = text.split(/\s*(?:[;,|/]|:::)\s*/).filter((part) => part !== '');
  return parts.length > 0 && parts.every(isPhone);
}

function isPhone(text: string): boolean {
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) return true;
  if (!phoneShape.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  if (/^(?:p:)?\s*(?:\+|00)/i.test(text)) return digits >= 6 && digits <= 17;
  // `1.250.000` and `250000.00` are amounts, `31.12.2024` is a date.
  if (/^\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?$|^\d+[.,]\d{1,2}$/.test(text) || slashDate.test(text))
    return false;
  return digits >= fewestDigits && digits <= 15;
}
