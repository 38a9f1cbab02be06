import type { BaselineCounts, SourceInput } from '../../src/adapter/contract.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { createTally } from '../../src/adapter/tally.ts';
import { scanXmlElements } from '../../src/formats/xml-count.ts';

/** Counts properties by type and price, and agents, by another path than `read`: a scanner of brackets. */
export async function count(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): Promise<BaselineCounts> {
  const tally = createTally();
  for (const file of input.files) {
    const text = await openXml(file, signal);
    const take = ([root, name, ...more]: readonly string[]): boolean =>
      more.length === 0 &&
      (root === 'root' || root === 'kyero') &&
      (name === 'property' || name === 'agent');
    for await (const { path, text: inside } of scanXmlElements(text, { file: file.name, take })) {
      const entity = path[1] ?? '';
      tally.add(entity, false, entity === 'property' ? await splitsOf(inside) : {});
    }
  }
  return tally.counts();
}

/** The type and the price of a property; its own only, for commissions and images may have types too. */
async function splitsOf(property: string): Promise<Readonly<Record<string, string>>> {
  const splits: Record<string, string> = { type: '', price_freq: '' };
  async function* document(): AsyncGenerator<string> {
    yield await Promise.resolve(`<property>${property}</property>`);
  }
  const take = ([, name, ...more]: readonly string[]): boolean =>
    more.length === 0 && name !== undefined && name in splits;
  for await (const { path, text } of scanXmlElements(document(), { file: 'property', take })) {
    splits[path[1] ?? ''] = plainText(/<en\b[^>]*>([^]*?)<\/en>/.exec(text)?.[1] ?? text);
  }
  return splits;
}

const plainText = (raw: string): string =>
  raw
    .replace(/<!\[CDATA\[([^]*?)\]\]>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
