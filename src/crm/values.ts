// The lists of the CRM, in lower snake case as stored (product.md §2 and §6).

export const userRoles = ['admin', 'agent', 'viewer'] as const;

export const relationTypes = [
  'lawyer_firm',
  'notary_office',
  'bank',
  'construction_company',
  'real_estate_agency',
  'project_developer',
  'other',
] as const;

export const sections = ['lead', 'contact'] as const;

export const salutations = ['mr', 'mrs', 'ms', 'dr', 'prof', 'mx', 'family'] as const;

export const leadTypes = ['buyer', 'seller'] as const;

/** `unqualified` is our name for the sixth status, which Tesoro does not publish. */
export const leadStatuses = [
  'new',
  'contacted',
  'qualified',
  'converted',
  'lost',
  'unqualified',
] as const;

export const leadStages = ['hot', 'neutral', 'cold'] as const;

export const leadSources = [
  'cold_calling',
  'incoming_call',
  'referral',
  'website',
  'social_media',
  'email_campaign',
  'incoming_mail',
  'by_person',
  'portals',
  'networking_events',
  'print_advertising',
  'collaborative_partners',
  'outdoor_advertising',
  'radio_tv_advertising',
] as const;

export const propertyTypes = [
  'apartment',
  'villa',
  'townhouse',
  'penthouse',
  'duplex',
  'triplex',
  'studio',
  'loft',
  'detached',
  'semi_detached',
  'terraced',
  'finca',
  'country_house',
  'village_house',
  'cave_house',
  'wooden_home',
  'chalet',
  'bungalow',
  'plot',
  'ruin',
  'commercial',
  'office',
  'industrial',
  'hotel',
  'building',
  'garage',
  'storage',
  'room',
  'other',
] as const;

export const propertyStatuses = [
  'active',
  'draft',
  'sold',
  'rented',
  'inactive',
  'off_market',
  'under_construction',
  'removed_by_feed',
] as const;

/** The statuses of a listing that can be withdrawn; a person has decided about the others. */
export const onOffer = [
  'active',
  'draft',
  'under_construction',
] as const satisfies readonly (typeof propertyStatuses)[number][];

export const transactions = ['sale', 'rent'] as const;

export const pricePeriods = ['day', 'week', 'month', 'year'] as const;

export const pools = ['private', 'communal', 'yes', 'no'] as const;

export const energyRatings = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'exempt', 'pending'] as const;

export const dealTypes = ['buy', 'sell', 'rent', 'rent_out'] as const;

export const pipelines = ['buyer', 'owner'] as const;

/** Both pipelines: the buyer's, then what only the owner's has (own design, product.md §2). */
export const dealStages = [
  'knowing_property',
  'first_visit',
  'multiple_visits',
  'offer',
  'reservation',
  'ten_percent_contract',
  'signing_deed',
  'won',
  'lost',
  'intake',
  'valuation',
  'mandate',
  'listed',
] as const;

export const dealRoles = ['main', 'co'] as const;

export const activityTypes = [
  'note',
  'email',
  'call',
  'whatsapp',
  'sms',
  'task',
  'meeting',
  'visit',
  'event',
] as const;

export const directions = ['in', 'out'] as const;

export const activityStatuses = ['planned', 'done', 'cancelled'] as const;

export const priorities = ['low', 'normal', 'high'] as const;
