/** An element as read; `text` is its own text and CDATA, without that of its children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The first child of a name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** All children of a name, in document order. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first element at a path of names below `element`; undefined where there is none. */
export function textOf(element: XmlElement, path: readonly string[]): string | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path) found = found && childOf(found, name);
  return found?.text;
}
