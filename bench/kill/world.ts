// Two exports of one agency, in which everything happens that an import can come across: rows that are created,
// updated, retired and refused by the database, links that go round in circles, agents nobody knows, records that
// wait for others, records without a mapping.
import { agency, type Agency, type Item } from '../samples/agency.ts';

/** The first name that the database refuses, by the constraint of `refusal`. */
const refused = 'Nobody';

/** A constraint that no mapping knows of. */
export const refusal = `ALTER TABLE crm.people ADD CONSTRAINT refused CHECK (first_name <> '${refused}')`;

/** An export as Sooprema writes it. */
export function exportText(collections: Agency): string {
  const results = Object.fromEntries(
    Object.entries(collections).map(([name, items]) => [
      name,
      { info: { count: items.length }, items },
    ]),
  );
  const info = { format: 'agency-export', version: 1, timezone: 'Europe/Madrid' };
  return JSON.stringify({
    request: { endpoint: '/export', agency: 'kill', language: 'es' },
    response: { status: 'ok', reason: '', results: { info, ...results } },
  });
}

const edited = (items: readonly Item[] | undefined, edit: (item: Item, index: number) => Item) =>
  (items ?? []).map(edit);

/** The first export: what is there at the beginning, with some of everything that does not come in. */
export const first: Agency = {
  ...agency,
  contacts: edited(agency['contacts'], (contact, index) => ({
    ...contact,
    ...(index === 30 ? { firstName: refused } : {}),
    ...(index === 3 ? { partnerId: 5 } : {}),
    ...(index === 4 ? { partnerId: 4 } : {}),
  })),
  notes: edited(agency['notes'], (note, index) =>
    index % 9 === 0 ? { ...note, userId: 90 + index } : note,
  ),
  tickets: [{ id: 1, title: 'An entity without a mapping' }],
};

const idOf = (item: Item): number => Number(item['id']);

/** The items and as many new ones, made from them. */
const withMore = (items: readonly Item[] | undefined, count: number): readonly Item[] => [
  ...(items ?? []),
  ...(items ?? []).slice(0, count).map((item) => ({ ...item, id: idOf(item) + 500_000 })),
];

/** The next export: fields, links and photos have changed, records came and went, and the refused one is another. */
export const next: Agency = {
  ...first,
  companies: edited(first['companies'], (company, index) => ({
    ...company,
    mainContactId: index % 2 === 0 ? 31 : 500_000 + index,
  })),
  contacts: withMore(
    edited(agency['contacts'], (contact, index) => ({
      ...contact,
      ...(index % 4 === 0 ? { cityName: `Elsewhere ${String(index)}` } : {}),
      ...(index === 7 ? { isDeleted: 1, deleted: '2025-07-01 10:00:00' } : {}),
      ...(index === 3 ? { partnerId: 6 } : {}),
    })),
    20,
  ).map((contact) => (idOf(contact) === 500_012 ? { ...contact, firstName: refused } : contact)),
  demands: [
    ...withMore(agency['demands'], 5),
    { ...agency['demands']?.[0], id: 700_001, contactId: 500_012 },
    { ...agency['demands']?.[0], id: 700_002, contactId: 999_999 },
  ],
  properties: edited(agency['properties'], (property, index) => ({
    ...property,
    ...(index % 3 === 0 ? { salesPrice: 123_456 + index } : {}),
    ...(index % 5 === 0 && Array.isArray(property['images'])
      ? { images: property['images'].slice(1) }
      : {}),
  })),
  notes: withMore(
    edited(first['notes'], (note, index) =>
      index % 7 === 0 ? { ...note, userId: 190 + index } : note,
    ),
    12,
  ).map((note, index) =>
    index === 50 ? { ...note, entityType: 'contact', entityId: 500_012 } : note,
  ),
};
