// What the command line, the web and the worker may ask for. `createUseCases(environment)` in `index.ts`
// makes a value of `UseCases`; nobody above reaches below it.
import type { Network } from '../download/contract.ts';
import type { FeedChanges, FeedDownload, FeedSettingsInput } from '../feeds/contract.ts';
import type { AccountDefaults, Requirements } from '../mapping/contract.ts';
import { targetKinds, type TargetKind } from '../mapping/headers/fields.ts';
import type { KindGuess } from '../mapping/headers/kind.ts';
import type { ColumnProposal } from '../mapping/headers/propose.ts';
import type { Issue } from '../model/issue.ts';
import type {
  TokenDocument,
  TokenLine,
  TokenListDocument,
  TokenRequest,
} from './access/contract.ts';
import type { Workbook } from '../verify/workbook.ts';
import type { Correction } from './corrections.ts';
import type {
  DuplicatePair,
  FeedApproveDocument,
  FeedDocument,
  FeedHeldDocument,
  FeedHistoryDocument,
  FeedListDocument,
  FeedScheduleDocument,
  FeedSyncDocument,
  FeedWorkDocument,
  FieldChange,
  FieldDifference,
  InputDocument,
  InspectDocument,
  PurgeDocument,
  ReportDocument,
  RollbackDocument,
  RowIdentity,
  RunDocument,
  RunListDocument,
  SyncOutcome,
  SyncReason,
  VerifyDocument,
} from './documents.ts';

/** What a run does at the moment, in the order in which it happens. */
export const stages = [
  'reading',
  'staging',
  'planning',
  'applying',
  'storing',
  'undoing',
  'counting',
  'verifying',
  'reporting',
] as const;

export type Stage = (typeof stages)[number];

/** How far a stage is. `total` is absent where it cannot be known beforehand. */
export interface Progress {
  readonly stage: Stage;
  /** In records, unless `unit` says otherwise. */
  readonly done: number;
  readonly total?: number | undefined;
  readonly unit?: 'records' | 'tables' | 'bytes' | 'files' | undefined;
  /** CRM table, where the stage goes table by table. */
  readonly table?: string | undefined;
}

/** All that the use cases take from outside, given once. Nothing in `run` reads a clock or an environment. */
export interface Environment {
  /** `postgres://…` is a server, anything else the directory of the embedded database. */
  readonly database: string;
  /** The agency; the defaults are those of an account that does not exist yet. */
  readonly account: { readonly slug: string; readonly defaults: AccountDefaults };
  /** Who asks, for the run's record: the user of the machine, or whoever signed in. Nobody knows where nothing is said. */
  readonly user?: string | undefined;
  /** Version of the tool, for the run's record. */
  readonly version: string;
  /** Directory in which files of the CRM are kept; beside the embedded database where nothing is said. */
  readonly media?: string | undefined;
  /** Directory in which the bodies of feeds are kept; beside the embedded database where nothing is said. */
  readonly feedBodies?: string | undefined;
  /** What downloads may ask besides public servers, and their chances; public servers alone where nothing is said. */
  readonly network?: Partial<Omit<Network, 'now'>> | undefined;
  /** How feeds are downloaded instead of safely over the network. */
  readonly download?: FeedDownload | undefined;
  /** A variable of the process's environment, for the secrets of feeds; none where nothing is said. */
  readonly variable?: ((name: string) => string | undefined) | undefined;
  readonly now: () => Date;
  /** Processors that the run may use: with several, a thread of its own reads a large input. One where nothing is said. */
  readonly processors?: number;
  /** Rows that one transaction of an import writes. 5,000 where nothing is said. */
  readonly rowsPerBatch?: number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** What the input `-` stands for. */
  readonly standardInput: AsyncIterable<Uint8Array>;
}

/** What the rows of a table can be: the four kinds of the CRM's own CSV import first. */
export const rowKinds = targetKinds;

/** The kinds of row that there is a template of. */
export const templateKinds = ['leads', 'owners', 'contacts', 'relations'] as const;

export type TemplateKind = (typeof templateKinds)[number];

export type RowKind = TargetKind;

/** What to read, and what is known about it beforehand; absent means: found out from the first bytes. */
export interface SourceRequest {
  /** Files, directories, archives; `-` is standard input. Several make one run. */
  readonly inputs: readonly string[];
  /** What the inputs are called, where that is not where they lie. */
  readonly names?: readonly string[] | undefined;
  /** Name of an adapter. */
  readonly source?: string | undefined;
  readonly encoding?: string | undefined;
  /** Of tables: the character between the cells. */
  readonly delimiter?: string | undefined;
  /** Of tables: the line of the header, from 1. */
  readonly headerLine?: number | undefined;
  /** Of workbooks: the name of the one sheet to read. */
  readonly sheet?: string | undefined;
  /** Of tables: what the rows are, where the header does not tell. */
  readonly as?: RowKind | undefined;
  /** What a person says instead of what the source says, in the order in which it was said. */
  readonly corrections?: readonly Correction[] | undefined;
}

/** How to translate what is read. */
export interface MappingRequest {
  /** A mapping file, a directory of them, or the name of a mapping that comes with the tool. */
  readonly mapping?: string | undefined;
  /** Overrides what the mapping says. */
  readonly requirements?: Requirements | undefined;
  /** Which part of a date stands first, where the mapping does not say: the day or the month. */
  readonly dates?: 'dmy' | 'mdy' | undefined;
  /** The sign before the decimals, where the mapping does not say. */
  readonly decimal?: 'comma' | 'point' | undefined;
}

/** How many of something may be rejected: a number, a share of all (0 to 1), or both. */
export interface RejectLimit {
  readonly count?: number | undefined;
  readonly share?: number | undefined;
}

/** How much a run may reject before it is refused: of all its records, and of single tables or source entities. */
export interface RejectBudget extends RejectLimit {
  readonly entities?: Readonly<Record<string, RejectLimit>> | undefined;
}

/** What becomes of what people did in the CRM since the last import. */
export interface UpdateRequest {
  /** Where the source, too, has changed a value that a person changed: keep the CRM's (the default), or take the source's. */
  readonly conflicts?: 'keep' | 'overwrite' | undefined;
}

/** What becomes of rows whose records the input no longer holds, where it is a full snapshot of its source. */
export interface AbsentRequest {
  /** `keep` where nothing is said. `retire`: listings go off the market, other rows are marked as deleted. */
  readonly absent?: 'keep' | 'retire' | undefined;
  /** More than this of a table is held back, all of it. A quarter where nothing is said. */
  readonly maxRetired?: { readonly count?: number; readonly share?: number } | undefined;
}

/** A run from its files. */
export interface ImportRequest extends SourceRequest, MappingRequest, UpdateRequest, AbsentRequest {
  readonly maxRejects?: RejectBudget | undefined;
}

/** A plan that a preview stored, to be applied exactly as it is. */
export interface PlanRequest {
  readonly run: string;
}

/** An import that did not come to its end, to be gone on with. */
export interface ResumeRequest extends RunRequest {
  /** Instead of what the import allowed. */
  readonly maxRejects?: RejectBudget | undefined;
}

/** At least one of `inputs` and `run`; with `run` alone the files are looked for where the run read them. */
export interface VerifyRequest extends SourceRequest, MappingRequest {
  readonly run?: string | undefined;
  /** A file as `baseline` writes it, perhaps edited. */
  readonly baseline?: string | undefined;
  /** Length of each list in the document. */
  readonly limit: number;
}

/** One run, by its id or the beginning of its id. */
export interface RunRequest {
  readonly run: string;
}

/** Records of a run that did not come in, to be imported again: as they were kept, or from a file with corrections. */
export interface RetryRequest extends RunRequest, MappingRequest, UpdateRequest {
  /** A file as `rejects` writes it, corrected. */
  readonly file?: string | undefined;
  readonly maxRejects?: RejectBudget | undefined;
}

/** A run to undo; a `preview` says what would happen. */
export interface RollbackRequest extends RunRequest {
  readonly preview: boolean;
  /** Length of the list of rows that stay. */
  readonly limit: number;
}

/** What of the source runs keep, to be removed: of one run, or of all that ended so many days ago. */
export interface PurgeRequest {
  readonly run?: string | undefined;
  readonly olderThanDays?: number | undefined;
  readonly preview: boolean;
}

/** `baseline`: what the source holds, counted without the adapter's reader. Meant to be edited by a person. */
export interface BaselineDocument {
  readonly baseline: 1;
  readonly source: string;
  readonly takenAt: string;
  readonly tool: string;
  readonly inputs: readonly InputDocument[];
  /** Per source entity: what was counted, and room for what the screens of the old CRM show. */
  readonly entities: Workbook;
}

/** One thing that was found in a run or in its verification; the full lists are streams of these. */
export type Finding =
  | { readonly kind: 'issue'; readonly issue: Issue }
  | { readonly kind: 'change'; readonly change: FieldChange }
  | { readonly kind: 'duplicate'; readonly pair: DuplicatePair }
  | { readonly kind: 'missing' | 'unexpected' | 'media-missing'; readonly row: RowIdentity }
  | {
      readonly kind: 'different' | 'broken-link' | 'media-different';
      readonly difference: FieldDifference;
    };

/** Rejected records in the shape of their source, each with its reason. */
export interface RejectsFile {
  /** Suggested name, with the ending of the source's format. */
  readonly fileName: string;
  readonly records: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** A small text file made by the tool. */
export interface TextFile {
  readonly fileName: string;
  readonly content: string;
}

/** `adapters`. */
export interface AdapterListDocument {
  readonly adapters: readonly {
    readonly name: string;
    readonly title: string;
    readonly entities: readonly string[];
  }[];
}

/** `mappings`. */
export interface MappingListDocument {
  readonly mappings: readonly {
    /** `<adapter>/<file>`; the file is called after its source entity. */
    readonly name: string;
    readonly adapter: string;
    /** Source entity. */
    readonly from: string;
    /** CRM table of the row that the record stands for. */
    readonly to: string;
  }[];
}

/** A table for which a mapping is wanted. */
export type SuggestRequest = SourceRequest;

/** `mapping suggest`: what the rows and the columns of a table are taken for, and the mapping that makes of it. */
export interface MappingSuggestionDocument {
  readonly adapter: string;
  readonly file: string;
  /** Source entity. */
  readonly from: string;
  readonly rows: number;
  readonly kind: KindGuess;
  readonly columns: readonly ColumnProposal[];
  /** The mapping file as text. */
  readonly mapping: string;
}

/** `mapping test`: the cases beside a mapping, each run. */
export interface MappingTestDocument {
  readonly mapping: string;
  readonly cases: readonly {
    readonly name: string;
    readonly ok: boolean;
    /** What came out otherwise than the case says, one sentence each. */
    readonly differences: readonly string[];
  }[];
  readonly exitCode: number;
}

/** `db migrate`, `db info`. */
export interface DatabaseDocument {
  readonly kind: 'embedded' | 'server';
  readonly location: string;
  /** Version of PostgreSQL. */
  readonly server: string;
  /** Null where the schema was never created. */
  readonly schemaVersion: number | null;
  readonly newestVersion: number;
  /** Migrations just done (`db migrate`) or still to do (`db info`). */
  readonly migrations: readonly string[];
  /** Rows per table of schema `crm`, all accounts; empty before the first migration. */
  readonly rows: Readonly<Record<string, number>>;
}

/** `doctor`. */
export interface DoctorDocument {
  readonly checks: readonly {
    readonly name: string;
    readonly status: 'ok' | 'warning' | 'failed';
    /** What was found. */
    readonly found: string;
    /** What to do about it. */
    readonly hint?: string | undefined;
  }[];
  readonly exitCode: number;
}

/** A feed, by its name or its id. */
export interface FeedRequest {
  readonly feed: string;
  /** Slug of the account where it is not that of the environment: a worker serves all of them. */
  readonly account?: string | undefined;
}

/** A sync of a feed. */
export interface FeedSyncRequest extends FeedRequest {
  readonly reason: SyncReason;
  /** Reads a body that is unchanged all the same, and believes one that holds hardly a listing of before. */
  readonly trust?: boolean | undefined;
}

/** How a worker works. */
export interface FeedWorkRequest {
  /** Does what is due now and ends; else it goes on until it is told to stop. */
  readonly once: boolean;
  /** Is told of each sync as it ends. */
  readonly onSync: (sync: {
    readonly name: string;
    /** Slug. */
    readonly account: string;
    readonly outcome: SyncOutcome;
    /** Why it failed, where it did. */
    readonly reason?: string;
  }) => void;
}

/** Which of the withdrawals that are held are approved: all, or those of some listings. */
export interface FeedApproveRequest extends FeedRequest {
  /** References of listings. */
  readonly references?: readonly string[] | undefined;
}

/** Keeping the listings of partners in step. A feed that is not there rejects with a `UsageError`. */
export interface FeedUseCases {
  /** Throws UsageError for settings that cannot be, and for a name that is taken. */
  feedAdd(request: { readonly settings: FeedSettingsInput }): Promise<FeedDocument>;
  /** The feeds of the account. */
  feedList(): Promise<FeedListDocument>;
  feedShow(request: FeedRequest): Promise<FeedDocument>;
  feedEdit(request: FeedRequest & { readonly changes: FeedChanges }): Promise<FeedDocument>;
  /** Forgets a feed; its listings stay as they are. */
  feedRemove(request: FeedRequest): Promise<FeedDocument>;
  /**
   * Downloads, stages, plans, guards, applies and withdraws. What fails is written into the history of the feed and
   * rejects: with a `retriable` error where it may pass.
   */
  feedSync(request: FeedSyncRequest): Promise<FeedSyncDocument>;
  feedHistory(request: FeedRequest & { readonly limit: number }): Promise<FeedHistoryDocument>;
  feedHeld(request: FeedRequest & { readonly limit: number }): Promise<FeedHeldDocument>;
  feedApprove(request: FeedApproveRequest): Promise<FeedApproveDocument>;
  /** The feeds of all accounts. */
  feedSchedules(): Promise<FeedScheduleDocument>;
  /** `worker`: syncs the feeds of all accounts by their schedules. What fails is in their histories and stops nothing. */
  feedWork(request: FeedWorkRequest): Promise<FeedWorkDocument>;
}

/**
 * Everything the toolkit can be asked to do. Findings about data are in the documents; what cannot go on
 * rejects with a `MigrationError`.
 */
export interface UseCases extends FeedUseCases {
  inspect(request: SourceRequest): Promise<InspectDocument>;
  preview(request: ImportRequest): Promise<RunDocument>;
  import(request: ImportRequest | PlanRequest): Promise<RunDocument>;
  /** Goes on with an interrupted import; one that is complete already is shown as it is. */
  resume(request: ResumeRequest): Promise<RunDocument>;
  verify(request: VerifyRequest): Promise<VerifyDocument>;
  baseline(request: SourceRequest): Promise<BaselineDocument>;
  runs(request: { readonly limit: number }): Promise<RunListDocument>;
  status(request: RunRequest): Promise<RunDocument>;
  /** `limit` bounds the examples of each group of issues, the changes and the lists of the verification. */
  report(request: RunRequest & { readonly limit: number }): Promise<ReportDocument>;
  /** All that was found in a run and in its last verification, from the database, without an upper bound. */
  findings(request: RunRequest): AsyncIterable<Finding>;
  rejects(request: RunRequest): Promise<RejectsFile>;
  retry(request: RetryRequest): Promise<RunDocument>;
  rollback(request: RollbackRequest): Promise<RollbackDocument>;
  /** Removes what runs keep of their source; ids, counts and reports stay. */
  purge(request: PurgeRequest): Promise<PurgeDocument>;
  /** The CSV template of a kind of row, with example rows that can be imported as they are. */
  sample(request: { readonly kind: TemplateKind }): Promise<TextFile>;
  doctor(): Promise<DoctorDocument>;
  adapters(): Promise<AdapterListDocument>;
  mappings(): Promise<MappingListDocument>;
  /** The text of a mapping that comes with the tool. */
  mapping(request: { readonly name: string }): Promise<TextFile>;
  mappingSuggest(request: SuggestRequest): Promise<MappingSuggestionDocument>;
  mappingTest(request: { readonly file: string }): Promise<MappingTestDocument>;
  dbMigrate(): Promise<DatabaseDocument>;
  dbInfo(): Promise<DatabaseDocument>;
  /** Makes a token to sign in to the web server with; its secret is in the document and nowhere else. */
  tokenCreate(request: TokenRequest): Promise<TokenDocument>;
  tokenList(): Promise<TokenListDocument>;
  /** `id` or the beginning of it. */
  tokenRevoke(request: { readonly id: string }): Promise<TokenLine>;
  /** Gives the database back. The last thing that is called, also after an error. */
  close(): Promise<void>;
}

/** What `createUseCases` is; nothing is opened before the first use case that needs it. */
export type CreateUseCases = (environment: Environment) => UseCases;
