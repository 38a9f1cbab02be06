import type { Transform } from '../transform.ts';
import { basename } from './basename.ts';
import { boolean } from './boolean.ts';
import { byLanguage } from './by-language.ts';
import { compact } from './compact.ts';
import { coordinate } from './coordinate.ts';
import { country } from './country.ts';
import { currency } from './currency.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import { decimal } from './decimal.ts';
import { emails } from './emails.ts';
import { entriesTrue } from './entries-true.ts';
import { expected } from './expected.ts';
import { first } from './first.ts';
import { firstFilled } from './first-filled.ts';
import { gallery } from './gallery.ts';
import { greatest } from './greatest.ts';
import { integer } from './integer.ts';
import { invert } from './invert.ts';
import { join } from './join.ts';
import { jsonText } from './json-text.ts';
import { keep } from './keep.ts';
import { language } from './language.ts';
import { lookup } from './lookup.ts';
import { lookupAll } from './lookup-all.ts';
import { lower } from './lower.ts';
import { markedFirst } from './marked-first.ts';
import { mergeBy } from './merge-by.ts';
import { name } from './name.ts';
import { namePart } from './name-part.ts';
import { onRequest } from './on-request.ts';
import { phones } from './phones.ts';
import { pluck } from './pluck.ts';
import { postcode } from './postcode.ts';
import { price } from './price.ts';
import { prose } from './prose.ts';
import { ranked } from './ranked.ts';
import { sameOnce } from './same-once.ts';
import { split } from './split.ts';
import { stamp } from './stamp.ts';
import { traits } from './traits.ts';
import { trim } from './trim.ts';
import { union } from './union.ts';
import { unknown } from './unknown.ts';
import { upper } from './upper.ts';
import { url } from './url.ts';

/** Every transform that a mapping may name. */
export const transforms: readonly Transform[] = [
  basename,
  boolean,
  byLanguage,
  compact,
  coordinate,
  country,
  currency,
  date,
  datetime,
  decimal,
  emails,
  entriesTrue,
  expected,
  first,
  firstFilled,
  gallery,
  greatest,
  integer,
  invert,
  join,
  jsonText,
  keep,
  language,
  lookup,
  lookupAll,
  lower,
  markedFirst,
  mergeBy,
  name,
  namePart,
  onRequest,
  phones,
  pluck,
  postcode,
  price,
  prose,
  ranked,
  sameOnce,
  split,
  stamp,
  traits,
  trim,
  union,
  unknown,
  upper,
  url,
];
