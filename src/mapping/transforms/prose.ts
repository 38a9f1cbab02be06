import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { cleanText } from '../clean-text.ts';
import { hasMarkup, safeHtml, textOfHtml } from '../html-text.ts';
import { isGroup, isList } from '../shape.ts';
import { defineTransform, type TransformContext } from '../transform.ts';

const options = z
  .strictObject({
    html: z
      .enum(['text', 'safe'])
      .default('text')
      .describe('What becomes of HTML: text, or HTML of harmless tags without attributes.'),
  })
  .prefault({});

/** References that sources escape twice; no others are decoded again, for `&lt;` may be meant. */
const lineEnds = /&(?:amp;)?#(?:13|10|x0?[dDaA]);/g;
const spaces = /&(?:amp;)?(?:nbsp|#160|#xA0);/gi;

/** What Inmoweb writes at the end of every text. */
const signature = '[IW]';

function withoutDoubleEscapes(text: string): string {
  return text
    .replace(/&(?:amp;)?#(?:13|x0?[dD]);\s*&(?:amp;)?#(?:10|x0?[aA]);/g, '\n')
    .replace(/(?:&(?:amp;)?#(?:13|x0?[dD]);)\r?\n/g, '\n')
    .replace(lineEnds, '\n')
    .replace(spaces, ' ');
}

/** Lines without their indentation, paragraphs one empty line apart. */
function tidy(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return lines
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function withoutSignature(text: string): string {
  const end = text.trimEnd();
  return end.endsWith(signature) ? end.slice(0, -signature.length) : text;
}

/** A text without its HTML; `undefined` where it has none. */
function withoutMarkup(text: string, html: 'text' | 'safe'): string | undefined {
  if (!text.includes('<') || !hasMarkup(text)) return undefined;
  return html === 'text' ? textOfHtml(text) : safeHtml(text);
}

function proseOf(written: string, html: 'text' | 'safe', context: TransformContext): string | null {
  // First of all: half a character that was decoded twice may look like a space.
  const { text: clean, repaired, replaced } = cleanText(written);
  const plain = withoutMarkup(clean, html);
  const text = plain ?? clean;
  const unescaped =
    text.includes('&') && (plain === undefined || html === 'text')
      ? withoutDoubleEscapes(text)
      : text;
  if (repaired || unescaped !== text) context.issue('TEXT_REPAIRED', { value: written });
  if (replaced) context.issue('TEXT_CHARACTER_REPLACED', { value: written });
  if (repaired || plain !== undefined) context.keepOriginal();
  const tidied = tidy(withoutSignature(unescaped));
  return tidied === '' ? null : tidied;
}

export const prose = defineTransform({
  name: 'prose',
  about:
    'Tidies a text of several lines, or each in a list or group: HTML becomes text (or, with `html: safe`, harmless HTML), line ends that were escaped twice become line ends, indentation and the mark [IW] go.',
  options,
  apply: (value, { html }, context) => {
    const read = (inner: Value): Value => {
      if (inner === null) return null;
      if (typeof inner === 'string') return proseOf(inner, html, context);
      if (isList(inner)) return inner.map(read);
      if (isGroup(inner))
        return Object.fromEntries(Object.entries(inner).map(([name, text]) => [name, read(text)]));
      return inner;
    };
    return read(value);
  },
});
