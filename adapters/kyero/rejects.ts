import type { RejectedRecord, RejectsWriter } from '../../src/adapter/contract.ts';
import { isGroup, isList } from '../../src/adapter/value.ts';
import type { Fields, Value } from '../../src/model/record.ts';

/** Writes rejected records as a feed of version 3, each with the reason as a comment before it. */
export const rejects: RejectsWriter = { ending: 'xml', write };

async function* write(records: AsyncIterable<RejectedRecord>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<root>\n<kyero><feed_version>3</feed_version></kyero>\n';
  for await (const { record, reason } of records) {
    const { entity, fields } = record;
    yield `<!-- ${reason.replace(/-(?=-|$)/g, '- ')} -->\n`;
    yield `${elementText(entity, entity === 'property' ? asWritten(fields) : fields)}\n`;
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

/** An element of a value; `attributes` are those that stand beside a text as `name@attribute`. */
function elementText(name: string, value: Value, attributes: readonly string[] = []): string {
  const tag = [name, ...attributes].join(' ');
  if (!isGroup(value)) return `<${tag}>${typeof value === 'string' ? escape(value) : ''}</${name}>`;
  const own = Object.entries(value).flatMap(([key, text]) =>
    key.startsWith('@') ? [attributeText(key.slice(1), text)] : [],
  );
  return `<${[tag, ...own].join(' ')}>${contentText(value)}</${name}>`;
}

function contentText(group: Fields): string {
  return Object.entries(group)
    .map(([name, value]) => {
      if (name === '#text') return typeof value === 'string' ? escape(value) : '';
      if (name.includes('@')) return '';
      return listOf(value)
        .map((item, place) => elementText(name, item, attributesBeside(group, name, place)))
        .join('');
    })
    .join('');
}

function attributesBeside(group: Fields, name: string, place: number): readonly string[] {
  return Object.entries(group).flatMap(([key, value]) => {
    const text = key.startsWith(`${name}@`) ? listOf(value)[place] : undefined;
    return text === undefined ? [] : [attributeText(key.slice(name.length + 1), text)];
  });
}

const attributeText = (name: string, value: Value): string =>
  `${name}="${typeof value === 'string' ? escape(value).replace(/[\n\t]/g, reference) : ''}"`;

// A reader makes LF of a CR, and a blank of any line end in an attribute, unless it is a reference.
const escape = (text: string): string => text.replace(/[&<>"\r]/g, reference);

const reference = (character: string): string => `&#${character.charCodeAt(0)};`;
