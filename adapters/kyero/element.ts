import type { Fields, Value } from '../../src/model/record.ts';
import type { XmlElement } from '../../src/formats/xml-element.ts';

/** A named value on the way into a group. */
export type Entry = readonly [name: string, value: Value];

/** Gathers entries: a name that comes once has its value, one that comes again the list of its values. */
export function group(entries: readonly Entry[]): Fields {
  const values = new Map<string, Value[]>();
  for (const [name, value] of entries) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(
    [...values].map(([name, [first = null, ...more]]) => [
      name,
      more.length === 0 ? first : [first, ...more],
    ]),
  );
}

/** An element that holds a text, by its own name; its attributes, which are rare, as `name@attribute`. */
export function textEntries(element: XmlElement): readonly Entry[] {
  if (element.children.length > 0) return [[element.name, anyValue(element)]];
  const attributes = Object.entries(element.attributes);
  return [
    [element.name, element.text],
    ...attributes.map(([name, value]): Entry => [`${element.name}@${name}`, value]),
  ];
}

/** What is inside a container, by name; its layout whitespace is nothing, any other text of its own is `#text`. */
export function contentEntries(
  element: XmlElement,
  entriesOf: (child: XmlElement) => readonly Entry[],
): readonly Entry[] {
  const own: readonly Entry[] = element.text.trim() === '' ? [] : [['#text', element.text]];
  return [...element.children.flatMap(entriesOf), ...own];
}

/** An element nobody knows: its text, or a group of its attributes (`@name`) and children. */
export function anyValue(element: XmlElement): Value {
  const attributes = Object.entries(element.attributes).map(([name, value]): Entry => [
    `@${name}`,
    value,
  ]);
  if (element.children.length === 0 && attributes.length === 0) return element.text;
  return group([
    ...attributes,
    ...contentEntries(element, (child) => [[child.name, anyValue(child)]]),
  ]);
}
