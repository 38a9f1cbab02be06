import { entities, leadTemplate } from './fields.ts';

/** The kinds of row there is a template of. */
export type TemplateKind = keyof typeof entities;

/** Cells by column; what is absent is an empty cell. */
export type TemplateRow = Readonly<Record<string, string>>;

const propertyAddress = Object.keys(entities.owners.fields).filter((name) =>
  name.startsWith('property_address.'),
);

/** The columns of each template. That of leads is Tesoro's own; the others are our design where it is silent. */
const columns: Readonly<Record<TemplateKind, readonly string[]>> = {
  leads: leadTemplate,
  owners: [...leadTemplate, ...propertyAddress],
  contacts: Object.keys(entities.contacts.fields),
  relations: Object.keys(entities.relations.fields),
};

/** Written without quotes, as in Tesoro's own template. */
const numbers = /_(bedrooms|min|max)$/;
const isNumber = (column: string, cell: string): boolean =>
  numbers.test(column) && /^\d+(\.\d+)?$/.test(cell);

/** Writes rows as a file of Tesoro's own import: the header as it is, text in quotes, numbers bare (formats.md §10, rule 25). */
export function writeTemplate(kind: TemplateKind, rows: readonly TemplateRow[]): string {
  const header = columns[kind];
  const lines = rows.map((row) =>
    header.map((column) => {
      const cell = row[column] ?? '';
      return isNumber(column, cell) ? cell : quoted(cell);
    }),
  );
  return [header.map(quoted), ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

const ana: TemplateRow = {
  first_name: 'Ana',
  last_name: 'Prueba',
  email: 'ana.prueba@example.com',
  phone: '+34600111222',
  owner_email: 'agent@example.com',
  'address.street': 'Calle Falsa 1',
  'address.city': 'Málaga',
  'address.state': 'Málaga',
  'address.zip_code': '29001',
  'address.country': 'ES',
  'lead.status': 'new',
  'lead.source': 'idealista',
  'lead.stage': 'hot',
  'property_details.type': 'apartment, villa',
  'property_details.location': 'Marbella, Estepona',
  'property_details.number_of_bedrooms': '2',
  'property_details.size_min': '80',
  'property_details.size_max': '140',
  'property_details.price_min': '250000',
  'property_details.price_max': '400000',
  'timing.looking_to': 'buy',
  'timing.timeline_min': '2026-03-01 00:00:00',
  'timing.timeline_max': '2026-09-30 00:00:00',
  salutation: 'mrs',
  language: 'es',
  additional_information: 'Prefers the mornings.',
};

const john: TemplateRow = {
  first_name: 'John',
  last_name: 'Example',
  email: 'john.example@example.com',
  phone: '+447700900123',
  owner_email: 'agent@example.com',
  'lead.status': 'contacted',
  'lead.source': 'social_media',
  'lead.stage': 'neutral',
  'property_details.type': 'townhouse',
  salutation: 'mr',
  language: 'en',
};

const offered: TemplateRow = {
  'timing.looking_to': 'sell',
  'property_address.street': 'Avenida de la Muestra 12',
  'property_address.city': 'Estepona',
  'property_address.state': 'Málaga',
  'property_address.zip_code': '29680',
  'property_address.country': 'ES',
};

const of = (row: TemplateRow, names: readonly string[]): TemplateRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));

/** Example rows of each template, invented, that come in without a finding. */
const examples: Readonly<Record<TemplateKind, readonly TemplateRow[]>> = {
  leads: [ana, john],
  owners: [
    { ...ana, ...offered },
    { ...john, ...offered },
  ],
  contacts: [
    { ...of(ana, columns.contacts), type: 'contact', status: 'active', role: 'buyer' },
    { ...of(john, columns.contacts), type: 'contact', status: 'active', role: 'lawyer, seller' },
  ],
  relations: [
    {
      type: 'lawyer firm',
      name: 'Bufete Prueba',
      email: 'info@bufete.example.com',
      phone: '+34952111222',
      status: 'active',
      owner_email: 'agent@example.com',
      'address.street': 'Calle Falsa 3',
      'address.city': 'Marbella',
      'address.state': 'Málaga',
      'address.zip_code': '29601',
      'address.country': 'ES',
      'social.facebook': 'https://facebook.example.com/bufete',
      'social.linkedIn': 'https://linkedin.example.com/bufete',
      website: 'https://bufete.example.com',
      note: 'Conveyancing in English and German.',
    },
    {
      type: 'bank',
      name: 'Banco Ejemplo',
      email: 'info@banco.example.com',
      phone: '+34952333444',
      status: 'active',
      owner_email: 'agent@example.com',
    },
  ],
};

/** The template of a kind with its example rows. */
export const templateWithExamples = (kind: TemplateKind): string =>
  writeTemplate(kind, examples[kind]);
