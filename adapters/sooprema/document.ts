import type { JsonSelect } from '../../src/formats/json.ts';

/** What stands at a path of a document: an item of a collection, or what the document says of itself. */
export type Place =
  | { readonly kind: 'item'; readonly shape: Shape; readonly collection: string | undefined }
  | { readonly kind: 'request' }
  | { readonly kind: 'status' }
  | { readonly kind: 'reason' }
  /** Of a collection, or of the whole document. */
  | { readonly kind: 'info'; readonly collection: string | undefined };

/** A whole export, an answer of the API for one collection, or a bare list of properties (formats.md §5.4). */
export type Shape = 'export' | 'answer' | 'list';

// PHP writes a list with gaps as an object with numbers for names.
const isIndex = (name: string | undefined): boolean => name === '[]' || /^\d+$/.test(name ?? '');

/** The place that a path is, where it is one that matters. */
export function placeOf(path: readonly string[]): Place | undefined {
  const [root, second, collection, inner, index] = path;
  if (root === '[]') return path.length === 1 ? item('list') : undefined;
  if (root === 'request') return path.length === 1 ? { kind: 'request' } : undefined;
  if (root !== 'response') return undefined;
  if (second === 'status' || second === 'reason') {
    return path.length === 2 ? { kind: second } : undefined;
  }
  if (second !== 'results') return undefined;
  if (collection === 'info')
    return path.length === 3 ? { kind: 'info', collection: undefined } : undefined;
  if (collection === 'items')
    return path.length === 4 && isIndex(inner) ? item('answer') : undefined;
  if (inner === 'info')
    return path.length === 4
      ? { kind: 'info', collection: collection && entityName(collection) }
      : undefined;
  const listed = path.length === 5 && inner === 'items' && isIndex(index);
  return listed || (path.length === 4 && isIndex(inner)) ? item('export', collection) : undefined;
}

const item = (shape: Shape, collection?: string): Place => ({
  kind: 'item',
  shape,
  collection: collection && entityName(collection),
});

/** Whether an item of a list of properties is what some systems put first: where the list begins and how long it is. */
export const isMetadata = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => metadata.has(name));

const metadata = new Set(['posicion', 'elementos', 'total', 'count', 'page', 'perPage', 'pages']);

// Keys divide entity and id by a colon.
const entityName = (collection: string): string => collection.replaceAll(':', '_');

/** Takes what has a place, and looks inside what may lead to one. */
export const select: JsonSelect = (path) => {
  if (placeOf(path)) return 'take';
  const [root, second, , inner] = path;
  const leads =
    path.length === 0 ||
    (root === 'response' &&
      (path.length === 1 ||
        (second === 'results' && (path.length <= 3 || (path.length === 4 && inner === 'items')))));
  return leads ? 'enter' : 'skip';
};

/** The collection that an endpoint names: `/v1/contacts?page=2` is `contacts`. */
export function collectionOf(endpoint: string): string | undefined {
  const [path = ''] = endpoint.split('?');
  const name = path.split('/').findLast((part) => part !== '');
  return name && entityName(name);
}
