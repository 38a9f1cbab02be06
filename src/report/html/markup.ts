/** Text that is HTML already. Only this file makes it, so nothing reaches a page unescaped. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: markup as it is, everything else escaped; null leaves no trace. */
export type Content = Markup | string | number | null | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Control characters (but tab and line feed) are not allowed in HTML; direction marks could turn text around.
const invisible = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

function textOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.toString();
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') {
    return content
      .replace(invisible, '\ufffd')
      .replace(/[&<>"']/g, (character) => entities[character] ?? character);
  }
  return content.map(textOf).join('');
}

/** A template for HTML (and SVG): whatever is put in is escaped, unless it is markup. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + textOf(contents[index] ?? null)).join(''));
}

/** A style sheet. It takes nothing in, so there is nothing to escape. */
export function css(parts: TemplateStringsArray): Markup {
  return new Markup(parts.join(''));
}
