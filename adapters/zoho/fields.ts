import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const user: SourceField = { refersTo: 'users' };
const contact: SourceField = { refersTo: 'contacts' };
const account: SourceField = { refersTo: 'accounts' };
const deal: SourceField = { refersTo: 'deals' };
const related: SourceField = { about: 'Id of the record that the module names' };
const moduleName: SourceField = { about: 'Leads, Contacts, Accounts or Deals' };

const common = columns('Record Id', 'Description', 'Created Time', 'Modified Time', 'Tag');
const address = columns('Street', 'City', 'State', 'Zip Code', 'Country');

/** Columns by which HubSpot is known, whose exports have a `Record ID` too. */
const foreign = ['Create Date', 'Lifecycle Stage'];

/** Parts of an address, which newer accounts export as one group. */
const grouped = (group: string, names: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({
      [names['street'] ?? '']: ['Street Address', 'Street'],
      [names['city'] ?? '']: ['City'],
      [names['state'] ?? '']: ['State / Province', 'State'],
      [names['zip'] ?? '']: ['Zip / Postal Code', 'Postal Code'],
      [names['country'] ?? '']: ['Country / Region', 'Country'],
    }).map(([name, parts]) => [name, parts.map((part) => `${group} - ${part}`)]),
  );

/** Modules of Zoho CRM as its exports and its backup have them (formats.md §7.2). */
export const entities: Readonly<Record<string, CsvEntity>> = {
  users: {
    title: 'Users',
    id: 'Record Id',
    keys: [['Email']],
    header: { all: ['Email', 'Role', 'Profile'], none: foreign },
    spellings: { 'Record Id': ['id', 'User Id'] },
    fields: columns(
      'Record Id',
      'First Name',
      'Last Name',
      'Email',
      'Phone',
      'Mobile',
      'Role',
      'Profile',
      'Status',
      'Language',
      'Created Time',
    ),
  },
  leads: {
    title: 'Leads',
    id: 'Record Id',
    keys: [
      ['Last Name', 'Email'],
      ['Last Name', 'Phone'],
    ],
    header: {
      all: ['Last Name', 'Lead Status', 'Company'],
      some: ['Record Id', 'Lead Owner', 'Lead Source', 'Created Time'],
      none: foreign,
    },
    countBy: ['Lead Status'],
    countYearOf: 'Created Time',
    spellings: {
      'Record Id': ['Lead Id'],
      'Is Converted': ['Converted'],
      'No of Employees': ['No. of Employees', 'Employees'],
      ...grouped('Address', {
        street: 'Street',
        city: 'City',
        state: 'State',
        zip: 'Zip Code',
        country: 'Country',
      }),
    },
    fields: {
      ...common,
      ...address,
      ...columns(
        'Lead Owner',
        'Company',
        'Salutation',
        'First Name',
        'Last Name',
        'Title',
        'Email',
        'Secondary Email',
        'Phone',
        'Mobile',
        'Fax',
        'Website',
        'Lead Source',
        'Lead Status',
        'Rating',
        'Industry',
        'No of Employees',
        'Annual Revenue',
        'Email Opt Out',
        'Is Converted',
      ),
      'Lead Owner.id': user,
      'Converted Contact.id': contact,
      'Converted Account.id': account,
      'Converted Deal.id': deal,
    },
  },
  contacts: {
    title: 'Contacts',
    id: 'Record Id',
    keys: [
      ['Last Name', 'Email'],
      ['Last Name', 'Phone'],
    ],
    header: {
      all: ['Record Id', 'Last Name'],
      some: ['Contact Owner', 'Account Name', 'Mailing Street', 'Created Time'],
      none: [...foreign, 'Lead Status', 'Company', 'Role'],
    },
    spellings: {
      'Record Id': ['Contact Id'],
      ...grouped('Mailing Address', {
        street: 'Mailing Street',
        city: 'Mailing City',
        state: 'Mailing State',
        zip: 'Mailing Zip',
        country: 'Mailing Country',
      }),
    },
    fields: {
      ...common,
      ...columns(
        'Contact Owner',
        'Lead Source',
        'Salutation',
        'First Name',
        'Last Name',
        'Account Name',
        'Title',
        'Department',
        'Email',
        'Secondary Email',
        'Phone',
        'Mobile',
        'Home Phone',
        'Other Phone',
        'Date of Birth',
        'Mailing Street',
        'Mailing City',
        'Mailing State',
        'Mailing Zip',
        'Mailing Country',
        'Email Opt Out',
      ),
      'Contact Owner.id': user,
      'Account Name.id': account,
    },
  },
  accounts: {
    title: 'Accounts',
    id: 'Record Id',
    keys: [['Account Name']],
    header: {
      all: ['Record Id', 'Account Name'],
      some: ['Account Owner', 'Account Type', 'Billing Street', 'Created Time'],
      none: [...foreign, 'Last Name', 'Deal Name', 'Stage', 'Subject'],
    },
    countBy: ['Account Type'],
    countYearOf: 'Created Time',
    spellings: {
      'Record Id': ['Account Id'],
      ...grouped('Billing Address', {
        street: 'Billing Street',
        city: 'Billing City',
        state: 'Billing State',
        zip: 'Billing Code',
        country: 'Billing Country',
      }),
    },
    fields: {
      ...common,
      ...columns(
        'Account Owner',
        'Account Name',
        'Account Type',
        'Industry',
        'Phone',
        'Fax',
        'Website',
        'Employees',
        'Annual Revenue',
        'Billing Street',
        'Billing City',
        'Billing State',
        'Billing Code',
        'Billing Country',
      ),
      'Account Owner.id': user,
    },
  },
  deals: {
    title: 'Deals',
    id: 'Record Id',
    header: {
      all: ['Record Id', 'Deal Name', 'Stage'],
      some: ['Deal Owner', 'Closing Date', 'Amount'],
      none: foreign,
    },
    countBy: ['Stage'],
    countYearOf: 'Created Time',
    spellings: { 'Record Id': ['Deal Id'], 'Probability (%)': ['Probability'] },
    fields: {
      ...common,
      ...columns(
        'Deal Owner',
        'Deal Name',
        'Account Name',
        'Contact Name',
        'Stage',
        'Pipeline',
        'Closing Date',
        'Amount',
        'Currency',
        'Probability (%)',
        'Lead Source',
        'Type',
        'Next Step',
        'Reason For Loss',
      ),
      'Deal Owner.id': user,
      'Account Name.id': account,
      'Contact Name.id': contact,
    },
  },
  tasks: {
    title: 'Tasks',
    id: 'Record Id',
    header: {
      all: ['Record Id', 'Subject', 'Due Date'],
      some: ['Task Owner', 'Status', 'Priority'],
    },
    countBy: ['Status'],
    countYearOf: 'Created Time',
    spellings: { 'Record Id': ['Task Id'], 'Related To Module': ['Se Module', 'Module'] },
    fields: {
      ...common,
      ...columns(
        'Task Owner',
        'Subject',
        'Due Date',
        'Status',
        'Priority',
        'Contact Name',
        'Related To',
        'Closed Time',
      ),
      'Task Owner.id': user,
      'Contact Name.id': contact,
      'Related To.id': related,
      'Related To Module': moduleName,
    },
  },
  calls: {
    title: 'Calls',
    id: 'Record Id',
    header: {
      all: ['Record Id', 'Subject', 'Call Start Time'],
      some: ['Call Owner', 'Call Type'],
    },
    countBy: ['Call Type'],
    countYearOf: 'Created Time',
    spellings: {
      'Record Id': ['Call Id'],
      'Call Duration (in seconds)': ['Call Duration in seconds'],
      'Related To Module': ['Se Module', 'Module'],
    },
    fields: {
      ...common,
      ...columns(
        'Call Owner',
        'Subject',
        'Call Type',
        'Call Start Time',
        'Call Duration (in seconds)',
        'Call Result',
        'Contact Name',
        'Related To',
      ),
      'Call Owner.id': user,
      'Contact Name.id': contact,
      'Related To.id': related,
      'Related To Module': moduleName,
    },
  },
  meetings: {
    title: 'Meetings',
    id: 'Record Id',
    header: { all: ['Record Id', 'From', 'To', 'Title'], some: ['Host', 'Location'] },
    spellings: {
      'Record Id': ['Event Id', 'Activity Id'],
      Title: ['Event Title', 'Meeting Title', 'Subject'],
      From: ['Start DateTime'],
      To: ['End DateTime'],
      Location: ['Venue'],
      Host: ['Event Owner', 'Meeting Owner'],
      'Host.id': ['Event Owner.id', 'Meeting Owner.id'],
      'Related To Module': ['Se Module', 'Module'],
    },
    fields: {
      ...common,
      ...columns('Host', 'Title', 'Location', 'From', 'To', 'Contact Name', 'Related To'),
      'Host.id': user,
      'Contact Name.id': contact,
      'Related To.id': related,
      'Related To Module': moduleName,
    },
  },
  notes: {
    title: 'Notes',
    id: 'Record Id',
    header: { all: ['Note Content'], some: ['Record Id', 'Note Title', 'Parent Module'] },
    spellings: {
      'Record Id': ['Note Id'],
      'Parent ID': ['Parent.id', 'Parent ID.id', 'Associated_Id'],
    },
    fields: {
      ...columns(
        'Record Id',
        'Note Owner',
        'Note Title',
        'Note Content',
        'Created Time',
        'Modified Time',
      ),
      'Note Owner.id': user,
      'Parent ID': related,
      'Parent Module': moduleName,
    },
  },
};
