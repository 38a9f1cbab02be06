import type { TableName } from '../../crm/column.ts';

/** What the rows of a table can be imported as: the four kinds of the CRM's own import, and four more. */
export const targetKinds = [
  'leads',
  'owners',
  'contacts',
  'relations',
  'properties',
  'deals',
  'activities',
  'users',
] as const;

export type TargetKind = (typeof targetKinds)[number];

/** The CRM table of the row that a record of a kind stands for. */
export const rootTables: Readonly<Record<TargetKind, TableName>> = {
  leads: 'leads',
  owners: 'leads',
  contacts: 'people',
  relations: 'relations',
  properties: 'properties',
  deals: 'deals',
  activities: 'activities',
  users: 'users',
};

/** What a text looks like by itself. One text may look like several: `612345678` is a number and a telephone. */
export const looks = [
  'email',
  'url',
  'phone',
  'date',
  'number',
  'boolean',
  'country',
  'language',
  'postcode',
  'currency',
  'name',
  'code',
  'text',
] as const;

export type Look = (typeof looks)[number];

/** A field of the CRM's import: what a column of a file can be. */
export interface ImportField {
  /** As the CRM's own templates name it, dots between levels. */
  readonly name: string;
  /** In words. */
  readonly title: string;
  readonly kinds: readonly TargetKind[];
  /** What its values look like; a text of another look speaks against the field. */
  readonly looks: readonly Look[];
  /** Hardly anything else looks like this, so that the look speaks for the field. */
  readonly telling?: boolean;
  /** The value table that its values are looked up in; values that it knows speak for the field. */
  readonly table?: string;
  /** Several columns can fill it: no e-mail and no telephone is dropped. */
  readonly many?: boolean;
  /** Known, and without a column in the CRM that text can fill: kept with the record. */
  readonly unplaced?: boolean;
}

const people = ['leads', 'owners', 'contacts'] as const;
const enquiries = ['leads', 'owners'] as const;
const named = [...people, 'users'] as const;
const addressed = [...people, 'relations', 'properties'] as const;

type Rest = Partial<Pick<ImportField, 'telling' | 'table' | 'many' | 'unplaced'>>;

const field = (
  name: string,
  title: string,
  kinds: readonly TargetKind[],
  accepted: readonly Look[],
  rest: Rest = {},
): ImportField => ({ name, title, kinds, looks: accepted, ...rest });

const words = ['name', 'text'] as const;
const free = [
  'text',
  'name',
  'code',
  'number',
  'boolean',
  'country',
  'language',
  'currency',
] as const;
const coded = ['text', 'name', 'code', 'number'] as const;
const choice = ['text', 'name', 'code', 'number', 'boolean'] as const;
const ids = ['code', 'number', 'phone', 'text', 'name', 'postcode', 'url'] as const;
const handle = ['url', 'name', 'text', 'code'] as const;

/** Every import field. Of two that a header may mean equally well, neither is preferred for its place here. */
export const importFields: readonly ImportField[] = [
  field('id', 'Id in the source', targetKinds, ids, { unplaced: true }),
  field('first_name', 'First name', named, ['name']),
  field('middle_name', 'Middle name', named, ['name']),
  field('last_name', 'Last name', named, ['name']),
  field('second_last_name', 'Second last name', named, ['name']),
  field('name_infix', 'Particle before the last name', people, ['name']),
  field('full_name', 'Whole name', named, ['name', 'text']),
  field('salutation', 'Salutation', people, words, { table: 'salutations' }),
  field('email', 'E-mail', [...named, 'relations'], ['email'], { telling: true, many: true }),
  field('phone', 'Phone', [...named, 'relations'], ['phone'], { telling: true, many: true }),
  field(
    'owner_email',
    'E-mail of the agent',
    targetKinds.filter((kind) => kind !== 'users'),
    ['email'],
    { telling: true },
  ),
  field(
    'owner_name',
    'Name of the agent',
    targetKinds.filter((kind) => kind !== 'users'),
    coded,
    {
      unplaced: true,
    },
  ),
  field('language', 'Language', [...named, 'relations'], ['language'], { telling: true }),
  field('nationality', 'Nationality', people, ['name', 'country', 'text']),
  field('birthday', 'Birthday', people, ['date'], { telling: true }),
  field('national_id', 'Number of the identity card', people, ['code', 'number', 'phone']),
  field('company_name', 'Company', people, free),
  field('job_title', 'Job title', people, words),
  field('contact.role', 'Role', ['contacts'], words, { table: 'contact-roles' }),
  field('tags', 'Tags', people, free, { many: true }),
  field('do_not_contact', 'Do not contact', people, ['boolean'], { telling: true }),
  field('additional_information', 'Notes', [...people, 'relations'], free, { many: true }),
  field('created_at', 'Created', targetKinds, ['date'], { telling: true }),
  field('updated_at', 'Last changed', targetKinds, ['date'], { telling: true }),

  field('address.street', 'Street', addressed, ['text', 'name'], { many: true }),
  field('address.number', 'House number', addressed, ['number', 'code', 'postcode']),
  field('address.city', 'Town', addressed, words),
  field('address.state', 'Province or region', addressed, ['name', 'text', 'country']),
  field('address.zip_code', 'Postcode', addressed, ['postcode']),
  field('address.country', 'Country', addressed, ['country'], { telling: true }),

  field('lead.type', 'Buyer or seller', enquiries, words),
  field('lead.status', 'Status of the lead', enquiries, words, { table: 'lead-statuses' }),
  field('lead.stage', 'Temperature of the lead', enquiries, words, { table: 'lead-stages' }),
  field('lead.source', 'Source of the lead', people, words, { table: 'lead-sources' }),
  field('lead.portal', 'Portal', enquiries, words, { table: 'portals' }),
  field('lead.message', 'Message', enquiries, ['text', 'name']),
  field('lead.lost_reason', 'Reason why it was lost', enquiries, ['text', 'name']),
  field('property_details.type', 'Wanted types of property', enquiries, words, {
    table: 'property-types',
  }),
  field('property_details.location', 'Wanted places', enquiries, words),
  field('property_details.number_of_bedrooms', 'Wanted bedrooms', enquiries, ['number']),
  field('property_details.size_min', 'Size from', enquiries, ['number']),
  field('property_details.size_max', 'Size to', enquiries, ['number']),
  field('property_details.price_min', 'Price from', enquiries, ['number']),
  field('property_details.price_max', 'Price to', enquiries, ['number']),
  field('timing.looking_to', 'Looking to', enquiries, words),
  field('timing.timeline_min', 'Timeline from', enquiries, ['date'], { telling: true }),
  field('timing.timeline_max', 'Timeline to', enquiries, ['date'], { telling: true }),
  field('property_address.street', 'Street of the property', ['owners'], ['text', 'name']),
  field('property_address.number', 'House number of the property', ['owners'], ['number', 'code']),
  field('property_address.city', 'Town of the property', ['owners'], words),
  field('property_address.state', 'Province of the property', ['owners'], words),
  field('property_address.zip_code', 'Postcode of the property', ['owners'], ['postcode']),
  field('property_address.country', 'Country of the property', ['owners'], ['country'], {
    telling: true,
  }),

  field('relation.name', 'Name of the company', ['relations'], free),
  field('relation.type', 'Type of company', ['relations'], words, { table: 'relation-types' }),
  field('relation.status', 'Status', ['relations'], words),
  field('website', 'Website', ['relations'], ['url'], { telling: true }),
  field('tax_id', 'Tax number', ['relations'], ['code', 'number', 'phone']),
  field('social.facebook', 'Facebook', ['relations'], handle),
  field('social.linkedIn', 'LinkedIn', ['relations'], handle),
  field('social.twitter', 'Twitter', ['relations'], handle),
  field('social.instagram', 'Instagram', ['relations'], handle),

  field('reference', 'Reference', ['properties'], ids),
  field('property.type', 'Type of property', ['properties'], words, { table: 'property-types' }),
  field('property.status', 'Status', ['properties'], words, { table: 'property-statuses' }),
  field('transaction', 'Sale or rent', ['properties'], words, { table: 'transactions' }),
  field('price', 'Price', ['properties'], ['number']),
  field('net_price', 'Net price', ['properties'], ['number']),
  field('currency', 'Currency', ['properties', 'deals'], ['currency'], { telling: true }),
  field('price_period', 'Period of the rent', ['properties'], words, { table: 'price-periods' }),
  field('beds', 'Bedrooms', ['properties'], ['number']),
  field('baths', 'Bathrooms', ['properties'], ['number']),
  field('built_m2', 'Built area', ['properties'], ['number']),
  field('usable_m2', 'Usable area', ['properties'], ['number']),
  field('plot_m2', 'Plot', ['properties'], ['number']),
  field('terrace_m2', 'Terrace', ['properties'], ['number']),
  field('latitude', 'Latitude', ['properties'], ['number']),
  field('longitude', 'Longitude', ['properties'], ['number']),
  field('pool', 'Pool', ['properties'], choice, { table: 'pools' }),
  field('energy_consumption', 'Energy rating', ['properties'], coded, { table: 'energy-ratings' }),
  field('energy_emissions', 'Emissions rating', ['properties'], coded, { table: 'energy-ratings' }),
  field('year_built', 'Year of construction', ['properties'], ['number']),
  field('features', 'Features', ['properties'], words),
  field('location_detail', 'Urbanisation', ['properties'], words),
  field('zone', 'Zone', ['properties'], words),
  field('address.floor', 'Floor', ['properties'], coded),
  field('address.door', 'Door', ['properties'], coded),
  field('property.title', 'Title', ['properties'], free),
  field('property.description', 'Description', ['properties'], free),
  field('url', 'Web page of the listing', ['properties'], ['url'], { telling: true }),
  field('video_url', 'Video', ['properties'], ['url']),
  field('virtual_tour_url', 'Virtual tour', ['properties'], ['url']),
  field('cadastral_reference', 'Cadastral reference', ['properties'], ['code', 'number', 'text']),
  field('commission', 'Commission, amount', ['properties', 'deals'], ['number']),
  field('commission_percent', 'Commission, percent', ['properties', 'deals'], ['number']),
  field('community_fees', 'Community fees', ['properties'], ['number']),
  field('ibi', 'Property tax', ['properties'], ['number']),
  field('tourist_licence', 'Tourist licence', ['properties'], coded),
  field('key_number', 'Number of the key', ['properties'], coded),

  field('deal.name', 'Name of the deal', ['deals'], free),
  field('deal.type', 'Type of deal', ['deals'], words, { table: 'deal-types' }),
  field('deal.stage', 'Stage of the deal', ['deals'], choice, { table: 'deal-stages' }),
  field('deal.value', 'Value', ['deals'], ['number']),
  field('deal.expected_close_date', 'Expected close date', ['deals'], ['date'], { telling: true }),
  field('deal.closed_date', 'Closed', ['deals'], ['date'], { telling: true }),
  field('deal.lost_reason', 'Reason why it was lost', ['deals'], ['text', 'name']),

  field('activity.type', 'Type of activity', ['activities'], words, { table: 'activity-types' }),
  field('activity.subject', 'Subject', ['activities'], free),
  field('activity.body', 'Text', ['activities'], free),
  field('activity.occurred_at', 'Date', ['activities'], ['date'], { telling: true }),
  field('activity.due_at', 'Due', ['activities'], ['date'], { telling: true }),
  field('activity.done_at', 'Done on', ['activities'], ['date'], { telling: true }),
  field('activity.done', 'Done', ['activities'], ['boolean'], { table: 'done-or-planned' }),
  field('activity.status', 'Status', ['activities'], words, { table: 'activity-statuses' }),
  field('activity.priority', 'Priority', ['activities'], words, { table: 'priorities' }),
  field('activity.place', 'Place', ['activities'], words),

  field('user.role', 'Role of the agent', ['users'], words, { table: 'user-roles' }),
  field('is_active', 'Active', ['users'], ['boolean', ...words]),
];

/** The import fields of a kind of row, by name. */
export function fieldsOf(kind: TargetKind): ReadonlyMap<string, ImportField> {
  const found = importFields.filter(({ kinds }) => kinds.includes(kind));
  return new Map(found.map((one) => [one.name, one]));
}
