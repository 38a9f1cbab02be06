// What each import field becomes where one column gives it: a column of the CRM, and the transforms on the way.
import type { RuleText } from './rules.ts';

type Make = (path: string) => RuleText;

const plain: Make = (path) => ({ from: path });
const through =
  (...steps: readonly unknown[]): Make =>
  (path) => ({ from: path, do: steps });
const kept =
  (...steps: readonly unknown[]): Make =>
  (path) => ({ from: path, do: steps, keepOriginal: true });
const looked = (table: string): Make => kept({ lookup: table });
const agent: Make = (path) => ({ link: 'users', from: path, by: 'email', missing: 'placeholder' });
const list = through({ split: ',' });

/** The rule of one column made of one field of the import. */
export interface SimpleRule {
  readonly field: string;
  readonly column: string;
  readonly make: Make;
}

const simple = (field: string, column: string, make: Make = plain): SimpleRule => ({
  field,
  column,
  make,
});

const times: readonly SimpleRule[] = [
  simple('created_at', 'created_at', through('datetime')),
  simple('updated_at', 'updated_at', through('datetime')),
];

const address: readonly SimpleRule[] = [
  simple('address.number', 'address_number'),
  simple('address.city', 'address_city'),
  simple('address.state', 'address_state'),
  simple('address.country', 'address_country', through('country')),
];

export const personRules: readonly SimpleRule[] = [
  simple('salutation', 'salutation', looked('salutations')),
  simple('company_name', 'company_name'),
  simple('job_title', 'job_title'),
  simple(
    'contact.role',
    'roles',
    kept({ split: ',' }, { 'lookup-all': { table: 'contact-roles', unknown: 'keep' } }),
  ),
  simple('language', 'language', through('language')),
  simple('nationality', 'nationality'),
  simple('birthday', 'birthday', through('date')),
  ...address,
  simple('national_id', 'national_id'),
  simple('do_not_contact', 'do_not_contact', through('boolean')),
  simple('owner_email', 'owner_id', agent),
];

export const leadRules: readonly SimpleRule[] = [
  simple('lead.status', 'status', looked('lead-statuses')),
  simple('lead.stage', 'stage', looked('lead-stages')),
  simple('lead.source', 'source', looked('lead-sources')),
  simple('lead.portal', 'portal', looked('portals')),
  simple(
    'property_details.type',
    'property_types',
    kept({ split: ',' }, { 'lookup-all': 'property-types' }),
  ),
  simple('property_details.location', 'locations', list),
  simple('property_details.number_of_bedrooms', 'bedrooms_min', kept('integer')),
  simple('property_details.size_min', 'size_min', kept('decimal')),
  simple('property_details.size_max', 'size_max', kept('decimal')),
  simple('property_details.price_min', 'price_min', kept('decimal')),
  simple('property_details.price_max', 'price_max', kept('decimal')),
  simple('property_address.street', 'address_street'),
  simple('property_address.number', 'address_number'),
  simple('property_address.city', 'address_city'),
  simple('property_address.state', 'address_state'),
  simple('property_address.zip_code', 'address_postcode'),
  simple('property_address.country', 'address_country', through('country')),
  simple('timing.looking_to', 'looking_to'),
  simple('timing.timeline_min', 'timing_from', through('datetime')),
  simple('timing.timeline_max', 'timing_to', through('datetime')),
  simple('lead.message', 'message'),
  simple('lead.lost_reason', 'lost_reason'),
  simple('owner_email', 'owner_id', agent),
  ...times,
];

export const relationRules: readonly SimpleRule[] = [
  simple('relation.name', 'name'),
  simple('relation.type', 'type', looked('relation-types')),
  simple('relation.status', 'status'),
  simple('website', 'website', through('url')),
  ...address,
  simple('tax_id', 'tax_id'),
  simple('social.facebook', 'facebook'),
  simple('social.linkedIn', 'linkedin'),
  simple('social.twitter', 'twitter'),
  simple('social.instagram', 'instagram'),
  simple('language', 'language', through('language')),
  simple('owner_email', 'owner_id', agent),
  ...times,
];

export const propertyRules: readonly SimpleRule[] = [
  simple('reference', 'reference'),
  simple('property.type', 'type', looked('property-types')),
  simple('property.status', 'status', looked('property-statuses')),
  simple('transaction', 'transaction', looked('transactions')),
  simple('price', 'price', through('price')),
  simple('net_price', 'net_price', through('decimal')),
  simple('currency', 'currency', through('currency')),
  simple('price_period', 'price_period', looked('price-periods')),
  simple('address.number', 'address_number'),
  simple('address.floor', 'address_floor'),
  simple('address.door', 'address_door'),
  simple('location_detail', 'location_detail'),
  simple('zone', 'zone'),
  simple('address.city', 'town'),
  simple('address.state', 'province'),
  simple('address.country', 'country', through('country')),
  simple('beds', 'beds', kept('integer')),
  simple('baths', 'baths', kept('integer')),
  simple('built_m2', 'built_m2', kept('decimal')),
  simple('usable_m2', 'usable_m2', kept('decimal')),
  simple('plot_m2', 'plot_m2', kept('decimal')),
  simple('terrace_m2', 'terrace_m2', kept('decimal')),
  simple('pool', 'pool', looked('pools')),
  simple('energy_consumption', 'energy_consumption', looked('energy-ratings')),
  simple('energy_emissions', 'energy_emissions', looked('energy-ratings')),
  simple('year_built', 'year_built', kept('integer')),
  simple('features', 'features', list),
  simple('video_url', 'video_url', through('url')),
  simple('virtual_tour_url', 'virtual_tour_url', through('url')),
  simple('cadastral_reference', 'cadastral_reference'),
  simple('commission', 'commission', kept('decimal')),
  simple('commission_percent', 'commission_percent', kept('decimal')),
  simple('community_fees', 'community_fees', kept('decimal')),
  simple('ibi', 'ibi', kept('decimal')),
  simple('tourist_licence', 'tourist_licence'),
  simple('key_number', 'key_number'),
  simple('owner_email', 'agent_id', agent),
  ...times,
];

export const dealRules: readonly SimpleRule[] = [
  simple('deal.name', 'name'),
  simple('deal.type', 'type', looked('deal-types')),
  simple('deal.stage', 'stage', looked('deal-stages')),
  simple('deal.value', 'value', kept('decimal')),
  simple('currency', 'currency', through('currency')),
  simple('commission', 'commission', kept('decimal')),
  simple('commission_percent', 'commission_percent', kept('decimal')),
  simple('deal.expected_close_date', 'expected_close_date', through('date')),
  simple('deal.closed_date', 'closed_date', through('date')),
  simple('deal.lost_reason', 'lost_reason'),
  simple('owner_email', 'owner_id', agent),
  ...times,
];

export const activityRules: readonly SimpleRule[] = [
  simple('activity.subject', 'subject'),
  simple('activity.body', 'body', through('prose')),
  simple('activity.occurred_at', 'occurred_at', through('datetime')),
  simple('activity.due_at', 'due_at', through('datetime')),
  simple('activity.done_at', 'done_at', through('datetime')),
  simple('activity.done', 'status', through('boolean', { lookup: 'done-or-planned' })),
  simple('activity.status', 'status', looked('activity-statuses')),
  simple('activity.priority', 'priority', looked('priorities')),
  simple('activity.place', 'place'),
  simple('owner_email', 'author_id', agent),
  ...times,
];

export const userRules: readonly SimpleRule[] = [
  simple('user.role', 'role', looked('user-roles')),
  simple('language', 'language', through('language')),
  simple('is_active', 'is_active', through('boolean')),
  ...times,
];
