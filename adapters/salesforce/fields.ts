import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';
import { typedIds } from './key-prefix.ts';

const user: SourceField = { refersTo: 'User' };
const account: SourceField = { refersTo: 'Account' };
const contact: SourceField = { refersTo: 'Contact' };
const opportunity: SourceField = { refersTo: 'Opportunity' };
const typeOf = (column: string): SourceField => ({
  about: `Kind of the record in ${column}, by the first three characters of its id`,
});

/** What every object has; the last three say what the database did, not the customer. */
const common = {
  ...columns('Id', 'IsDeleted', 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'),
  OwnerId: user,
};

/** A weekly export writes 0 and 1, the Data Loader false and true. */
const deleted = { column: 'IsDeleted', values: ['1', 'true'] };

const mailing = columns(
  'MailingStreet',
  'MailingCity',
  'MailingState',
  'MailingPostalCode',
  'MailingCountry',
);
const billing = columns(
  'BillingStreet',
  'BillingCity',
  'BillingState',
  'BillingPostalCode',
  'BillingCountry',
);

/** Names of columns of a shaped entity, which are declared as spellings. */
const named = (fields: Readonly<Record<string, SourceField>>) =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, []]));

const taskColumns = {
  ...common,
  ...columns(
    'WhoId',
    'WhatId',
    'Subject',
    'ActivityDate',
    'Status',
    'Priority',
    'Description',
    'Type',
    'TaskSubtype',
    'CallType',
    'CallDurationInSeconds',
    'CompletedDateTime',
  ),
};
const eventColumns = {
  ...common,
  ...columns(
    'WhoId',
    'WhatId',
    'Subject',
    'Location',
    'StartDateTime',
    'EndDateTime',
    'IsAllDayEvent',
    'Description',
    'Type',
  ),
};
const noteColumns = { ...common, ...columns('ParentId', 'Title', 'IsPrivate', 'Body') };

/**
 * Objects of Salesforce as its data export names them (formats.md §7.2). Reports have the labels of the same fields, and
 * an id only where the person who made the report asked for it.
 */
export const entities: Readonly<Record<string, CsvEntity>> = {
  User: {
    title: 'Users',
    id: 'Id',
    header: { all: ['Id', 'Username', 'Email', 'LastName'] },
    fields: columns(
      'Id',
      'Username',
      'LastName',
      'FirstName',
      'Email',
      'Phone',
      'MobilePhone',
      'Title',
      'IsActive',
      'UserType',
      'LanguageLocaleKey',
      'CreatedDate',
      'LastModifiedDate',
      'SystemModstamp',
    ),
  },
  Account: {
    title: 'Accounts',
    id: 'Id',
    keys: [['Name']],
    header: [
      { all: ['Id', 'Name', 'IsDeleted', 'BillingCity'] },
      {
        all: ['Name', 'Account Owner'],
        some: ['Type', 'BillingState', 'LastModifiedDate', 'Last Activity'],
        none: ['LastName', 'Opportunity Name', 'Subject', 'Record Id'],
      },
    ],
    deleted,
    countBy: ['Type'],
    countYearOf: 'CreatedDate',
    spellings: {
      Id: ['Account ID'],
      Name: ['Account Name'],
      BillingState: ['Billing State/Province'],
      BillingPostalCode: ['Billing Zip/Postal Code'],
      NumberOfEmployees: ['Employees'],
    },
    fields: {
      ...common,
      ...billing,
      ...columns(
        'MasterRecordId',
        'Name',
        'Type',
        'ParentId',
        'Phone',
        'Fax',
        'Website',
        'Industry',
        'AnnualRevenue',
        'NumberOfEmployees',
        'Description',
        'Account Owner',
        'Last Activity',
      ),
    },
  },
  Contact: {
    title: 'Contacts',
    id: 'Id',
    keys: [
      ['LastName', 'FirstName', 'Email'],
      ['LastName', 'Email'],
      ['LastName', 'Phone'],
    ],
    header: [
      { all: ['Id', 'LastName', 'AccountId', 'IsDeleted'] },
      {
        all: ['LastName', 'FirstName', 'Account Name'],
        some: ['MailingCity', 'MailingPostalCode', 'Account Owner', 'Email'],
        none: ['Record Id', 'Lead Status', 'Opportunity Name'],
      },
    ],
    deleted,
    spellings: {
      Id: ['Contact ID'],
      AccountId: ['Account ID'],
      MailingState: ['Mailing State/Province'],
      MailingPostalCode: ['Mailing Zip/Postal Code', 'Mailing Zip'],
      MobilePhone: ['Mobile'],
      HasOptedOutOfEmail: ['Email Opt Out'],
    },
    fields: {
      ...common,
      ...mailing,
      ...columns(
        'MasterRecordId',
        'LastName',
        'FirstName',
        'Salutation',
        'Phone',
        'Fax',
        'MobilePhone',
        'HomePhone',
        'OtherPhone',
        'ReportsToId',
        'Email',
        'Title',
        'Department',
        'LeadSource',
        'Birthdate',
        'Description',
        'HasOptedOutOfEmail',
        'DoNotCall',
        'Account Name',
        'Account Owner',
        'Contact Owner',
      ),
      AccountId: account,
    },
  },
  Lead: {
    title: 'Leads',
    id: 'Id',
    keys: [
      ['LastName', 'FirstName', 'Email'],
      ['LastName', 'Email'],
      ['LastName', 'Phone'],
    ],
    header: [
      { all: ['Id', 'LastName', 'Company', 'IsConverted'] },
      {
        all: ['LastName', 'Lead Owner', 'Company'],
        some: ['LeadSource', 'PostalCode', 'Status', 'Rating'],
        none: ['Record Id', 'Created Time'],
      },
    ],
    deleted,
    countBy: ['Status'],
    countYearOf: 'CreatedDate',
    spellings: {
      Id: ['Lead ID'],
      Company: ['Company / Account'],
      State: ['State/Province'],
      PostalCode: ['Zip/Postal Code', 'Zip'],
      MobilePhone: ['Mobile'],
      Status: ['Lead Status'],
      IsConverted: ['Converted'],
      HasOptedOutOfEmail: ['Email Opt Out'],
    },
    fields: {
      ...common,
      ...columns(
        'MasterRecordId',
        'LastName',
        'FirstName',
        'Salutation',
        'Title',
        'Company',
        'Street',
        'City',
        'State',
        'PostalCode',
        'Country',
        'Phone',
        'MobilePhone',
        'Fax',
        'Email',
        'Website',
        'Description',
        'LeadSource',
        'Status',
        'Industry',
        'Rating',
        'HasOptedOutOfEmail',
        'DoNotCall',
        'IsConverted',
        'ConvertedDate',
        'Lead Owner',
      ),
      ConvertedAccountId: account,
      ConvertedContactId: contact,
      ConvertedOpportunityId: opportunity,
    },
  },
  Opportunity: {
    title: 'Opportunities',
    id: 'Id',
    header: [
      { all: ['Id', 'Name', 'StageName', 'IsDeleted'] },
      {
        all: ['Name', 'StageName'],
        some: ['Amount', 'CloseDate', 'Opportunity Owner'],
        none: ['Record Id', 'LastName'],
      },
    ],
    keys: [
      ['Name', 'Account Name', 'CreatedDate'],
      ['Name', 'CreatedDate'],
    ],
    deleted,
    countBy: ['StageName'],
    countYearOf: 'CreatedDate',
    spellings: {
      Id: ['Opportunity ID'],
      Name: ['Opportunity Name'],
      StageName: ['Stage'],
      CurrencyIsoCode: ['Amount Currency'],
    },
    fields: {
      ...common,
      ...columns(
        'Name',
        'Description',
        'StageName',
        'Amount',
        'Probability',
        'CloseDate',
        'Type',
        'NextStep',
        'LeadSource',
        'CurrencyIsoCode',
        'IsClosed',
        'IsWon',
        'Account Name',
        'Opportunity Owner',
      ),
      AccountId: account,
      ContactId: contact,
    },
  },
  OpportunityContactRole: {
    title: 'Contact roles of opportunities',
    id: 'Id',
    header: { all: ['Id', 'OpportunityId', 'ContactId'] },
    deleted,
    fields: {
      ...columns(
        'Id',
        'IsDeleted',
        'Role',
        'IsPrimary',
        'CreatedDate',
        'LastModifiedDate',
        'SystemModstamp',
      ),
      OpportunityId: opportunity,
      ContactId: contact,
    },
  },
  Task: {
    title: 'Tasks',
    id: 'Id',
    header: { all: ['Id', 'WhoId', 'Subject', 'ActivityDate', 'Status'] },
    deleted,
    countBy: ['Status'],
    countYearOf: 'CreatedDate',
    spellings: named(taskColumns),
    shape: typedIds({ WhoId: 'WhoType', WhatId: 'WhatType' }),
    fields: { ...taskColumns, WhoType: typeOf('WhoId'), WhatType: typeOf('WhatId') },
  },
  Event: {
    title: 'Events',
    id: 'Id',
    header: { all: ['Id', 'WhoId', 'Subject', 'StartDateTime'] },
    deleted,
    spellings: named(eventColumns),
    shape: typedIds({ WhoId: 'WhoType', WhatId: 'WhatType' }),
    fields: { ...eventColumns, WhoType: typeOf('WhoId'), WhatType: typeOf('WhatId') },
  },
  Note: {
    title: 'Notes',
    id: 'Id',
    header: { all: ['Id', 'ParentId', 'Title', 'Body'] },
    deleted,
    spellings: named(noteColumns),
    shape: typedIds({ ParentId: 'ParentType' }),
    fields: { ...noteColumns, ParentType: typeOf('ParentId') },
  },
};
