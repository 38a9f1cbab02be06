import type { XmlElement } from '../../src/formats/xml-element.ts';
import { anyValue, group } from '../../src/adapter/xml-fields.ts';
import type { Entry } from '../../src/adapter/xml-fields.ts';

/**
 * The features of a property from any dialect (formats.md §2.6): `feature`, `feature/en`, `en/feature`,
 * or an element per feature. The list is in no language or in English; other languages are kept apart.
 */
export function featureEntries(elements: readonly XmlElement[]): readonly Entry[] {
  const lists = new Map<string, string[]>();
  const add = (language: string, text: string): void => {
    lists.set(language, [...(lists.get(language) ?? []), text]);
  };
  const named: Entry[] = [];

  for (const element of elements) {
    if (element.text.trim() !== '') add('', element.text);
    for (const child of element.children) {
      const inside = child.children;
      if (child.name === 'feature' && inside.length === 0) add('', child.text);
      else if (child.name === 'feature') for (const { name, text } of inside) add(name, text);
      else if (inside.length > 0 && inside.every(({ name }) => name === 'feature')) {
        for (const { text } of inside) add(child.name, text);
      } else named.push([child.name, anyValue(child)]);
    }
  }

  const first = ['', 'en'].filter((language) => lists.has(language));
  const [only] = lists.keys();
  const main = first.length > 0 || only === undefined ? first : [only];
  const others = [...lists].filter(([language]) => !main.includes(language));
  return [
    ['features', main.flatMap((language) => lists.get(language) ?? [])],
    ...(others.length > 0 ? [['features_by_language', Object.fromEntries(others)] as const] : []),
    ...(named.length > 0 ? [['features_named', group(named)] as const] : []),
  ];
}
