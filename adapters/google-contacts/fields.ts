import { columns } from '../../src/adapter/columns.ts';
import type { SourceField } from '../../src/adapter/contract.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';
import { numberedColumns } from './numbered.ts';

const values: SourceField = { list: true, of: columns('label', 'type', 'value') };
const preferable: SourceField = {
  list: true,
  of: columns('label', 'type', 'value', 'isPreferred'),
};
const address = columns(
  'label',
  'type',
  'formatted',
  'street',
  'city',
  'poBox',
  'region',
  'postalCode',
  'country',
  'extended',
);

/** Columns that hold one text, with their names before 2024. */
const spellings = {
  'First Name': ['Given Name'],
  'Middle Name': ['Additional Name'],
  'Last Name': ['Family Name'],
  'Phonetic First Name': ['Given Name Yomi'],
  'Phonetic Middle Name': ['Additional Name Yomi'],
  'Phonetic Last Name': ['Family Name Yomi'],
  'Name Prefix': [],
  'Name Suffix': [],
  Nickname: [],
  'File As': [],
  Name: [],
  'Organization Name': ['Organization 1 - Name'],
  'Organization Title': ['Organization 1 - Title'],
  'Organization Department': ['Organization 1 - Department'],
  Birthday: [],
  Language: [],
  Occupation: [],
  Notes: [],
  Photo: [],
};

/** Contacts of Google, of both generations of its CSV (formats.md §7.3). */
export const entities: Readonly<Record<string, CsvEntity>> = {
  contacts: {
    title: 'Contacts',
    keys: [
      ['First Name', 'Last Name', 'E-mail 1 - Value'],
      ['First Name', 'E-mail 1 - Value'],
      ['Organization Name', 'E-mail 1 - Value'],
      ['Name', 'E-mail 1 - Value'],
      ['First Name', 'Last Name', 'Phone 1 - Value'],
      ['First Name', 'Phone 1 - Value'],
      ['Organization Name', 'Phone 1 - Value'],
      ['Name', 'Phone 1 - Value'],
    ],
    header: {
      all: ['First Name', 'Last Name', 'Name Prefix', 'Labels'],
      some: ['Nickname', 'Photo', 'Birthday', 'Organization Name'],
    },
    spellings: { ...spellings, Labels: ['Group Membership'] },
    shape: numberedColumns,
    fields: {
      ...columns(...Object.keys(spellings)),
      Labels: { list: true, about: 'Labels that people gave' },
      googleGroups: { list: true, about: 'Groups that Google keeps: myContacts, starred' },
      emails: preferable,
      preferredEmail: { about: 'The one whose label is marked' },
      phones: preferable,
      preferredPhone: { about: 'The one whose label is marked' },
      address: { of: address, about: 'The first address' },
      otherAddresses: { list: true, of: address },
      websites: values,
      events: values,
      relations: values,
      customFields: values,
    },
  },
};
