// How texts are compared, in TypeScript and in SQL alike: a test asks both of the same texts. The SQL depends on no
// locale, for servers have different ones and the embedded database has one of its own.

/** Letters beside ASCII that have no accent to lose, and what each of them becomes. */
const letters =
  'ØøŁłĐđÐðŦŧĦħŊŋıΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣςΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐ';
const folded = 'oollddddtthhnniαβγδεζηθικλμνξοπρσστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґ';

/** Letters that become two. */
const spelt: readonly (readonly [string, string])[] = [
  ['ẞ', 'ss'],
  ['ß', 'ss'],
  ['Æ', 'ae'],
  ['æ', 'ae'],
  ['Œ', 'oe'],
  ['œ', 'oe'],
  ['Þ', 'th'],
  ['þ', 'th'],
];

const foldedOf = new Map(Array.from(letters, (letter, index) => [letter, folded[index] ?? letter]));

/** A text without case, accents and extra spaces: `  José  PÉREZ` becomes `jose perez`. */
export function foldText(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  const small = plain
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .replace(/\P{ASCII}/gu, (letter) => foldedOf.get(letter) ?? letter);
  const written = spelt.reduce((found, [from, to]) => found.replaceAll(from, to), small);
  return written.replace(/[ \t\n\v\f\r]+/g, ' ').replace(/^ | $/g, '');
}

/** What `foldText` gives, as SQL over an expression that gives text. */
export function foldedSql(text: string): string {
  const plain = `lower(regexp_replace(normalize(${text}, NFKD), '[\\u0300-\\u036f]', '', 'g') COLLATE "C")`;
  const written = spelt.reduce(
    (found, [from, to]) => `replace(${found}, '${from}', '${to}')`,
    `translate(${plain}, '${letters}', '${folded}')`,
  );
  // Most texts are ASCII, and need none of that.
  const small = `CASE WHEN octet_length(${text}) = length(${text}) THEN lower(${text} COLLATE "C") ELSE ${written} END`;
  return `btrim(regexp_replace(${small}, '[ \\t\\n\\v\\f\\r]+', ' ', 'g'), ' ')`;
}

/** An e-mail address as it is compared: without case and surrounding spaces. */
export function foldEmail(address: string): string {
  return address.replace(/^ +| +$/g, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** What `foldEmail` gives, as SQL. */
export function foldedEmailSql(address: string): string {
  return `lower(btrim(${address}, ' ') COLLATE "C")`;
}

/** A telephone number in E.164 as it is compared: what people write between the digits does not count. */
export function foldPhone(number: string): string {
  return number.replace(/[^0-9+]/g, '');
}

/** What `foldPhone` gives, as SQL. */
export function foldedPhoneSql(number: string): string {
  return `regexp_replace(${number}, '[^0-9+]', '', 'g')`;
}

/** An official number as it is compared: letters and digits alone, without case. `12.345.678-z` is `12345678z`. */
export function foldCode(number: string): string {
  return number.replace(/[^0-9A-Za-z]/g, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** What `foldCode` gives, as SQL. */
export function foldedCodeSql(number: string): string {
  return `lower(regexp_replace(${number}, '[^0-9A-Za-z]', '', 'g') COLLATE "C")`;
}
