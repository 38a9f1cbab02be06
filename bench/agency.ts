import type { Agency, Item } from './samples/agency.ts';
import { agency, generated } from './samples/agency.ts';

// An export of any size: the sample agency over and over, each time with other ids, names and numbers.
const stride = 1_000_000;

/** The whole export as text, in pieces, collection after collection as Sooprema writes them. */
export function* exportPieces(copies: number): Generator<string, void, undefined> {
  const collections = Object.keys(agency);
  yield `{"request":{"endpoint":"/export","agency":"bench","language":"es"},
"response":{"status":"ok","reason":"","results":{
"info":{"format":"agency-export","version":1,"generated":"${generated}","timezone":"Europe/Madrid"}`;
  for (const name of collections) {
    yield `,\n"${name}":{"info":{"count":${(agency[name] ?? []).length * copiesOf(name, copies)}},"items":[`;
    for (let copy = 0; copy < copiesOf(name, copies); copy++) {
      const items = itemsOf(agency, name, copy);
      yield `${copy === 0 ? '\n' : ',\n'}${items.map((item) => JSON.stringify(item)).join(',\n')}`;
    }
    yield ']}';
  }
  yield '}}}\n';
}

/** How many records an export of so many copies holds. */
export function recordCount(copies: number): number {
  return Object.entries(agency).reduce(
    (sum, [name, items]) => sum + items.length * copiesOf(name, copies),
    0,
  );
}

// The same agents look after all of them.
const copiesOf = (collection: string, copies: number): number =>
  collection === 'users' ? 1 : copies;

function itemsOf(from: Agency, collection: string, copy: number): readonly Item[] {
  const items = from[collection] ?? [];
  return copy === 0 ? items : items.map((item) => shifted(item, copy));
}

const references = new Set([
  'id',
  'contactId',
  'companyId',
  'propertyId',
  'dealId',
  'demandId',
  'entityId',
  'partnerId',
  'mainContactId',
]);
const referenceLists = new Set(['contactIds', 'companyIds', 'documentIds']);
const nested = new Set(['owners', 'contacts', 'images']);

function shifted(item: Item, copy: number): Item {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [key, shiftedValue(key, value, copy)]),
  );
}

function shiftedValue(key: string, value: unknown, copy: number): unknown {
  if (references.has(key)) return typeof value === 'number' ? value + copy * stride : value;
  if (referenceLists.has(key) && Array.isArray(value)) {
    return value.map((id: unknown) => (typeof id === 'number' ? id + copy * stride : id));
  }
  if (nested.has(key) && Array.isArray(value)) {
    return value.map((part: Item) => shifted(part, copy));
  }
  if (key === 'source' && typeof value === 'object') return shifted(value as Item, copy);
  if (typeof value !== 'string' || value === '') return value;
  if (key === 'email' || key === 'email2') return value.replace('@', `.${copy}@`);
  if (key === 'lastName') return `${value} ${letters(copy)}`;
  if (key === 'salesReference' || key === 'reference' || key === 'nif') return `${value}-${copy}`;
  if (key === 'url') return value.replace('example.com/', `example.com/${copy}/`);
  return value;
}

/** A number in letters: names hold no digits. */
function letters(number: number): string {
  return String(number).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
}
