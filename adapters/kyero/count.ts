import type { BaselineCounts, SourceInput } from '../../src/adapter/contract.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { createTally } from '../../src/adapter/tally.ts';
import { scanXmlElements } from '../../src/formats/xml-count.ts';

const records = ['property', 'agent'];
// Of the property itself only: commissions and images may have types too.
const dimensions = ['type', 'price_freq'];

const isRoot = (name: string | undefined): boolean => name === 'root' || name === 'kyero';

/** Counts properties by type and price, and agents, by another path than `read`: a scanner of brackets. */
export async function count(
  input: SourceInput,
  _options: unknown,
  signal: AbortSignal,
): Promise<BaselineCounts> {
  const tally = createTally();
  for (const file of input.files) {
    const isRecord = ([root, name = '', ...more]: readonly string[]): boolean =>
      more.length === 0 && isRoot(root) && records.includes(name);
    const isSplit = ([root, record, name = '', ...more]: readonly string[]): boolean =>
      more.length === 0 && isRoot(root) && record === 'property' && dimensions.includes(name);

    const found = scanXmlElements(await openXml(file, signal), { file: file.name, take: isRecord });
    for await (const { path, text } of found) {
      // An agent that says nothing is no record.
      if (path[1] !== 'agent' || saysSomething(text)) tally.add(path[1] ?? '', false);
    }

    const splits = scanXmlElements(await openXml(file, signal), { file: file.name, take: isSplit });
    for await (const { path, text } of splits) {
      const english = /<en\b[^>]*>([^]*?)<\/en>/.exec(text)?.[1];
      tally.split('property', path[2] ?? '', plainText(english ?? text));
    }
  }
  return tally.counts();
}

const saysSomething = (raw: string): boolean =>
  raw
    .replace(/<!\[CDATA\[([^]*?)\]\]>/g, '$1')
    .replace(/<!--[^]*?-->|<[^>]*>/g, '')
    .trim() !== '';

const plainText = (raw: string): string =>
  raw
    .replace(/<!\[CDATA\[([^]*?)\]\]>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
