import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { csvLine } from '../../src/formats/csv-write.ts';
import { writeTemplate, type TemplateRow } from '../../adapters/tesoro/template.ts';
import { agency, type Item } from './agency.ts';

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(text) : [];
const live = (collection: string): readonly Item[] =>
  (agency[collection] ?? []).filter((item) => item['isDeleted'] === 0);

const users = new Map(live('users').map((user) => [user['id'], text(user['email'])]));
const agentOf = (item: Item): string => users.get(item['userId']) ?? 'office@costa-demo.example.com';

const phoneOf = (item: Item): string => text(item['mobile']) || text(item['phone']);

const address = (item: Item, prefix: string): TemplateRow => ({
  [`${prefix}.street`]: text(item['address']) || text(item['street']),
  [`${prefix}.city`]: text(item['cityName']),
  [`${prefix}.state`]: text(item['provinceName']),
  [`${prefix}.zip_code`]: text(item['postalCode']),
  [`${prefix}.country`]: text(item['countryCode']),
});

const person = (contact: Item): TemplateRow => ({
  first_name: text(contact['firstName']),
  last_name: text(contact['lastName']),
  email: text(contact['email']),
  phone: phoneOf(contact),
  owner_email: agentOf(contact),
  ...address(contact, 'address'),
  salutation: text(contact['salutation']).toLowerCase(),
  language: text(contact['language']),
  additional_information: text(contact['notes']),
});

/** Tesoro's import asks for all of these; who lacks one is not in its files. */
const isComplete = (row: TemplateRow): boolean =>
  ['first_name', 'last_name', 'email', 'phone'].every((name) => (row[name] ?? '') !== '');

const contacts = live('contacts');
const contactOf = (id: unknown): Item | undefined => contacts.find((one) => one['id'] === id);

const leads = live('demands').flatMap((demand): TemplateRow[] => {
  const contact = contactOf(demand['contactId']);
  if (contact === undefined) return [];
  return [
    {
      ...person(contact),
      'lead.status': text(demand['status']),
      'lead.source': text(demand['sourceName']),
      'lead.stage': text(demand['stage']),
      'property_details.type': texts(demand['typeNames']).join(', '),
      'property_details.location': texts(demand['cityNames']).join(', '),
      'property_details.number_of_bedrooms': text(demand['bedroomsMin']),
      'property_details.size_min': text(demand['buildSizeMin']),
      'property_details.size_max': text(demand['buildSizeMax']),
      'property_details.price_min': text(demand['salesPriceMin']),
      'property_details.price_max': text(demand['salesPriceMax']),
      'timing.looking_to': demand['operation'] === 'rentals' ? 'rent' : 'buy',
      'timing.timeline_min': text(demand['timingFrom']),
      'timing.timeline_max': text(demand['timingTo']),
    },
  ];
});

const properties = live('properties');
const owners = contacts
  .filter((contact) => texts(contact['roles']).includes('owner'))
  .map((contact, place): TemplateRow => {
    const property = properties[place % properties.length] ?? {};
    return {
      ...person(contact),
      'lead.status': 'qualified',
      'lead.source': text(contact['sourceName']),
      'lead.stage': 'hot',
      'property_details.type': text(property['typeName']).toLowerCase(),
      'property_details.price_min': text(property['salesPrice']),
      'timing.looking_to': 'sell',
      ...address(property, 'property_address'),
    };
  });

const clients = contacts.map((contact): TemplateRow => ({
  ...person(contact),
  type: 'contact',
  status: 'active',
  role: texts(contact['roles']).join(', '),
}));

const relations = live('companies').map((company): TemplateRow => ({
  type: text(company['typeName']),
  name: text(company['name']),
  email: text(company['email']),
  phone: text(company['phone']),
  status: 'active',
  owner_email: agentOf(company),
  ...address(company, 'address'),
  'social.facebook': text(company['facebook']),
  'social.linkedIn': text(company['linkedIn']),
  website: text(company['website']),
  note: text(company['notes']),
}));

/** The same agency as files of Tesoro's own import, by path. */
export function tesoroSamples(): Readonly<Record<string, string>> {
  return {
    'tesoro/leads.csv': writeTemplate('leads', leads.filter(isComplete)),
    'tesoro/owners.csv': writeTemplate('owners', owners.filter(isComplete)),
    'tesoro/contacts.csv': writeTemplate('contacts', clients.filter(isComplete)),
    'tesoro/relations.csv': writeTemplate('relations', relations),
  };
}

/** The same tables as a spreadsheet saves them, by path. */
export function savedTables(): Readonly<Record<string, Uint8Array>> {
  const samples = tesoroSamples();
  const cells = (name: string): readonly (readonly string[])[] =>
    parse(samples[`tesoro/${name}.csv`] ?? '');
  const line = (row: readonly string[], delimiter: string): string =>
    csvLine(row, { delimiter }).replace(/\n$/, '\r\n');
  const owners = cells('owners').map((row) => line(row, ';'));
  const contacts = cells('contacts').map((row) => line(row, '\t'));
  return {
    'csv/owners-excel.csv': iconv.encode(owners.join(''), 'windows-1252'),
    'csv/contacts-unicode.txt': iconv.encode(`\ufeff${contacts.join('')}`, 'utf-16le'),
  };
}
