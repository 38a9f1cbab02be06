import type { XmlElement } from './xml-element.ts';

/** How much of a document may be held in memory; characters, unless said otherwise. */
export interface XmlLimits {
  /** Elements inside each other. */
  readonly depth: number;
  /** Own text of one element, and any single tag or comment. */
  readonly text: number;
  /** Attributes of one element. */
  readonly attributes: number;
  /** One taken element with all it holds. */
  readonly record: number;
}

export interface XmlOptions {
  readonly file: string;
  /** Whether to assemble and yield the element at a path; the root is `[rootName]`. Not asked inside a taken element. */
  readonly take: (path: readonly string[]) => boolean;
  /** Called for each element that is not taken, before anything inside it. */
  readonly enter?: (
    path: readonly string[],
    attributes: Readonly<Record<string, string>>,
    line: number,
  ) => void;
  readonly limits?: Partial<XmlLimits>;
}

/** An element that was taken, and the line on which it begins. */
export interface XmlItem {
  readonly path: readonly string[];
  readonly element: XmlElement;
  readonly line: number;
}

/** Walks an XML document and yields the elements that `take` names. */
export function readXml(text: AsyncIterable<string>, options: XmlOptions): AsyncIterable<XmlItem> {
  throw new Error(`not written yet: ${options.file} ${typeof text}`);
}
