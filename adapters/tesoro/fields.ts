import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

type Fields = Readonly<Record<string, SourceField>>;

const fieldsOf = (names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, {}]));

/** The header of Tesoro's template for leads, in its order (formats.md §1.1). */
export const leadTemplate = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'owner_email',
  'address.street',
  'address.city',
  'address.state',
  'address.zip_code',
  'address.country',
  'lead.status',
  'lead.source',
  'lead.stage',
  'property_details.type',
  'property_details.location',
  'property_details.number_of_bedrooms',
  'property_details.size_min',
  'property_details.size_max',
  'property_details.price_min',
  'property_details.price_max',
  'timing.looking_to',
  'timing.timeline_min',
  'timing.timeline_max',
  'salutation',
  'language',
  'additional_information',
] as const;

/** The address of the property that an owner offers. */
const propertyAddress = [
  'property_address.street',
  'property_address.city',
  'property_address.state',
  'property_address.zip_code',
  'property_address.country',
];

/** Columns that Tesoro's help names without a prefix. */
const bare = ['type', 'status'];

const address = leadTemplate.filter((name) => name.startsWith('address.'));

/** Two people may share an address or a telephone, so neither is a key by itself. */
const personKeys = [
  ['email', 'first_name', 'last_name'],
  ['phone', 'first_name', 'last_name'],
  ['email', 'first_name'],
  ['email'],
];

/** A person may stand in several rows, each of which looks for something else, or offers something else. */
const keysWith = (...further: readonly (readonly string[])[]): readonly (readonly string[])[] => [
  ...personKeys.flatMap((key) => further.map((more) => [...key, ...more])),
  ...personKeys,
];

const sought = keysWith(
  ['property_details.type', 'property_details.location'],
  ['property_details.type'],
  ['property_details.location'],
);
const offered = keysWith(
  ['property_address.street', 'property_address.city'],
  ['property_address.street'],
  ['property_details.type'],
);

const person = ['first_name', 'last_name', 'owner_email'];

/** The kinds of row of Tesoro's own CSV imports. */
export const entities: Readonly<Record<'leads' | 'owners' | 'contacts' | 'relations', CsvEntity>> =
  {
    leads: {
      title: 'Leads: buyers',
      keys: sought,
      header: {
        all: person,
        some: ['lead.status', 'lead.source', 'lead.stage', 'property_details.type'],
        none: ['role', ...propertyAddress],
      },
      holds: { column: 'type', values: ['lead', 'buyer', 'seller', 'owner'] },
      countBy: ['lead.status'],
      fields: fieldsOf([...leadTemplate, ...bare]),
    },
    owners: {
      title: 'Leads: owners',
      keys: offered,
      header: { all: person, some: propertyAddress, none: ['role'] },
      fileName: /owner|seller|propietari|vendedor|eigena|verkoper|eigent[üu]mer|propri[eé]taire/i,
      countBy: ['lead.status'],
      fields: fieldsOf([...leadTemplate, ...propertyAddress, ...bare]),
    },
    contacts: {
      title: 'Contacts',
      keys: personKeys,
      header: {
        all: person,
        some: ['type', 'role'],
        none: ['lead.status', 'lead.stage', 'property_details.type', ...propertyAddress],
      },
      fileName: /contact/i,
      holds: { column: 'type', values: ['contact'] },
      countBy: ['role'],
      fields: fieldsOf([
        ...bare,
        'owner_email',
        'first_name',
        'last_name',
        'email',
        'phone',
        'salutation',
        'role',
        'language',
        ...address,
        'additional_information',
      ]),
    },
    relations: {
      title: 'Relations: companies',
      keys: [['name', 'email'], ['name', 'phone'], ['name']],
      header: {
        all: ['name', 'owner_email'],
        some: ['type', 'website', 'social.facebook', 'note'],
        none: ['first_name', 'last_name'],
      },
      countBy: ['type'],
      fields: fieldsOf([
        'type',
        'name',
        'email',
        'phone',
        'status',
        'owner_email',
        ...address,
        'social.facebook',
        'social.linkedIn',
        'website',
        'note',
      ]),
    },
  };
