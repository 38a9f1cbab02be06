import type { RejectedRecord, RejectsWriter } from '../../src/adapter/contract.ts';
import { isGroup, isList } from '../../src/adapter/value.ts';
import { xmlElement, type XmlContent } from '../../src/formats/xml-write.ts';
import type { Fields, Value } from '../../src/model/record.ts';

/** Writes rejected records as a feed of version 3, each with the reason as a comment before it. */
export const rejects: RejectsWriter = { ending: 'xml', write };

async function* write(records: AsyncIterable<RejectedRecord>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<root>\n<kyero><feed_version>3</feed_version></kyero>\n';
  for await (const { record, reason } of records) {
    const { entity, fields } = record;
    yield `<!-- ${reason.replace(/-(?=-|$)/g, '- ')} -->\n`;
    const written = entity === 'property' ? asWritten(fields) : fields;
    yield `${xmlElement(entity, contentOf(written))}\n`;
  }
  yield '</root>\n';
}

/** The fields of a property as its elements are called: what the reader gathered stands together again. */
function asWritten(fields: Fields): Fields {
  const { type_names, features_by_language, features_named, ...rest } = fields;
  const written: Record<string, Value> = { ...rest };
  if (isGroup(type_names)) written['type'] = { en: fields['type'] ?? '', ...type_names };
  if (fields['features'] !== undefined) {
    written['features'] = {
      feature: fields['features'],
      ...map(features_by_language, (feature) => ({ feature })),
      ...(isGroup(features_named) ? features_named : {}),
    };
  }
  if (isList(fields['images'])) {
    written['images'] = { image: fields['images'].map(imageAsWritten) };
  }
  for (const name of ['desc', 'title']) {
    const texts = fields[name];
    if (isGroup(texts)) written[name] = withOwnText(texts);
  }
  return written;
}

function imageAsWritten(image: Value): Value {
  if (!isGroup(image)) return image;
  const { id, tags, title, ...rest } = image;
  return {
    ...rest,
    ...(id === undefined ? {} : { '@id': id }),
    ...(tags === undefined ? {} : { tags: { tag: tags } }),
    ...(isGroup(title) ? { title: withOwnText(title) } : {}),
  };
}

/** A text in no known language stood in the element itself. */
const withOwnText = ({ und, ...texts }: Fields): Fields =>
  und === undefined ? texts : { ...texts, '#text': und };

const map = (group: Value | undefined, change: (value: Value) => Value): Fields =>
  isGroup(group)
    ? Object.fromEntries(Object.entries(group).map(([name, value]) => [name, change(value)]))
    : {};

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : [value]);

/** A value as the content of an element; attributes that stand beside a text as `name@attribute` go into it. */
function contentOf(value: Value): XmlContent {
  if (!isGroup(value)) return typeof value === 'string' ? value : '';
  const content: Record<string, XmlContent | readonly XmlContent[]> = {};
  for (const [name, part] of Object.entries(value)) {
    if (name.slice(1).includes('@')) continue;
    const parts = listOf(part).map((item, place) =>
      withAttributes(value, name, place, contentOf(item)),
    );
    content[name] = name.startsWith('@') || name === '#text' ? (parts[0] ?? '') : parts;
  }
  return content;
}

function withAttributes(
  group: Fields,
  name: string,
  place: number,
  content: XmlContent,
): XmlContent {
  const attributes = Object.entries(group).flatMap(([key, value]): [string, string][] => {
    const text = key.startsWith(`${name}@`) ? listOf(value)[place] : undefined;
    return typeof text === 'string' ? [[key.slice(name.length), text]] : [];
  });
  if (attributes.length === 0) return content;
  const own = typeof content === 'string' ? { '#text': content } : content;
  return { ...own, ...Object.fromEntries(attributes) };
}
