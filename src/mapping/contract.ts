import type { Draft } from '../model/draft.ts';
import type { Issue } from '../model/issue.ts';
import type { SourceRecord } from '../model/record.ts';
import type { TableName } from '../crm/column.ts';

/** What the account says where the source is silent. */
export interface AccountDefaults {
  /** ISO 3166-1 alpha-2; reads national telephone numbers. */
  readonly country: string;
  readonly language: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA zone of local times. */
  readonly timezone: string;
}

/** How a missing expected value is treated: the row is rejected, or comes in as incomplete. */
export type Requirements = 'strict' | 'lenient';

/** What to do with a row whose parent is not there. */
export type MissingParent = 'park' | 'reject' | 'null' | 'placeholder';

/** How an update treats a column: take the source's value, only where the CRM has none, or not at all. */
export type FieldPolicy = 'overwrite' | 'fill' | 'never';

/** What the plan must know of one table's drafts, beside the drafts themselves. */
export interface TablePolicy {
  /** Columns that some rule of the mappings fills; only these are compared with the source. */
  readonly columns: readonly string[];
  /** Natural key, asked when the id map knows nothing: columns that must all be equal. Empty: none. */
  readonly match: readonly string[];
  /** Per link column. */
  readonly missing: Readonly<Record<string, MissingParent>>;
  /** Columns whose policy is not `overwrite`. */
  readonly fields: Readonly<Record<string, FieldPolicy>>;
  /** Columns that the source owns: an empty value there erases the CRM's. */
  readonly erase: readonly string[];
}

/** The drafts of one record, and what was found while making them. */
export interface MappedRecord {
  readonly drafts: readonly Draft[];
  readonly issues: readonly Issue[];
}

/** Where the data of one source field goes. */
export type FieldUse = 'mapped' | 'ignored' | 'custom';

/** How many records had data in a field, and what became of it. */
export interface FieldCoverage {
  readonly entity: string;
  /** Path in the record, dots between levels, `[]` for a list's items. */
  readonly field: string;
  readonly filled: number;
  readonly use: FieldUse;
}

/** All mappings of one adapter, compiled. Made anew for each pass, for it counts the coverage. */
export interface MappingSet {
  readonly adapter: string;
  /** sha256 over the files it was made from, hex. */
  readonly hash: string;
  /** Tables that may get drafts, and what the plan needs to know of each. */
  readonly tables: Readonly<Partial<Record<TableName, TablePolicy>>>;
  /** The table of the root draft of each source entity. */
  readonly roots: Readonly<Record<string, TableName>>;
  /** Pure but for the coverage count. A record of an entity without a mapping gives no drafts and an issue. */
  map(record: SourceRecord): MappedRecord;
  coverage(): readonly FieldCoverage[];
}
