import type { SourceField } from '../../src/adapter/contract.ts';
import { columns } from '../../src/adapter/columns.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const contact: SourceField = { refersTo: 'contacts' };
const deal: SourceField = { refersTo: 'deals' };
const lead: SourceField = { refersTo: 'leads' };

/** What every row has: who set it, and when. */
const every: Readonly<Record<string, SourceField>> = {
  id: {},
  set_by: { about: 'who set the row: "You", or the name of a teammate' },
  owner_email: { about: 'e-mail of the user whose row it is' },
  ...columns('created_at', 'updated_at', 'deleted', 'deleted_at'),
};
const everySpelling = {
  set_by: ['added by', 'created by'],
  owner_email: ['owner', 'user'],
  created_at: ['created', 'added'],
  updated_at: ['updated'],
};
const deleted = { column: 'deleted', values: ['1', 'true', 'yes'] };

/** The kinds of rows and their columns: our own design after the pages of the system, which publish none. */
export const entities: Readonly<Record<string, CsvEntity>> = {
  leads: {
    title: 'Leads',
    id: 'id',
    header: {
      all: ['id', 'name', 'niche', 'estimated_amount', 'status'],
      some: ['email', 'phone', 'company', 'set_by'],
      none: ['lead_score', 'stage'],
    },
    deleted,
    countBy: ['status'],
    spellings: {
      ...everySpelling,
      id: ['lead id'],
      contact_id: ['converted contact'],
      deal_id: ['converted deal'],
    },
    fields: {
      ...every,
      ...columns('name', 'email', 'phone', 'company', 'niche', 'estimated_amount', 'currency'),
      ...columns('source', 'notes', 'converted_at'),
      status: { about: 'new, in progress, qualified, converted, lost' },
      contact_id: { ...contact, about: 'the contact that converting made' },
      deal_id: { ...deal, about: 'the deal that converting made' },
    },
  },
  contacts: {
    title: 'Contacts',
    id: 'id',
    header: {
      all: ['id', 'name', 'niche', 'lead_score'],
      some: ['email', 'phone', 'company', 'set_by'],
      none: ['estimated_amount', 'stage'],
    },
    deleted,
    spellings: { ...everySpelling, id: ['contact id'] },
    fields: {
      ...every,
      ...columns('name', 'email', 'phone', 'company', 'niche', 'source', 'lead_score', 'notes'),
    },
  },
  deals: {
    title: 'Deals',
    id: 'id',
    header: {
      all: ['id', 'name', 'contact_id', 'amount', 'stage'],
      some: ['expected_close_date', 'lead_id', 'set_by'],
    },
    deleted,
    countBy: ['stage'],
    spellings: { ...everySpelling, id: ['deal id'], contact_id: ['contact'], lead_id: ['lead'] },
    fields: {
      ...every,
      ...columns('name', 'amount', 'currency', 'expected_close_date', 'closed_at'),
      ...columns('lost_reason', 'notes'),
      stage: {
        about: 'New, Qualified, Proposal, Negotiation, Won, Lost; can be renamed and added to',
      },
      contact_id: contact,
      lead_id: { ...lead, about: 'the lead that was converted into it' },
    },
  },
  quotes: {
    title: 'Quotes',
    id: 'id',
    header: {
      all: ['id', 'number', 'deal_id', 'amount', 'status'],
      some: ['contact_id', 'valid_until', 'set_by'],
      none: ['stage'],
    },
    deleted,
    countBy: ['status'],
    spellings: {
      ...everySpelling,
      id: ['quote id'],
      number: ['quote number'],
      contact_id: ['contact'],
      deal_id: ['deal'],
    },
    fields: {
      ...every,
      ...columns('number', 'title', 'text', 'amount', 'currency', 'status', 'issued_on'),
      valid_until: {},
      file: { about: 'name or address of the document' },
      contact_id: contact,
      deal_id: deal,
    },
  },
  activities: {
    title: 'Activities',
    id: 'id',
    header: {
      all: ['id', 'type', 'subject', 'contact_id', 'occurred_at'],
      some: ['deal_id', 'direction', 'status', 'set_by'],
    },
    deleted,
    countBy: ['type'],
    spellings: {
      ...everySpelling,
      id: ['activity id'],
      contact_id: ['contact'],
      deal_id: ['deal'],
      lead_id: ['lead'],
    },
    fields: {
      ...every,
      ...columns('type', 'direction', 'subject', 'body', 'occurred_at', 'due_at'),
      status: { about: 'draft: prepared by a teammate, waits for approval and was not sent' },
      contact_id: contact,
      deal_id: deal,
      lead_id: lead,
    },
  },
};
