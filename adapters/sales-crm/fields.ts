import type { SourceField } from '../../src/adapter/contract.ts';
import { columns } from '../../src/adapter/columns.ts';
import type { CsvEntity } from '../../src/adapter/csv-system.ts';

const salesperson: Readonly<Record<string, SourceField>> = {
  salesperson: { about: 'name' },
  salesperson_email: {},
};
const salespersonSpelling = {
  salesperson: ['assigned salesperson', 'assigned to'],
  salesperson_email: ['assigned salesperson email'],
};
const times = columns('created_at', 'updated_at', 'deleted', 'deleted_at');
const deleted = { column: 'deleted', values: ['1', 'true', 'yes'] };

/** Who a lead or a customer is; what the system's own import takes has these names. */
const someone = columns(
  'contact_name',
  'company_name',
  'phone',
  'email',
  'address',
  'city',
  'state',
);
const someoneSpelling = {
  contact_name: ['contact'],
  company_name: ['company'],
  address: ['street'],
};

/**
 * The kinds of rows and their columns. Those of the import of leads are published (formats.md §7.2), the rest is our
 * own design after what its pages show.
 */
export const entities: Readonly<Record<string, CsvEntity>> = {
  leads: {
    title: 'Leads',
    id: 'lead_number',
    keys: [['contact_name', 'phone']],
    header: {
      all: ['contact_name', 'phone', 'source'],
      some: ['company_name', 'email', 'priority', 'description'],
      none: ['deal_number', 'first_name'],
    },
    deleted,
    countBy: ['status', 'source'],
    countYearOf: 'created_at',
    spellings: {
      ...someoneSpelling,
      ...salespersonSpelling,
      lead_number: ['lead no'],
      disqualification_reason: ['reason', 'disqualified reason'],
      linked_deals: ['number of linked deals', 'deals'],
    },
    fields: {
      ...someone,
      ...salesperson,
      ...times,
      ...columns('lead_number', 'source', 'priority', 'description', 'zone'),
      status: { about: 'New, Contacted, Qualified, Converted, Disqualified' },
      disqualification_reason: {},
      linked_deals: { about: 'how many deals are linked' },
      customer_number: {
        refersTo: 'customers',
        about: 'the customer that qualifying made or found',
      },
    },
  },
  customers: {
    title: 'Customers',
    id: 'customer_number',
    header: {
      all: ['customer_number', 'contact_name', 'phone'],
      some: ['company_name', 'email', 'address'],
      none: ['source', 'deal_number', 'lead_number'],
    },
    deleted,
    countYearOf: 'created_at',
    spellings: {
      ...someoneSpelling,
      ...salespersonSpelling,
      customer_number: ['customer no'],
    },
    fields: {
      ...someone,
      ...salesperson,
      ...times,
      ...columns('customer_number', 'zone', 'description'),
    },
  },
  deals: {
    title: 'Deals',
    id: 'deal_number',
    header: {
      all: ['deal_number', 'title', 'stage'],
      some: ['lead_number', 'customer_number', 'value'],
    },
    deleted,
    countBy: ['stage'],
    countYearOf: 'created_at',
    spellings: {
      ...salespersonSpelling,
      deal_number: ['deal no'],
      lead_number: ['lead no', 'lead'],
      customer_number: ['customer no', 'customer'],
    },
    fields: {
      ...salesperson,
      ...times,
      ...columns('deal_number', 'title', 'value', 'currency', 'stage', 'expected_close_date'),
      ...columns('closed_at', 'lost_reason', 'description'),
      lead_number: { refersTo: 'leads' },
      customer_number: { refersTo: 'customers' },
    },
  },
};
