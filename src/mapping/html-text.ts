/** Anything that a browser would take for a tag or a comment. */
const markup = /<!--[\s\S]*?(?:-->|$)|<\/?[a-zA-Z][^<>]*>/g;

/** Elements whose content is no text. */
const hidden = /<(script|style|head|title|noscript|iframe|object)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;

/** Tags that a listing's text needs; all lose their attributes. */
const harmless = new Set(
  'p br b strong i em u ul ol li h1 h2 h3 h4 h5 h6 blockquote table tbody tr td th'.split(' '),
);

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  sup2: '²',
  sup3: '³',
  frac12: '½',
  frac14: '¼',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  iexcl: '¡',
  iquest: '¿',
  ordf: 'ª',
  ordm: 'º',
  szlig: 'ß',
  oslash: 'ø',
  Oslash: 'Ø',
  aelig: 'æ',
  AElig: 'Æ',
  oelig: 'œ',
  OElig: 'Œ',
};

/** Accents by the ending of a reference: `&eacute;`, `&ntilde;`, `&uuml;`. */
const accents: Readonly<Record<string, string>> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030A',
  cedil: '\u0327',
  caron: '\u030C',
};

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,8}));/g;

function character(code: number): string | undefined {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0) return undefined;
  return String.fromCodePoint(code);
}

function namedCharacter(name: string): string | undefined {
  if (Object.hasOwn(named, name)) return named[name];
  const accent = accents[name.slice(1)];
  return accent === undefined ? undefined : `${name.charAt(0)}${accent}`.normalize('NFC');
}

/** A text with its character references decoded once; one that is not known stays. */
function decoded(text: string): string {
  return text.replace(reference, (written, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return character(Number(decimal)) ?? written;
    if (hex !== undefined) return character(Number.parseInt(hex, 16)) ?? written;
    return namedCharacter(name ?? '') ?? written;
  });
}

/** Replaces until nothing is left to replace, so that `<<b>script>` does not become a tag. */
function replaceAllOf(text: string, pattern: RegExp, by: (tag: string) => string): string {
  let before = text;
  for (;;) {
    const after = before.replace(pattern, by);
    if (after === before) return after;
    before = after;
  }
}

function lineOf(tag: string): string {
  const name = /^<\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(tag)?.[1]?.toLowerCase() ?? '';
  if (name === 'br' || name === 'tr') return '\n';
  if (name === 'li') return tag.startsWith('</') ? '' : '\n- ';
  if (/^(?:p|div|ul|ol|table|blockquote|section|article|h[1-6])$/.test(name)) return '\n\n';
  return name === 'td' || name === 'th' ? ' ' : '';
}

/** Whether a text has tags in it. */
export function hasMarkup(text: string): boolean {
  return text.search(markup) !== -1;
}

/** The text of HTML: paragraphs, lines and list items stay apart, references are decoded. */
export function textOfHtml(html: string): string {
  // A line end beside a tag that ends the line itself is the layout of the source.
  const visible = replaceAllOf(html, hidden, () => '').replace(
    /(<(?:br|\/p|\/div|\/li)\b[^<>]*>)[ \t]*\n/gi,
    '$1',
  );
  const plain = decoded(replaceAllOf(visible, markup, lineOf));
  // HTML that was escaped twice shows its tags only now; a text must not hold any.
  return hasMarkup(plain) ? textOfHtml(plain) : plain;
}

/** HTML with nothing but harmless tags, and those without attributes. */
export function safeHtml(html: string): string {
  const visible = replaceAllOf(html, hidden, () => '');
  return replaceAllOf(visible, markup, (tag) => {
    const [, slash = '', name = ''] = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)/.exec(tag) ?? [];
    return harmless.has(name.toLowerCase()) ? `<${slash}${name.toLowerCase()}>` : '';
  });
}
