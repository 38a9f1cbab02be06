import type { RejectedRecord, RejectsWriter } from '../../src/adapter/contract.ts';
import { isGroup, isList } from '../../src/adapter/value.ts';
import { xmlElement, type XmlContent } from '../../src/formats/xml-write.ts';
import type { Fields, Value } from '../../src/model/record.ts';
import { entities } from './fields.ts';
import { attributesOf, elementField, keyed, keyless, lists, sections } from './shape.ts';

/** Writes rejected records as an export, each as its element was, with the reason as a comment before it. */
export const rejects: RejectsWriter = { ending: 'xml', write };

async function* write(records: AsyncIterable<RejectedRecord>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="utf-8"?>\n<inmoweb version="1.0">\n';
  let open: string | undefined;
  for await (const { record, reason } of records) {
    const [section = '', element] = record.entity.split('/');
    if (section !== open) {
      if (open !== undefined) yield `</${open}>\n`;
      yield `<${section}>\n`;
      open = section;
    }
    const { [elementField]: own, ...fields } = record.fields;
    const name = element ?? (typeof own === 'string' ? own : sections.get(section)?.records[0]);
    yield `<!-- ${reason.replace(/-(?=-|$)/g, '- ')} -->\n`;
    const ordered = inOrder(fields, Object.keys(entities[record.entity]?.fields ?? {}));
    yield `${xmlElement(name ?? section, contentOf(ordered, attributesOf(record.entity)))}\n`;
  }
  if (open !== undefined) yield `</${open}>\n`;
  yield '</inmoweb>\n';
}

/** The fields in the order of the format; a store need not keep theirs. */
function inOrder(fields: Fields, order: readonly string[]): Fields {
  const known = order.filter((name) => Object.hasOwn(fields, name));
  const others = Object.keys(fields).filter((name) => !order.includes(name));
  return Object.fromEntries([...known, ...others].map((name) => [name, fields[name] ?? null]));
}

type Content = Record<string, XmlContent | readonly XmlContent[]>;

/** A group as the content of an element: attributes are those declared, and what begins with `@`. */
function contentOf(fields: Fields, attributes: readonly string[] = [], ownText = ''): XmlContent {
  const content: Content = {};
  for (const name of elementNames(fields)) {
    const value = fields[name];
    if (attributes.includes(name)) content[`@${name}`] = textOf(value);
    else if (name === ownText && typeof value === 'string') content['#text'] = value;
    else if (name.startsWith('@') || name === '#text') content[name] = textOf(value);
    else content[name] = elementsOf(fields, name);
  }
  return content;
}

/** The names of what is inside a group, also where only attributes say so: of `agente@id`, `agente`. */
const elementNames = (fields: Fields): ReadonlySet<string> =>
  new Set(Object.keys(fields).map((name) => /^.+?(?=@)/.exec(name)?.[0] ?? name));

/** All elements of a name within a group. */
function elementsOf(fields: Fields, name: string): readonly XmlContent[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const list = lists.get(name);
  const group = keyed.get(name);
  let contents: readonly XmlContent[];
  if (list && isList(value)) {
    const items = value.map((item) =>
      isGroup(item) ? contentOf(item, list.attributes, list.item) : textOf(item),
    );
    contents = [items.length === 0 ? '' : { [list.item]: items }];
  } else if (group && isGroup(value)) {
    const items = Object.entries(value).flatMap(([key, one]) =>
      listOf(one).map((item): XmlContent => {
        const own = isGroup(item) ? contentOf(item, [], group.item) : { '#text': textOf(item) };
        const attribute: Content = key === keyless ? {} : { [`@${group.key}`]: key };
        return typeof own === 'string' ? own : { ...attribute, ...own };
      }),
    );
    contents = [items.length === 0 ? '' : { [group.item]: items }];
  } else {
    contents = listOf(value ?? null).map((one) => (isGroup(one) ? contentOf(one) : textOf(one)));
  }
  return withAttributes(fields, name, contents);
}

/** The attributes that stand beside an element as `name@attribute`, each in its place. */
function withAttributes(
  fields: Fields,
  name: string,
  contents: readonly XmlContent[],
): readonly XmlContent[] {
  const attributes = Object.entries(fields).flatMap(([key, value]) =>
    key.startsWith(`${name}@`) ? [[key.slice(name.length), listOf(value)] as const] : [],
  );
  const places = Math.max(contents.length, ...attributes.map(([, values]) => values.length));
  return Array.from({ length: places }, (_, place) => {
    const own = contents[place] ?? '';
    const here = attributes.flatMap(([attribute, values]): [string, string][] => {
      const text = values[place];
      return typeof text === 'string' ? [[attribute, text]] : [];
    });
    if (here.length === 0) return own;
    return { ...(typeof own === 'string' ? { '#text': own } : own), ...Object.fromEntries(here) };
  });
}

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : [value]);

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
