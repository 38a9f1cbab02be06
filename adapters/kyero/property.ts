import type { XmlElement } from '../../src/formats/xml-element.ts';
import { childrenOf } from '../../src/formats/xml-element.ts';
import type { Fields, Value } from '../../src/model/record.ts';
import {
  anyValue,
  attributeEntries,
  contentEntries,
  group,
  textEntries,
} from '../../src/adapter/xml-fields.ts';
import type { Entry } from '../../src/adapter/xml-fields.ts';
import { entities } from './fields.ts';
import { featureEntries } from './features.ts';

/** How the elements of one name become fields: usually there is one of them. */
type Shape = (elements: readonly XmlElement[]) => readonly Entry[];

/** The property of any version and dialect in one shape (formats.md §2.2, §2.4, §2.6); nothing is left out. */
export function propertyFields(property: XmlElement): Fields {
  const named = new Map<string, XmlElement[]>();
  for (const child of property.children) {
    const same = named.get(child.name);
    if (same) same.push(child);
    else named.set(child.name, [child]);
  }
  const entries = [...attributeEntries(property, '@')];
  for (const [name, elements] of named) entries.push(...(shapes.get(name) ?? plain)(elements));
  if (property.text.trim() !== '') entries.push(['#text', property.text]);
  const fields = group(entries);
  // Until 2.1 a new building was a kind of price.
  return fields['price_freq'] === 'new_build'
    ? { ...fields, price_freq: 'sale', new_build: '1' }
    : fields;
}

/** The agency of the feed. */
export function agentFields(agent: XmlElement): Fields {
  return group(contentEntries(agent, (child) => entriesOf(agentNames, child)));
}

const namesOf = (entity: string): ReadonlySet<string> =>
  new Set(Object.keys(entities[entity]?.fields ?? {}));

const propertyNames = namesOf('property');
const agentNames = namesOf('agent');

const plain: Shape = (elements) => {
  const [only] = elements;
  // Nearly always; flatMap on one element would cost as much as the rest of the property.
  if (only && elements.length === 1) return entriesOf(propertyNames, only);
  return elements.flatMap((element) => entriesOf(propertyNames, element));
};

function entriesOf(declared: ReadonlySet<string>, child: XmlElement): readonly Entry[] {
  return declared.has(child.name) ? textEntries(child) : [[child.name, anyValue(child)]];
}

const container =
  (name: string, rename: (child: string) => string = (child) => child): Shape =>
  (elements) => [
    [
      name,
      group(
        elements.flatMap((element) =>
          contentEntries(element, (child) => textEntries({ ...child, name: rename(child.name) })),
        ),
      ),
    ],
  ];

/** A text per language. One without languages is in `language`. */
const languages =
  (name: string, language: string): Shape =>
  (elements) => [
    [
      name,
      group(
        elements.flatMap((element) =>
          contentEntries(element, textEntries).map(([code, value]): Entry => [
            code === '#text' ? language : code,
            value,
          ]),
        ),
      ),
    ],
  ];

/** In 2.1 the type is given in languages, English always. */
const type: Shape = (elements) => {
  if (elements.every(({ children }) => children.length === 0)) return plain(elements);
  const names = elements.flatMap((element) => contentEntries(element, textEntries));
  const main = names.find(([code]) => code === 'en') ?? names[0];
  const others = names.filter((entry) => entry !== main);
  return [
    ['type', main?.[1] ?? ''],
    ...(others.length > 0 ? [['type_names', group(others)] as const] : []),
  ];
};

const images: Shape = (elements) => [
  ['images', elements.flatMap(({ children }) => children).flatMap(imageGroups)],
];

/** One image per address: some feeds repeat the address inside an image, or nest it. */
function imageGroups(image: XmlElement): readonly Value[] {
  const entries: Entry[] = attributeEntries(image, '@').map(([name, value]) => [
    name === '@id' ? 'id' : name,
    value,
  ]);
  const tags = childrenOf(image, 'tags');
  if (tags.length > 0) entries.push(['tags', tags.flatMap(tagsOf)]);
  const titles = childrenOf(image, 'title');
  if (titles.length > 0) entries.push(...languages('title', 'und')(titles));
  for (const child of image.children) {
    if (!['url', 'tags', 'title'].includes(child.name)) {
      entries.push([child.name, anyValue(child)]);
    }
  }
  return urlsOf(image).map((url) => group([['url', url], ...entries]));
}

const urlsOf = (element: XmlElement): readonly string[] => {
  const urls = childrenOf(element, 'url');
  return urls.length > 0 ? urls.flatMap(urlsOf) : [element.text];
};

const tagsOf = (tags: XmlElement): readonly Value[] =>
  contentEntries(tags, (tag) => [[tag.name, anyValue(tag)]]).map(([, value]) => value);

const shapes: ReadonlyMap<string, Shape> = new Map([
  ['type', type],
  ['url', languages('url', 'en')],
  ['title', languages('title', 'und')],
  ['desc', languages('desc', 'und')],
  ['location', container('location')],
  ['energy_rating', container('energy_rating')],
  // RedSP writes built_m2.
  ['surface_area', container('surface_area', (name) => name.replace(/_m2$/, ''))],
  // Resales-Online writes cadastralRef.
  ['cadastralRef', (elements) => plain(elements.map((e) => ({ ...e, name: 'catastral' })))],
  ['features', (elements) => featureEntries(elements)],
  ['images', images],
]);
