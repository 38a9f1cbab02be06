// What the web server may ask for about imports that are put together on a page. An import is a file, how it is read,
// and the steps of a person; everything else is found out from these.
import type { RowKind } from '../contract.ts';
import type { Fate } from '../../model/fate.ts';
import type { Severity } from '../../model/issue.ts';
import type { DuplicatePair, RunDocument } from '../documents.ts';
import type { Choices, Edit, EditListDocument, MadeEdit } from './edits.ts';
import type { Upload } from './upload.ts';

/** How a table is read; what is absent or null is found out. */
export interface ReadingChoice {
  readonly encoding?: string | null | undefined;
  readonly delimiter?: string | null | undefined;
  readonly headerLine?: number | null | undefined;
  readonly sheet?: string | null | undefined;
}

/** Why something came to nothing: what happened, and what to do. */
export interface FailureDocument {
  readonly code: 'source' | 'mapping' | 'invalid' | 'database' | 'broken' | 'busy';
  readonly message: string;
  readonly hint: string | null;
}

/**
 * Where an import stands. `checked`: there is a plan of everything as it is; `outdated`: something was changed since, here
 * or in the CRM; `interrupted`: an import that can be gone on with.
 */
export type ImportState =
  | 'empty'
  | 'open'
  | 'checking'
  | 'checked'
  | 'outdated'
  | 'importing'
  | 'interrupted'
  | 'imported'
  | 'failed'
  | 'undoing'
  | 'undone';

export interface ImportDocument {
  readonly id: string;
  readonly state: ImportState;
  readonly version: number;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly createdBy: string;
  readonly kind: RowKind | null;
  readonly system: string | null;
  readonly file: {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  } | null;
  readonly reading: ReadingChoice;
  readonly requirements: 'strict' | 'lenient';
  /** Whether its columns are matched by a person: not those of an export whose mapping comes with the tool. */
  readonly matchable: boolean;
  readonly profile: {
    readonly id: string;
    readonly name: string;
    readonly recognised: boolean;
    readonly added: string[];
    readonly missing: string[];
  } | null;
  /** Steps that stand. */
  readonly edits: number;
  readonly run: string | null;
  readonly failure: FailureDocument | null;
}

export interface ImportListDocument {
  readonly imports: ImportDocument[];
  readonly total: number;
}

/** Only what is named is changed. */
export interface ImportChange {
  readonly kind?: RowKind | undefined;
  readonly system?: string | null | undefined;
  readonly reading?: ReadingChoice | undefined;
  readonly requirements?: 'strict' | 'lenient' | undefined;
  readonly profile?: string | null | undefined;
  readonly ifVersion?: number | undefined;
}

/** The first lines of a table as they will be read, and what the file is taken for. */
export interface ReadingDocument {
  readonly system: {
    readonly name: string;
    readonly title: string;
    readonly confidence: number;
    readonly reason: string;
  };
  readonly kind: {
    readonly kind: RowKind;
    readonly confidence: number;
    readonly reason: string;
    readonly others: RowKind[];
  } | null;
  readonly table: {
    readonly encoding: string;
    readonly encodingCertain: boolean;
    readonly delimiter: string;
    readonly delimiterCertain: boolean;
    readonly headerLine: number;
    readonly sheet: string | null;
    readonly sheets: string[];
    readonly columns: string[];
    readonly lines: {
      readonly line: number;
      readonly role: 'preamble' | 'header' | 'row';
      readonly cells: string[];
    }[];
    readonly doubt: 'one-column' | 'too-many-columns' | null;
  } | null;
  readonly files: { readonly name: string; readonly read: boolean }[];
}

export interface SuggestionDocument {
  readonly field: string;
  readonly title: string;
  readonly confidence: number;
  readonly level: 'high' | 'medium' | 'low';
  readonly reason: string;
}

export type FormName = 'dmy' | 'mdy' | 'ymd' | 'comma' | 'point';

export interface ColumnDocument {
  readonly name: string;
  readonly rows: number;
  readonly filled: number;
  readonly samples: {
    readonly frequent: { readonly value: string; readonly count: number }[];
    readonly longest: string | null;
    readonly oddest: string | null;
  };
  readonly proposal: SuggestionDocument | null;
  readonly unmatched: string | null;
  readonly alternatives: SuggestionDocument[];
  readonly use: 'field' | 'kept' | 'refused';
  readonly field: string | null;
  readonly by: 'proposal' | 'profile' | 'person' | 'system';
  readonly form: {
    readonly kind: 'dates' | 'numbers';
    readonly form: FormName | 'undecided';
    readonly by: 'proof' | 'other-column' | 'person' | 'nobody';
    readonly choices: FormName[];
    readonly rows: { readonly line: number | null; readonly value: string }[];
  } | null;
}

export interface ColumnsDocument {
  readonly version: number;
  readonly rows: number;
  readonly kind: RowKind | null;
  readonly columns: ColumnDocument[];
  readonly missing: string[];
}

export interface ValuesDocument {
  readonly version: number;
  readonly columns: {
    readonly column: string;
    readonly field: string;
    readonly title: string;
    readonly kind: 'list' | 'user';
    readonly options: { readonly value: string; readonly label: string }[];
    readonly several: boolean;
    readonly values: {
      readonly value: string;
      readonly count: number;
      readonly proposed: string | null;
      readonly to: string | null;
      readonly by: 'proposal' | 'profile' | 'person';
    }[];
    readonly more: number;
    readonly unmatched: number;
  }[];
}

export interface RowIssueDocument {
  readonly code: string;
  readonly severity: Severity;
  readonly column: string | null;
  readonly value: string | null;
  readonly args: Record<string, string | null>;
  readonly message: string;
}

/** What a correction does: how many rows it touches, and a few of them before and after. */
export interface EffectDocument {
  readonly rows: number;
  readonly examples: {
    readonly row: number;
    readonly line: number | null;
    readonly before: string;
    readonly after: string;
    readonly issuesBefore: RowIssueDocument[];
    readonly issuesAfter: RowIssueDocument[];
  }[];
}

export type RecordFate = Exclude<Fate, 'retired'>;

/** Which rows of a checked import; all that is named must hold. */
export interface RowFilter {
  readonly fate?: RecordFate | undefined;
  readonly code?: string | undefined;
  readonly column?: string | undefined;
  readonly entity?: string | undefined;
  readonly search?: string | undefined;
  readonly corrected?: boolean | undefined;
}

export interface CountsDocument {
  readonly run: string;
  readonly read: number;
  readonly matching: number;
  readonly fates: Record<RecordFate, number>;
  readonly entities: Record<string, number>;
  readonly issues: {
    readonly code: string;
    readonly severity: Severity;
    readonly column: string | null;
    readonly rows: number;
    readonly message: string;
    readonly args: Record<string, string | null>;
    readonly values: { readonly value: string; readonly rows: number }[];
  }[];
  readonly remarks: RowIssueDocument[];
  readonly duplicates: number;
  readonly columns: string[];
}

export interface RowsDocument {
  readonly run: string | null;
  readonly offset: number;
  readonly total: number | null;
  readonly rows: {
    readonly row: number;
    readonly line: number | null;
    readonly file: string;
    readonly entity: string;
    readonly sourceId: string;
    readonly fate: RecordFate | null;
    readonly cells: Record<string, string>;
    readonly corrected: Record<string, string>;
    readonly pending: boolean;
    readonly issues: RowIssueDocument[];
    readonly results: {
      readonly table: string;
      readonly part: string | null;
      readonly fate: RecordFate | null;
      readonly id: string | null;
      readonly fields: {
        readonly field: string;
        readonly old: string | null;
        readonly new: string | null;
      }[];
    }[];
  }[];
}

/** A mapping that was saved, to be used again for files with the same headers. */
export interface ProfileDocument {
  readonly id: string;
  readonly name: string;
  readonly kind: RowKind;
  readonly columns: string[];
  readonly savedAt: string;
  readonly savedBy: string;
  readonly usedAt: string | null;
}

/** A profile with what it says. */
export interface StoredProfile extends ProfileDocument {
  readonly choices: Pick<Choices, 'columns' | 'values' | 'forms'>;
}

/** What becomes of a step, with the import after it and what a correction does. */
export interface EditResult {
  readonly import: ImportDocument;
  readonly edit: MadeEdit;
  readonly effect: EffectDocument | null;
}

/** Everything that can be asked about imports that are put together on a page, all within one account. */
export interface ImportUseCases {
  list(page: { readonly offset: number; readonly limit: number }): Promise<ImportListDocument>;
  create(request: {
    readonly kind: RowKind | null;
    readonly system: string | null;
  }): Promise<ImportDocument>;
  show(id: string): Promise<ImportDocument>;
  change(id: string, change: ImportChange): Promise<ImportDocument>;
  discard(id: string): Promise<void>;
  receive(id: string, upload: Upload): Promise<ImportDocument>;
  reading(id: string): Promise<ReadingDocument>;
  columns(id: string): Promise<ColumnsDocument>;
  values(id: string): Promise<ValuesDocument>;
  edits(id: string): Promise<EditListDocument>;
  makeEdit(id: string, edit: Edit, ifVersion: number | undefined): Promise<EditResult>;
  tryEdit(id: string, edit: Edit): Promise<EffectDocument>;
  undoEdit(id: string, no: number): Promise<EditResult>;
  /** Checks every row: stages and plans the import. Rejects where that cannot be done, and notes why. */
  check(id: string): Promise<RunDocument>;
  /** Imports exactly the plan that was checked. Throws NotReadyError where there is none, or it is outdated. */
  apply(id: string): Promise<RunDocument>;
  /** Throws where `check` or `apply` would at once. */
  assertReady(id: string, what: 'check' | 'apply'): Promise<void>;
  counts(id: string, filter: RowFilter): Promise<CountsDocument>;
  rows(
    id: string,
    filter: RowFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<RowsDocument>;
  duplicates(
    id: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly total: number; readonly pairs: readonly DuplicatePair[] }>;
  saveProfile(id: string, name: string): Promise<ProfileDocument>;
  profiles(): Promise<readonly ProfileDocument[]>;
  removeProfile(id: string): Promise<void>;
  /** Whether the import of a run repeats what its preview showed; null where there is nothing to compare. */
  asPreviewed(run: RunDocument): Promise<boolean | null>;
  /** Ids of the imports of runs, by run. */
  ofRuns(runs: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
