import * as z from 'zod';
import type { Value } from '../../model/record.ts';
import { compilePath, pathOption } from '../path.ts';
import { type Group, hasData, isGroup, isList } from '../shape.ts';
import { defineTransform, type TransformContext } from '../transform.ts';
import { imagePath, webAddress } from '../web-address.ts';

const options = z
  .strictObject({
    url: pathOption
      .default(() => compilePath('url'))
      .describe('Field of an item with its address; else `url`.'),
    order: pathOption.optional().describe('Field of an item with its place in the gallery.'),
    main: pathOption.optional().describe('Field of an item that marks the main image.'),
  })
  .prefault({});

type Options = z.output<typeof options>;

interface Image {
  readonly url: string;
  readonly order: number;
  readonly isMain: boolean;
  readonly item: Group;
}

/** Words by which sources mark the main image. */
const marks = new Set(['1', 'true', 'yes', 'si', 'sí']);

function isMarked(value: Value): boolean {
  return typeof value === 'string' && marks.has(value.trim().toLowerCase());
}

/** An image without a number comes after those that have one. */
function orderOf(value: Value): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
}

const wholeItem = compilePath('url');

function readImage(item: Value, read: Options, context: TransformContext): Image | undefined {
  const group: Group = isGroup(item) ? item : { url: item };
  if (!hasData(group)) return undefined;
  const written = (isGroup(item) ? read.url : wholeItem).read(group);
  const text = typeof written === 'string' ? written : '';
  const path = imagePath(text);
  const address =
    webAddress(text) ?? (path === undefined ? undefined : { url: path, repaired: false });
  if (address === undefined) {
    context.issue('URL_INVALID', { value: text });
    return undefined;
  }
  if (address.repaired) context.issue('URL_REPAIRED', { value: text });
  return {
    url: address.url,
    order: read.order === undefined ? 0 : orderOf(read.order.read(group)),
    isMain: read.main !== undefined && isMarked(read.main.read(group)),
    item: group,
  };
}

/** One image per address, the first of them. */
function withoutRepeated(images: readonly Image[], context: TransformContext): readonly Image[] {
  const first = new Map<string, Image>();
  for (const image of images) {
    if (first.has(image.url)) context.issue('IMAGE_REPEATED', { value: image.url });
    else first.set(image.url, image);
  }
  return [...first.values()];
}

/** A copy that can be added to. Spreading takes the engine far longer here, but keeps a field called `__proto__`. */
function copyOf(item: Group): Record<string, Value> {
  return Object.hasOwn(item, '__proto__') ? { ...item } : Object.assign({}, item);
}

/** The title as one text: of the agency's language where there are several. */
function titleOf(title: Value, language: string): Value {
  if (!isGroup(title)) return title;
  return title[language] ?? Object.values(title).find(hasData) ?? null;
}

export const gallery = defineTransform({
  name: 'gallery',
  about:
    'Brings a list of images into gallery order, without repeated addresses and with exactly one main image: an image may be a file of the export, named by its path; items get `url`, `position` (from 1), `isMain` and `title`, and keep what else they have.',
  options,
  apply: (value, read, context) => {
    if (value === null || value === '') return null;
    const items = isList(value) ? value : [value];
    const images = items
      .map((item) => readImage(item, read, context))
      .filter((image) => image !== undefined)
      .sort((a, b) => (a.order === b.order ? 0 : a.order - b.order));
    const main = (images.find(({ isMain }) => isMain) ?? images[0])?.url;
    return withoutRepeated(images, context).map(({ url, item }, index) => {
      const made = copyOf(item);
      made['url'] = url;
      made['position'] = String(index + 1);
      made['isMain'] = url === main ? 'true' : 'false';
      made['title'] = titleOf(item['title'] ?? null, context.account.language);
      return made;
    });
  },
});
