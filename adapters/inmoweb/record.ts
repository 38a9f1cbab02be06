import { attributeEntries, group } from '../../src/adapter/xml-fields.ts';
import type { Entry } from '../../src/adapter/xml-fields.ts';
import type { XmlElement } from '../../src/formats/xml-element.ts';
import type { Fields, Value } from '../../src/model/record.ts';
import { attributesOf, elementField, keyed, keyless, lists } from './shape.ts';
import type { KeyedShape, ListShape } from './shape.ts';

/** The fields of a record; nothing of the element is left out. `named` says whether its own name is one of them. */
export function recordFields(element: XmlElement, entity: string, named: boolean): Fields {
  return group([
    ...ownEntries(element, attributesOf(entity)).filter(
      ([name, value]) => !saysNothing(name, value),
    ),
    ...(named ? [[elementField, element.name] as const] : []),
    ...contentOf(element),
  ]);
}

/** Whether a mark says what its absence says: neither retired nor deleted (formats.md §3.6). */
const saysNothing = (name: string, value: Value): boolean =>
  (name === 'baja' || name === 'borrado') && value === '0';

/** Attributes by their names, those that nobody declared with `@` before them. */
function ownEntries(element: XmlElement, declared: readonly string[]): readonly Entry[] {
  return attributeEntries(element, '').map(([name, value]) => [
    declared.includes(name) ? name : `@${name}`,
    value,
  ]);
}

/** What is inside an element, by name; lists that come twice are one. */
function contentOf(element: XmlElement): readonly Entry[] {
  const gathered = new Map<string, XmlElement[]>();
  const entries: Entry[] = [];
  for (const child of element.children) {
    if (!lists.has(child.name) && !keyed.has(child.name)) entries.push(...plainEntries(child));
    else gathered.set(child.name, [...(gathered.get(child.name) ?? []), child]);
  }
  for (const [name, containers] of gathered) {
    const children = containers.flatMap(childrenWithText);
    const list = lists.get(name);
    const group = keyed.get(name);
    if (list) entries.push([name, children.map((child) => itemOf(child, list))]);
    else if (group) entries.push([name, keyedGroup(children, group)]);
    for (const container of containers) entries.push(...attributeEntries(container, `${name}@`));
  }
  if (element.text.trim() !== '') entries.push(['#text', element.text]);
  return entries;
}

/** Where a container holds a text of its own, that stands for an item. */
function childrenWithText({ children, text }: XmlElement): readonly XmlElement[] {
  if (text.trim() === '') return children;
  return [...children, { name: '', attributes: {}, children: [], text }];
}

/**
 * An element with a value: its text by its name, its attributes as `name@attribute`. Where the attributes say all,
 * there is no text. One with elements inside is a group.
 */
function plainEntries(element: XmlElement): readonly Entry[] {
  const { name, text, children } = element;
  if (children.length > 0)
    return [[name, group([...attributeEntries(element, '@'), ...contentOf(element)])]];
  const attributes = attributeEntries(element, `${name}@`);
  return attributes.length > 0 && text.trim() === '' ? attributes : [[name, text], ...attributes];
}

function itemOf(element: XmlElement, { item, attributes, texts }: ListShape): Value {
  const own = ownEntries(element, attributes);
  if (texts === true && own.length + element.children.length === 0) return element.text;
  return group([...own, ...valueEntries(element, item)]);
}

/** The own text of an element under a name, and what is inside it. */
function valueEntries(element: XmlElement, name: string): readonly Entry[] {
  if (element.text.trim() === '') return contentOf(element);
  return [[name, element.text], ...contentOf({ ...element, text: '' })];
}

function keyedGroup(children: readonly XmlElement[], { item, key, groups }: KeyedShape): Fields {
  return group(
    children.map((child): Entry => {
      const { [key]: name = keyless, ...attributes } = child.attributes;
      const isText = child.children.length === 0 && Object.keys(attributes).length === 0;
      if (isText && groups !== true) return [name, child.text];
      const rest = { ...child, attributes };
      return [name, group([...attributeEntries(rest, '@'), ...valueEntries(rest, item)])];
    }),
  );
}
