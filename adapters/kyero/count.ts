import type { BaselineCounts, SourceInput } from '../../src/adapter/contract.ts';
import { openXml } from '../../src/adapter/open-xml.ts';
import { createTally, yearIn } from '../../src/adapter/tally.ts';
import { textAt } from '../../src/adapter/value.ts';
import { scanXmlElements } from '../../src/formats/xml-count.ts';
import type { ReadRecord } from '../../src/model/record.ts';

const records = ['property', 'agent'];
// Of the property itself only: commissions and images may have types too.
const dimensions = ['type', 'price_freq', 'date'];

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
      const name = path[2] ?? '';
      const value = plainText(english ?? text);
      if (name === 'date') tally.split('property', 'year', yearIn(value), false);
      // Version 2.1 says so of a sale; see the reader.
      else tally.split('property', name, value === 'new_build' ? 'sale' : value, false);
    }
  }
  return tally.counts();
}

/** The values by which a property is counted, from its record. */
export function splits({ entity, fields }: ReadRecord): Readonly<Record<string, string>> {
  if (entity !== 'property') return {};
  const there = dimensions.filter((name) => Object.hasOwn(fields, name));
  return Object.fromEntries(
    there.map((name) => {
      const value = (textAt(fields, name) ?? textAt(fields, name, 'en') ?? '').trim();
      return name === 'date' ? ['year', yearIn(value)] : [name, value];
    }),
  );
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
