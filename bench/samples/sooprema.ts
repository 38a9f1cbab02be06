import type { Agency, Item } from './agency.ts';
import { agency, generated } from './agency.ts';

/** One item a line, so that a change of the generator shows as a change of few lines. */
function itemLines(items: readonly Item[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
}

/** A whole export: every collection with its count, and the count of all. */
export function exportText(collections: Agency, made: string): string {
  const all = Object.values(collections);
  const info = {
    count: all.reduce((sum, items) => sum + items.length, 0),
    format: 'agency-export',
    version: 1,
    generated: made,
    timezone: 'Europe/Madrid',
  };
  const parts = Object.entries(collections).map(
    ([name, items]) => `"${name}":{"info":{"count":${items.length}},"items":${itemLines(items)}}`,
  );
  return `{"request":{"endpoint":"/export","agency":"costa-demo","language":"es"},
"response":{"status":"ok","reason":"","results":{
"info":${JSON.stringify(info)},
${parts.join(',\n')}
}}}
`;
}

/** One page of one collection, as the API answers. */
export function pageText(collection: string, page: number, perPage: number): string {
  const all = agency[collection] ?? [];
  const items = all.slice((page - 1) * perPage, page * perPage);
  const info = { count: items.length, page, perPage, total: all.length };
  return `{"request":{"endpoint":"/${collection}","agency":"costa-demo","language":"es","page":${page},"perPage":${perPage}},
"response":{"status":"ok","reason":"","results":{
"info":${JSON.stringify(info)},
"items":${itemLines(items)}}}}
`;
}

/** What a public importer gets: the live properties, without an envelope. */
export function listText(): string {
  const live = (agency['properties'] ?? []).filter((item) => item['isDeleted'] === 0);
  return `${itemLines(live.slice(0, 5))}\n`;
}

/** The same agency a week later: a new telephone number, a new price, a new enquiry, a deleted contact. */
export function nextAgency(): Agency {
  const later = '2025-06-20 10:15:00';
  const change = (collection: string, id: number, changes: Item): readonly Item[] =>
    (agency[collection] ?? []).map((item) =>
      item['id'] === id ? { ...item, modified: later, ...changes } : item,
    );
  const [lead] = agency['leads'] ?? [];
  const newLead = {
    ...lead,
    id: 26,
    created: later,
    modified: later,
    contactId: '',
    firstName: 'Nadia',
    lastName: 'Nueva',
    email: 'nadia.nueva@example.com',
    phone: '+34 600 000 326',
    status: 'new',
    received: later,
  };
  return {
    ...agency,
    contacts: change('contacts', 2, { mobile: '+34 600 000 777' }).map((item) =>
      item['id'] === 20 ? { ...item, modified: later, isDeleted: 1, deleted: later } : item,
    ),
    leads: [...(agency['leads'] ?? []), newLead],
    properties: change('properties', 900_001, { salesPrice: 149_900 }),
  };
}

/** The texts of the generated Sooprema samples, by file name. */
export function soopremaSamples(): Readonly<Record<string, string>> {
  return {
    'sooprema/agency.json': exportText(agency, generated),
    'sooprema/agency-next.json': exportText(nextAgency(), '2025-06-22 09:30:00'),
    'sooprema/pages/contacts-1.json': pageText('contacts', 1, 25),
    'sooprema/pages/contacts-2.json': pageText('contacts', 2, 25),
    'sooprema/pages/users-1.json': pageText('users', 1, 25),
    'sooprema/properties.json': listText(),
  };
}
