import { XMLBuilder } from 'fast-xml-parser';

/** Content of an element: text, or its children by name, `@name` for attributes and `#text` for text beside them. */
export type XmlContent = string | { readonly [name: string]: XmlContent | readonly XmlContent[] };

// The values are escaped here and not by the builder, which leaves CR and the blanks of attributes as they are:
// a reader makes LF of a CR, and a space of any line end in an attribute, unless it is a reference.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is the same code in a package of its own
const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  suppressBooleanAttributes: false,
  processEntities: false,
  tagValueProcessor: (_name, value) => escape(String(value), /[&<>\r]/g),
  attributeValueProcessor: (_name, value) => escape(String(value), /[&<>"\r\n\t]/g),
});

/** An element as XML text, such that a reader gets back exactly what is given here. */
export function xmlElement(name: string, content: XmlContent): string {
  return builder.build({ [name]: content });
}

const escape = (text: string, characters: RegExp): string =>
  text.replace(characters, (character) => `&#${String(character.charCodeAt(0))};`);
