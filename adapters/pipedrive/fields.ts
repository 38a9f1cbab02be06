import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const person: SourceField = { refersTo: 'persons' };
const organization: SourceField = { refersTo: 'organizations' };
const deal: SourceField = { refersTo: 'deals' };
const lead: SourceField = { refersTo: 'leads' };
const ownerName: SourceField = { about: 'Name of the user; the export has no e-mail of users' };
const personName: SourceField = { about: 'Name of the person, who is not found by it' };
const personEmail: SourceField = { about: 'A column of the person, where the list shows it' };
const organizationName: SourceField = { about: 'Name of the organization' };

/** `Person - Email`, as its parts are called after the entity. */
const under = (entity: string, ...names: readonly string[]) =>
  columns(...names.map((name) => `${entity} - ${name}`));

/** Other names of a kind's id: the import guide calls it System ID, list views ID. */
const idNames = (entity: string) => [`${entity} - Pipedrive System ID`, `${entity} ID`];

/** Columns under the entity's name that Pipedrive also writes without it, or spells otherwise. */
const bare = (entity: string) => ({
  [`${entity} - Organization`]: ['Organization', 'Organization name'],
  [`${entity} - Contact person`]: ['Contact person', `${entity} - Person`],
});

/** Parts of the address of an organization. */
const addressPart = (part: string) => `Organization - ${part} of Address`;
const addressParts = [
  'Apartment/suite no',
  'House number',
  'Street/road name',
  'City/town/village/locality',
  'State/county',
  'Country',
  'ZIP/Postal code',
];

/** The kinds of records that Pipedrive exports, `Entity - Field` (formats.md §7.2). */
export const entities: Readonly<Record<string, CsvEntity>> = {
  persons: {
    title: 'People',
    id: 'Person - ID',
    keys: [
      ['Person - Name', 'Person - Email'],
      ['Person - Name', 'Person - Phone'],
    ],
    header: {
      all: ['Person - Name'],
      some: ['Person - Owner', 'Person - Organization'],
      none: ['Deal - Title', 'Lead - Title', 'Activity - Subject', 'Note - Content'],
    },
    spellings: {
      'Person - ID': idNames('Person'),
      'Person - Organization': ['Organization', 'Organization name', 'Organization - Name'],
      'Person - Organization ID': ['Organization - ID'],
      'Person - Labels': ['Person - Label'],
      'Person - Person created': ['Person - Creation date', 'Person - Add time'],
      'Person - Email - Work': ['Person - Email (Work)'],
      'Person - Email - Home': ['Person - Email (Home)'],
      'Person - Email - Other': ['Person - Email (Other)'],
      'Person - Phone - Work': ['Person - Phone (Work)'],
      'Person - Phone - Home': ['Person - Phone (Home)'],
      'Person - Phone - Mobile': ['Person - Phone (Mobile)'],
      'Person - Phone - Other': ['Person - Phone (Other)'],
    },
    fields: {
      ...under(
        'Person',
        'ID',
        'Name',
        'First name',
        'Last name',
        'Email',
        'Email - Work',
        'Email - Home',
        'Email - Other',
        'Phone',
        'Phone - Work',
        'Phone - Home',
        'Phone - Mobile',
        'Phone - Other',
        'Labels',
        'Birthday',
        'Job title',
        'Notes',
        'Marketing status',
        'Person created',
        'Update time',
      ),
      'Person - Organization': organizationName,
      'Person - Organization ID': organization,
      'Person - Owner': ownerName,
    },
  },
  organizations: {
    title: 'Organizations',
    id: 'Organization - ID',
    keys: [['Organization - Name', 'Organization - Address'], ['Organization - Name']],
    header: {
      all: ['Organization - Name'],
      some: ['Organization - Owner', 'Organization - Address'],
      none: [
        'Person - Name',
        'Deal - Title',
        'Lead - Title',
        'Activity - Subject',
        'Note - Content',
      ],
    },
    spellings: {
      'Organization - ID': idNames('Organization'),
      'Organization - Labels': ['Organization - Label'],
      'Organization - Organization created': ['Organization - Creation date'],
      ...Object.fromEntries(
        addressParts.map((part) => [
          addressPart(part),
          [`Organization - Address - ${part} of Address`],
        ]),
      ),
    },
    fields: {
      ...under(
        'Organization',
        'ID',
        'Name',
        'Labels',
        'Address',
        'Website',
        'Organization created',
        'Update time',
      ),
      ...columns(...addressParts.map(addressPart)),
      'Organization - Owner': ownerName,
    },
  },
  deals: {
    title: 'Deals',
    id: 'Deal - ID',
    header: {
      all: ['Deal - Title'],
      some: ['Deal - Status', 'Deal - Value', 'Deal - Stage', 'Deal - Owner'],
      none: ['Activity - Subject', 'Note - Content', 'Lead - Title'],
    },
    keys: [['Deal - Title', 'Deal - Deal created']],
    countBy: ['Deal - Status', 'Deal - Stage'],
    countYearOf: 'Deal - Deal created',
    spellings: {
      'Deal - ID': idNames('Deal'),
      ...bare('Deal'),
      'Deal - Contact person ID': ['Person - ID'],
      'Deal - Organization ID': ['Organization - ID'],
      'Deal - Currency of Value': ['Deal - Currency'],
      'Deal - Stage': ['Deal - Stage (pipeline)'],
      'Deal - Deal created': ['Deal - Creation date', 'Deal - Add time'],
      'Deal - Deal closed on': ['Deal - Closed on'],
      'Deal - Label': ['Deal - Labels'],
    },
    fields: {
      ...under(
        'Deal',
        'ID',
        'Title',
        'Value',
        'Currency of Value',
        'Pipeline',
        'Stage',
        'Status',
        'Probability',
        'Label',
        'Expected close date',
        'Won time',
        'Lost time',
        'Deal closed on',
        'Lost reason',
        'Deal created',
        'Update time',
      ),
      'Deal - Owner': ownerName,
      'Deal - Organization': organizationName,
      'Deal - Organization ID': organization,
      'Deal - Contact person': personName,
      'Deal - Contact person ID': person,
      'Person - Email': personEmail,
    },
  },
  leads: {
    title: 'Leads',
    id: 'Lead - ID',
    header: {
      all: ['Lead - Title'],
      some: ['Lead - Owner', 'Lead - Labels', 'Lead - Contact person'],
      none: ['Activity - Subject', 'Note - Content', 'Deal - Title'],
    },
    spellings: {
      'Lead - ID': idNames('Lead'),
      ...bare('Lead'),
      'Lead - Contact person ID': ['Person - ID'],
      'Lead - Organization ID': ['Organization - ID'],
      'Lead - Labels': ['Lead - Label'],
      'Lead - Currency of Value': ['Lead - Currency'],
      'Lead - Lead created': ['Lead - Creation date'],
    },
    fields: {
      ...under(
        'Lead',
        'ID',
        'Title',
        'Labels',
        'Value',
        'Currency of Value',
        'Source channel',
        'Archive status',
        'Expected close date',
        'Lead created',
        'Update time',
      ),
      'Lead - Owner': ownerName,
      'Lead - Organization': organizationName,
      'Lead - Organization ID': organization,
      'Lead - Contact person': personName,
      'Lead - Contact person ID': person,
      'Person - Email': personEmail,
    },
  },
  activities: {
    title: 'Activities',
    id: 'Activity - ID',
    header: {
      all: ['Activity - Subject'],
      some: ['Activity - Type', 'Activity - Done', 'Activity - Due date'],
      none: ['Note - Content'],
    },
    keys: [['Activity - Subject', 'Activity - Creation date']],
    countBy: ['Activity - Type', 'Activity - Done'],
    countYearOf: 'Activity - Creation date',
    spellings: {
      'Activity - ID': idNames('Activity'),
      ...bare('Activity'),
      'Activity - Deal': ['Deal', 'Deal - Title'],
      'Activity - Deal ID': ['Deal - ID'],
      'Activity - Lead ID': ['Lead - ID'],
      'Activity - Contact person ID': ['Activity - Person ID', 'Person - ID'],
      'Activity - Organization ID': ['Organization - ID'],
      'Activity - Creation date': ['Activity - Add time'],
    },
    fields: {
      ...under(
        'Activity',
        'ID',
        'Subject',
        'Type',
        'Due date',
        'Due time',
        'Duration',
        'Done',
        'Marked as done time',
        'Note',
        'Location',
        'Priority',
        'Creation date',
        'Update time',
      ),
      'Activity - Assigned to user': ownerName,
      'Activity - Deal': { about: 'Title of the deal' },
      'Activity - Deal ID': deal,
      'Activity - Lead ID': lead,
      'Activity - Organization': organizationName,
      'Activity - Organization ID': organization,
      'Activity - Contact person': personName,
      'Activity - Contact person ID': person,
      'Person - Email': personEmail,
    },
  },
  notes: {
    title: 'Notes',
    id: 'Note - ID',
    header: { all: ['Note - Content'] },
    spellings: {
      'Note - ID': idNames('Note'),
      'Note - Deal ID': ['Deal - ID'],
      'Note - Lead ID': ['Lead - ID'],
      'Note - Person ID': ['Person - ID', 'Note - Contact person ID'],
      'Note - Organization ID': ['Organization - ID'],
      'Note - Organization': ['Organization'],
      'Note - Contact person': ['Contact person', 'Note - Person'],
      'Note - Deal': ['Deal', 'Deal - Title'],
      'Note - Creation date': ['Note - Add time'],
    },
    fields: {
      ...under('Note', 'ID', 'Content', 'Creation date', 'Update time'),
      'Note - User': ownerName,
      'Note - Deal': { about: 'Title of the deal' },
      'Note - Deal ID': deal,
      'Note - Lead ID': lead,
      'Note - Contact person': personName,
      'Note - Person ID': person,
      'Note - Organization': organizationName,
      'Note - Organization ID': organization,
    },
  },
};
