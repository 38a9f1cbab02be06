import type { WantedForm } from './forms/contract.ts';
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

/** A value by which links may find a row: what a column of the rows of one source entity holds. */
export interface Lookup {
  readonly entity: string;
  readonly column: string;
}

/**
 * What becomes of a record that a row of the CRM matches: it updates the row; is linked to it, which stays as it is; is
 * skipped, for the row is there; or gives a new row all the same.
 */
export type MatchThen = 'update' | 'link' | 'skip' | 'create';

/** How records find rows that the id map knows nothing of. */
export interface MatchPolicy {
  /** Alternatives, each of columns that must all be equal. Empty: nothing is matched. */
  readonly any: readonly (readonly string[])[];
  readonly then: MatchThen;
}

/** Further rows that are the row of another record, where one column or another has the same value. */
export interface SameRow {
  /** Whose further rows, and which. */
  readonly entity: string;
  readonly part: string;
  /** The entity of the other records. */
  readonly as: string;
  /** Columns of the CRM; a value of any of them that is the same is enough. */
  readonly by: readonly string[];
}

/** What the plan must know of one table's drafts, beside the drafts themselves. */
export interface TablePolicy {
  /** Columns that some rule of the mappings fills; only these are compared with the source. */
  readonly columns: readonly string[];
  /** Natural keys, asked when the id map knows nothing. */
  readonly match: MatchPolicy;
  /** Per link column. */
  readonly missing: Readonly<Record<string, MissingParent>>;
  /** Per link column whose rules find rows by a value: by which values. */
  readonly lookups: Readonly<Record<string, readonly Lookup[]>>;
  /** Per link column whose records may be rows of another table than the column refers to: those tables. */
  readonly elsewhere: Readonly<Record<string, readonly TableName[]>>;
  /** Further rows that may be rows of other records. */
  readonly same: readonly SameRow[];
  /** Columns whose policy is not `overwrite`. */
  readonly fields: Readonly<Record<string, FieldPolicy>>;
  /** Columns in which a new value of the source replaces what a person has changed in the CRM. */
  readonly overwrite: readonly string[];
  /** Columns that the source owns: an empty value there erases the CRM's. */
  readonly erase: readonly string[];
  /** Whether two records may stand for one of its rows (`twin`). */
  readonly twins: boolean;
}

/** Columns and what they hold: one of some values, anything, or nothing. */
export type ColumnConditions = Readonly<Record<string, readonly string[] | 'filled' | 'empty'>>;

/**
 * A rule that the source keeps across its records, in columns of the CRM: of the rows of an entity that fit `when` and
 * not `unless`, each is to have what the rest says. Rows of deleted records need not.
 */
export interface RecordRule {
  readonly entity: string;
  /** The table of the entity's root rows. */
  readonly table: TableName;
  /** The rule in plain words, for the report. */
  readonly says: string;
  readonly when: ColumnConditions;
  readonly unless: ColumnConditions;
  readonly of: RuledRows;
  /** What those rows are to hold: one of the groups. Empty: it is enough that they are there. */
  readonly has: readonly ColumnConditions[];
}

/**
 * Which rows a rule looks at: the row itself; the one that it refers to by its column `through`; or those of another
 * table that refer to it by theirs, at least one of them or, where `most` says so, at most so many.
 */
export type RuledRows =
  | { readonly kind: 'self' }
  | {
      readonly kind: 'row';
      readonly table: TableName;
      readonly through: string;
      /** The row stands for a record of this entity. */
      readonly entity?: string | undefined;
    }
  | {
      readonly kind: 'rows';
      readonly table: TableName;
      readonly through: string;
      readonly most?: number | undefined;
    };

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
  /** The tables of the root drafts of each source entity: one, or one per mapping where conditions choose. */
  readonly roots: Readonly<Record<string, readonly TableName[]>>;
  /** What the plan checks across records, once it is made. */
  readonly rules: readonly RecordRule[];
  /** The fields that are read in the form that their column has. */
  readonly wantedForms: readonly WantedForm[];
  /** Pure but for the coverage count. A record of an entity without a mapping gives no drafts and an issue. */
  map(record: SourceRecord): MappedRecord;
  coverage(): readonly FieldCoverage[];
}
