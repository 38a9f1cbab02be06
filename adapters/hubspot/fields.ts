import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const contacts: SourceField = { refersTo: 'contacts', about: 'Ids with `;` between' };
const companies: SourceField = { refersTo: 'companies', about: 'Ids with `;` between' };
const deals: SourceField = { refersTo: 'deals', about: 'Ids with `;` between' };

/** What every kind of record has. */
const common = columns('Record ID', 'Create Date', 'Last Modified Date', 'Last Activity Date');
const address = columns(
  'Street Address',
  'City',
  'State/Region',
  'Postal Code',
  'Country/Region',
  'Website URL',
);

/** Names that the API has for the same columns; exports may be made with them. */
const internalNames = {
  'Record ID': ['hs_object_id'],
  'Last Modified Date': ['hs_lastmodifieddate'],
  'Last Activity Date': ['notes_last_updated'],
};
const internalAddress = {
  'Street Address': ['address'],
  'State/Region': ['state'],
  'Postal Code': ['zip'],
  'Country/Region': ['country'],
  'Website URL': ['website'],
  'Phone Number': ['phone'],
};

/** Columns by which other systems are known that also have a `Record Id`. */
const foreign = ['Created Time', 'Modified Time'];

/** The kinds of records that HubSpot exports, with the default labels of their properties (formats.md §7.2). */
export const entities: Readonly<Record<string, CsvEntity>> = {
  contacts: {
    title: 'Contacts',
    id: 'Record ID',
    header: {
      all: ['Record ID', 'First Name', 'Last Name'],
      some: ['Email', 'Contact owner', 'Lifecycle Stage', 'Create Date'],
      none: foreign,
    },
    countBy: ['Lifecycle Stage', 'Lead Status'],
    countYearOf: 'Create Date',
    spellings: {
      ...internalNames,
      ...internalAddress,
      'Record ID': ['hs_object_id', 'Record ID - Contact', 'Contact ID'],
      'Additional email addresses': ['hs_additional_emails'],
      'Mobile Phone Number': ['mobilephone'],
      'Company Name': ['company'],
      'Contact owner': ['hubspot_owner_id'],
      'Lead Status': ['hs_lead_status'],
      'Preferred language': ['hs_language'],
      'Original Source': ['hs_analytics_source', 'Original Traffic Source'],
      'Number of Employees': ['numemployees'],
      'Unsubscribed from all email': ['hs_email_optout', 'Opted out of all email'],
      'Associated Company IDs': ['associatedcompanyid'],
      'Associated Company IDs (Primary)': ['Primary Associated Company ID'],
    },
    fields: {
      ...common,
      ...address,
      ...columns(
        'First Name',
        'Last Name',
        'Salutation',
        'Email',
        'Additional email addresses',
        'Phone Number',
        'Mobile Phone Number',
        'Job Title',
        'Company Name',
        'Associated Company',
        'Date of birth',
        'Preferred language',
        'Original Source',
        'Message',
        'Industry',
        'Number of Employees',
        'Annual Revenue',
        'Membership Notes',
        'Close Date',
        'Unsubscribed from all email',
      ),
      'Contact owner': { about: 'Name of the owner; the export has no e-mail and no id' },
      'Lifecycle Stage': {
        about: 'subscriber, lead, marketing or sales qualified lead, opportunity, customer …',
      },
      'Lead Status': { about: 'new, open, in progress, attempted to contact, unqualified …' },
      'Associated Company IDs': companies,
      'Associated Company IDs (Primary)': companies,
    },
  },
  companies: {
    title: 'Companies',
    id: 'Record ID',
    header: {
      all: ['Record ID', 'Company name'],
      some: ['Company Domain Name', 'Company owner', 'Create Date'],
      none: [...foreign, 'First Name', 'Last Name', 'Email', 'Deal Name'],
    },
    countBy: ['Industry'],
    countYearOf: 'Create Date',
    spellings: {
      ...internalNames,
      ...internalAddress,
      'Record ID': ['hs_object_id', 'Record ID - Company', 'Company ID'],
      'Company name': ['name'],
      'Company Domain Name': ['domain'],
      'Company owner': ['hubspot_owner_id'],
      'Number of Employees': ['numberofemployees'],
      'LinkedIn Company Page': ['linkedin_company_page'],
      'Facebook Company Page': ['facebook_company_page'],
      'Twitter Handle': ['twitterhandle'],
    },
    fields: {
      ...common,
      ...address,
      ...columns(
        'Company name',
        'Company Domain Name',
        'Company owner',
        'Phone Number',
        'Industry',
        'Type',
        'Description',
        'Number of Employees',
        'Annual Revenue',
        'LinkedIn Company Page',
        'Facebook Company Page',
        'Twitter Handle',
      ),
      'Associated Contact IDs': contacts,
    },
  },
  deals: {
    title: 'Deals',
    id: 'Record ID',
    header: {
      all: ['Record ID', 'Deal Name'],
      some: ['Deal Stage', 'Amount', 'Close Date', 'Deal owner'],
      none: foreign,
    },
    countBy: ['Deal Stage', 'Pipeline'],
    countYearOf: 'Create Date',
    spellings: {
      ...internalNames,
      'Record ID': ['hs_object_id', 'Record ID - Deal', 'Deal ID'],
      Currency: ['deal_currency_code', 'Currency Code'],
      'Deal owner': ['hubspot_owner_id'],
      'Deal Description': ['description'],
      'Closed Lost Reason': ['closed_lost_reason'],
    },
    fields: {
      ...common,
      ...columns(
        'Deal Name',
        'Deal Stage',
        'Pipeline',
        'Amount',
        'Currency',
        'Close Date',
        'Deal owner',
        'Deal Type',
        'Deal Description',
        'Closed Lost Reason',
        'Associated Contact',
        'Associated Company',
      ),
      'Associated Contact IDs': contacts,
      'Associated Company IDs': companies,
    },
  },
  tasks: {
    title: 'Tasks',
    id: 'Record ID',
    header: {
      all: ['Record ID', 'Task title'],
      some: ['Due date', 'Task status', 'Assigned to'],
      none: foreign,
    },
    countBy: ['Task status'],
    countYearOf: 'Create Date',
    spellings: {
      ...internalNames,
      'Task title': ['hs_task_subject'],
      'Task notes': ['hs_task_body', 'Task body'],
      'Due date': ['hs_timestamp'],
      'Task status': ['hs_task_status'],
      'Task type': ['hs_task_type'],
      Priority: ['hs_task_priority'],
      'Assigned to': ['hubspot_owner_id'],
      'Completed at': ['hs_task_completion_date', 'Completion date'],
    },
    fields: {
      ...columns(
        'Record ID',
        'Create Date',
        'Last Modified Date',
        'Task title',
        'Task notes',
        'Due date',
        'Task status',
        'Task type',
        'Priority',
        'Assigned to',
        'Completed at',
      ),
      'Associated Contact IDs': contacts,
      'Associated Company IDs': companies,
      'Associated Deal IDs': deals,
    },
  },
  notes: {
    title: 'Notes',
    id: 'Record ID',
    header: {
      all: ['Record ID', 'Note body'],
      some: ['Activity date', 'Activity assigned to'],
      none: foreign,
    },
    spellings: {
      ...internalNames,
      'Note body': ['hs_note_body', 'Body'],
      'Activity date': ['hs_timestamp'],
      'Activity assigned to': ['hubspot_owner_id'],
    },
    fields: {
      ...columns(
        'Record ID',
        'Create Date',
        'Last Modified Date',
        'Note body',
        'Activity date',
        'Activity assigned to',
      ),
      'Associated Contact IDs': contacts,
      'Associated Company IDs': companies,
      'Associated Deal IDs': deals,
    },
  },
};
