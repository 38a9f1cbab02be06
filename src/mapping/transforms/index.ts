import type { Transform } from '../transform.ts';
import { basename } from './basename.ts';
import { boolean } from './boolean.ts';
import { compact } from './compact.ts';
import { country } from './country.ts';
import { date } from './date.ts';
import { datetime } from './datetime.ts';
import { decimal } from './decimal.ts';
import { emails } from './emails.ts';
import { entriesTrue } from './entries-true.ts';
import { firstFilled } from './first-filled.ts';
import { first } from './first.ts';
import { integer } from './integer.ts';
import { invert } from './invert.ts';
import { join } from './join.ts';
import { jsonText } from './json-text.ts';
import { language } from './language.ts';
import { lookup } from './lookup.ts';
import { lower } from './lower.ts';
import { name } from './name.ts';
import { onRequest } from './on-request.ts';
import { phones } from './phones.ts';
import { price } from './price.ts';
import { split } from './split.ts';
import { trim } from './trim.ts';
import { upper } from './upper.ts';
import { url } from './url.ts';

/** Every transform that a mapping may name. */
export const transforms: readonly Transform[] = [
  basename,
  boolean,
  compact,
  country,
  date,
  datetime,
  decimal,
  emails,
  entriesTrue,
  first,
  firstFilled,
  integer,
  invert,
  join,
  jsonText,
  language,
  lookup,
  lower,
  name,
  onRequest,
  phones,
  price,
  split,
  trim,
  upper,
  url,
];
