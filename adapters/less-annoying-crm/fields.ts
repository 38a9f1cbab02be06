import type { SourceField } from '../../src/adapter/contract.ts';
import { columns } from '../../src/adapter/columns.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const contact: SourceField = { refersTo: 'contacts', about: 'a person or a company' };
const user: SourceField = { refersTo: 'users' };
const deleted = { column: 'is_deleted', values: ['1', 'true', 'yes'] };
const deletion = columns('is_deleted', 'date_deleted');

/** Who a row is attached to, where it says more than the id. */
const attachedTo: Readonly<Record<string, SourceField>> = {
  contact_id: contact,
  contact_name: {},
  is_company: { about: 'whether the contact is a company' },
};
const attachedSpelling = {
  contact_id: ['attached to id', 'company id'],
  contact_name: ['contact', 'attached to', 'full name', 'company name', 'name of contact'],
  is_company: ['contact is company', 'company?'],
};
const timeSpelling = {
  date_created: ['created', 'created date', 'creation date', 'date added'],
  last_update: ['last updated', 'updated', 'last modified', 'date edited'],
  is_deleted: ['deleted'],
};

/**
 * The kinds of rows. The columns of the CSV files are not public: these are the names of the API with the spellings that
 * an export is likely to have, so our own design until a real export shows up.
 */
export const entities: Readonly<Record<string, CsvEntity>> = {
  users: {
    title: 'Users',
    id: 'user_id',
    header: {
      all: ['user_id', 'email'],
      some: ['first_name', 'last_name'],
      none: ['contact_id', 'note_id', 'task_id', 'pipeline_item_id'],
    },
    spellings: { user_id: ['user id', 'id'], email: ['e-mail', 'email address'] },
    fields: columns('user_id', 'first_name', 'last_name', 'email'),
  },
  contacts: {
    title: 'Contacts and companies',
    id: 'contact_id',
    header: {
      all: ['contact_id', 'is_company', 'email'],
      some: ['phone', 'company_name', 'background_info', 'date_created'],
      none: ['note_id', 'task_id', 'pipeline_item_id'],
    },
    deleted,
    countBy: ['is_company'],
    countYearOf: 'date_created',
    spellings: {
      ...timeSpelling,
      contact_id: ['id', 'record id'],
      is_company: ['company?', 'is a company', 'record type', 'type'],
      name: ['full name', 'contact name', 'display name'],
      company_id: ['company record id'],
      company_name: ['company', 'organization'],
      job_title: ['title', 'position'],
      email: ['e-mail', 'email address', 'email 1', 'work email'],
      email_2: ['email 2', 'second email', 'personal email', 'other email'],
      phone: ['phone number', 'phone 1', 'work phone'],
      phone_2: ['phone 2', 'second phone', 'mobile', 'mobile phone', 'cell'],
      street: ['address', 'street address', 'address 1'],
      state: ['state/province', 'province', 'region'],
      zip: ['postal code', 'postcode', 'zip code'],
      website: ['web site', 'url'],
      background_info: ['background', 'background information', 'about'],
      birthday: ['birth date', 'date of birth'],
      groups: ['group', 'tags'],
      assigned_to: ['owner', 'assigned user'],
    },
    fields: {
      ...deletion,
      ...columns('contact_id', 'name', 'first_name', 'last_name', 'company_name', 'job_title'),
      ...columns(
        'email',
        'email_2',
        'phone',
        'phone_2',
        'street',
        'city',
        'state',
        'zip',
        'country',
      ),
      ...columns('website', 'background_info', 'birthday', 'date_created', 'last_update'),
      is_company: { about: 'whether the row is a company and not a person' },
      company_id: { ...contact, about: 'the company that the person is with' },
      groups: { about: 'names with `;` or `,` between' },
      assigned_to: user,
    },
  },
  leads: {
    title: 'Pipeline items',
    id: 'pipeline_item_id',
    header: {
      all: ['pipeline_item_id', 'pipeline', 'status', 'contact_id'],
      some: ['contact_name', 'date_created'],
      none: ['note_id', 'note'],
    },
    deleted,
    countBy: ['pipeline', 'status'],
    countYearOf: 'date_created',
    spellings: {
      ...attachedSpelling,
      ...timeSpelling,
      pipeline_item_id: ['lead id', 'item id', 'id'],
      pipeline: ['pipeline name'],
      status: ['status name', 'lead status'],
      assigned_to: ['owner', 'assigned user'],
      last_note: ['latest note'],
    },
    fields: {
      ...attachedTo,
      ...deletion,
      ...columns('pipeline_item_id', 'value', 'product', 'estimated_close_date'),
      ...columns('last_note', 'date_created', 'last_update'),
      pipeline: { about: 'name of the pipeline; leads are one of several' },
      status: { about: 'free text of the user’s own pipeline' },
      status_note: { about: 'why it was lost, where the user keeps that' },
      created_by: user,
      assigned_to: user,
    },
  },
  notes: {
    title: 'Notes of contacts',
    id: 'note_id',
    header: {
      all: ['note_id', 'contact_id', 'note'],
      some: ['user_id', 'date_created'],
      none: ['pipeline_item_id'],
    },
    deleted,
    spellings: {
      ...attachedSpelling,
      ...timeSpelling,
      note_id: ['id'],
      note: ['text', 'body', 'contact note'],
      user_id: ['user', 'author', 'written by', 'created by'],
      date_displayed_in_history: ['date displayed', 'date'],
    },
    fields: {
      ...attachedTo,
      ...deletion,
      ...columns('note_id', 'note', 'date_created', 'date_displayed_in_history'),
      user_id: user,
    },
  },
  pipeline_notes: {
    title: 'Notes of pipeline items',
    id: 'note_id',
    header: {
      all: ['note_id', 'pipeline_item_id', 'note'],
      some: ['user_id', 'date_created'],
    },
    deleted,
    spellings: {
      ...attachedSpelling,
      ...timeSpelling,
      note_id: ['id'],
      pipeline_item_id: ['lead id', 'item id'],
      note: ['text', 'body', 'pipeline note'],
      user_id: ['user', 'author', 'written by', 'created by'],
      date_displayed_in_history: ['date displayed', 'date'],
    },
    fields: {
      ...attachedTo,
      ...deletion,
      ...columns('note_id', 'note', 'date_created', 'date_displayed_in_history'),
      pipeline_item_id: { refersTo: 'leads' },
      user_id: user,
    },
  },
  tasks: {
    title: 'Tasks',
    id: 'task_id',
    header: {
      all: ['task_id', 'name', 'due_date'],
      some: ['is_completed', 'contact_id', 'assigned_to'],
    },
    deleted,
    countBy: ['is_completed'],
    spellings: {
      ...attachedSpelling,
      ...timeSpelling,
      task_id: ['id'],
      name: ['task', 'task name', 'subject'],
      due_date: ['due'],
      is_completed: ['completed', 'done'],
      date_completed: ['completed on', 'completion date'],
      assigned_to: ['owner', 'assigned user'],
    },
    fields: {
      ...attachedTo,
      ...deletion,
      ...columns('task_id', 'name', 'description', 'due_date', 'is_completed', 'date_completed'),
      ...columns('date_created'),
      assigned_to: user,
    },
  },
};
