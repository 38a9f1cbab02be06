// The JSON documents of the command line (a contract with scripts outside), as the use cases return them.
import type { SplitCount } from '../adapter/contract.ts';
import type { FeedSettings } from '../feeds/contract.ts';
import type { FateCounts } from '../model/fate.ts';
import type { Severity } from '../model/issue.ts';
import type { ColumnChange } from '../plan/changes.ts';
import type { Exceeded } from '../plan/guards.ts';
import type { WorkbookLine } from '../verify/workbook.ts';

export type { ColumnChange } from '../plan/changes.ts';
export type { Deviation, ScreenCount, WorkbookCount, WorkbookLine } from '../verify/workbook.ts';

export type RunCommand = 'preview' | 'import' | 'retry' | 'verify' | 'rollback' | 'sync';

export type RunStatus =
  | 'planned'
  | 'running'
  | 'interrupted'
  | 'complete'
  | 'failed'
  /** A rollback has begun and not come to its end. */
  | 'rolling-back'
  | 'rolled-back';

export interface InputDocument {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface TableCounts {
  /** Drafts that the source records gave for the table. */
  readonly read: number;
  readonly active: number;
  readonly deleted: number;
  readonly fates: FateCounts;
}

/** One kind of finding: how often, and the first few. */
export interface IssueGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly entity: string | null;
  readonly field: string | null;
  /** The rule that the records break, where it is that. */
  readonly rule?: string;
  /** The columns of the CRM that the records leave empty, where it is that. */
  readonly columns?: string;
  readonly count: number;
  /** The wording of the first finding. */
  readonly message: string;
  readonly examples: readonly IssueExample[];
}

/** One record of a group. */
export interface IssueExample {
  readonly sourceId: string | null;
  /** The line on which the record begins, from 1, where its file has lines. */
  readonly line?: number | null;
  readonly value: string | null;
}

export interface FieldChange {
  readonly entity: string;
  readonly sourceId: string;
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
}

/** A row that may be the same as another one. */
export interface DuplicateRow {
  /** Id of the row in the CRM, or the one it will have. */
  readonly id: string;
  /** The record that it stands for; null where a person entered it in the CRM. */
  readonly entity: string | null;
  readonly sourceId: string | null;
  /** What it holds of name, e-mail, telephone, birthday and address, by column; without what is empty. */
  readonly values: Readonly<Record<string, string>>;
}

/** Two rows that may be one person or company; nothing is merged by it. */
export interface DuplicatePair {
  /** Table of the CRM. */
  readonly entity: string;
  /** 1 is a hint; from 4 the two are most likely one. */
  readonly score: number;
  /** The strongest first. */
  readonly reasons: readonly string[];
  readonly first: DuplicateRow;
  readonly second: DuplicateRow;
}

export interface CoverageLine {
  readonly entity: string;
  readonly field: string;
  readonly filled: number;
  readonly use: 'mapped' | 'ignored' | 'custom';
}

/** `preview`, `import`, `status`. */
export interface RunDocument {
  readonly run: string;
  readonly command: RunCommand;
  readonly status: RunStatus;
  readonly source: string;
  readonly account: string;
  readonly inputs: readonly InputDocument[];
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Who ran it; null where that is not known. */
  readonly by: string | null;
  /** When what it kept of its source was removed: then it can be neither undone nor retried. */
  readonly purgedAt: string | null;
  /** Versions that decide the outcome: of the tool, and the hash of the mappings. */
  readonly tool: string;
  readonly mapping: string;
  /** Source records by source entity, with the fate of each counted once: the ledger. */
  readonly records: Readonly<Record<string, TableCounts>>;
  /** Keyed by CRM table. */
  readonly entities: Readonly<Record<string, TableCounts>>;
  /** Records of earlier runs that waited for what this run brings, and what became of them; not part of `read`. */
  readonly waiting: {
    readonly records: Readonly<Record<string, TableCounts>>;
    readonly entities: Readonly<Record<string, TableCounts>>;
  };
  readonly balanced: boolean;
  readonly issues: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly byCode: Readonly<Record<string, number>>;
  };
  readonly groups: readonly IssueGroup[];
  /** The first changes of existing rows, field by field. */
  readonly changes: readonly FieldChange[];
  /** What changes in existing rows, column by column. */
  readonly changedColumns: readonly ColumnChange[];
  /** The likeliest pairs of rows that may be one, and how many pairs were found. */
  readonly duplicates: { readonly total: number; readonly pairs: readonly DuplicatePair[] };
  /** Files that rows of the run name, and how many of them the media store has. */
  readonly media: { readonly named: number; readonly stored: number };
  readonly coverage: readonly CoverageLine[];
  /** What the input no longer holds, where it is a full snapshot. */
  readonly withdrawal: WithdrawalDocument | null;
  readonly rejects: RejectsSummary;
  /** The run that this one undoes or retries. */
  readonly of: string | null;
  /** How the run was undone, where it was; of a rollback, what it did. */
  readonly rollback: RollbackSummary | null;
  readonly seconds: number;
  readonly exitCode: number;
}

/** What became of the records that did not come in, as far as later runs read them again. */
export interface RejectsSummary {
  /** Records that did not come in: rejected or parked. */
  readonly kept: number;
  /** Of these, records that later runs read again, by the fate they had in the newest of these. */
  readonly later: Readonly<Record<string, number>>;
  /** Of these, records that are still not in. */
  readonly open: number;
  /** Ids of the runs that read some of them again, oldest first. */
  readonly runs: readonly string[];
}

/** What a rollback did with the rows of one table. */
export interface UndoneTable {
  /** Created by the run, and deleted. */
  readonly deleted: number;
  /** Changed by the run, and made what they were. */
  readonly restored: number;
  /** Left as they are. */
  readonly left: number;
}

/** A row that a rollback leaves as it is. */
export interface LeftRow {
  /** CRM table. */
  readonly entity: string;
  readonly sourceId: string | null;
  readonly part?: string;
  /** Id of the row in the CRM. */
  readonly id: string;
  /**
   * `edited` since by a person; `depended` on by rows that stay; `parent-gone`: it referred to a row that is no longer
   * there; `gone` itself; `taken`: its unique value is another row's by now.
   */
  readonly reason: 'edited' | 'depended' | 'parent-gone' | 'gone' | 'taken';
  /** Columns that were edited. */
  readonly fields: readonly string[];
}

export interface RollbackSummary {
  /** Id of the rollback, which is a run of its own. */
  readonly run: string;
  readonly finishedAt: string;
  readonly tables: Readonly<Record<string, UndoneTable>>;
  readonly left: readonly LeftRow[];
  readonly total: { readonly left: number };
}

/** `rollback`. With `preview` the numbers say what would happen. */
export interface RollbackDocument {
  /** The run that is undone. */
  readonly run: string;
  /** The run that undoes it. */
  readonly rollback: string;
  readonly command: 'rollback';
  /** Of the run that is undone. */
  readonly status: RunStatus;
  readonly preview: boolean;
  readonly source: string;
  readonly account: string;
  readonly inputs: readonly InputDocument[];
  readonly tables: Readonly<Record<string, UndoneTable>>;
  readonly left: readonly LeftRow[];
  readonly total: { readonly left: number };
  readonly seconds: number;
  readonly exitCode: number;
}

/** What a run holds of its source, and a purge removes. */
export interface PurgedRun {
  readonly run: string;
  readonly command: string;
  readonly status: string;
  readonly startedAt: string;
  readonly stagedTables: number;
  /** Records that did not come in, as the source says them. */
  readonly rejects: number;
  /** Of these, records that are still not in: they can no longer be retried, nor arrive by themselves. */
  readonly open: number;
  /** Rows of the CRM as they were before the run: without them it cannot be undone. */
  readonly beforeImages: number;
}

/** `purge`. With `preview` it says what would be removed. */
export interface PurgeDocument {
  readonly command: 'purge';
  readonly preview: boolean;
  readonly account: string;
  readonly olderThanDays: number | null;
  readonly runs: readonly PurgedRun[];
  readonly exitCode: number;
}

export interface CountComparison {
  /** CRM table. */
  readonly entity: string;
  /** Counted without the adapter; null for rows that only exist inside other records (images, links). */
  readonly baseline: SplitCount | null;
  /** Read and mapped a second time. */
  readonly source: SplitCount;
  readonly crm: SplitCount;
  /** Read but not a row of their own in the CRM, by fate. */
  readonly accounted: Readonly<Record<string, number>>;
  readonly ok: boolean;
}

export interface FieldDifference {
  readonly entity: string;
  readonly sourceId: string;
  /** Names the row among the further rows of its record, else absent. */
  readonly part?: string;
  readonly field: string;
  readonly source: string | null;
  readonly crm: string | null;
}

export interface RowIdentity {
  readonly entity: string;
  readonly sourceId: string | null;
  readonly part?: string;
  /** Id of the row in the CRM. */
  readonly id: string | null;
}

/** `verify`. Lists hold the first `--limit` findings; `total` says how many there are. */
export interface VerifyDocument {
  readonly run: string;
  readonly command: 'verify';
  readonly source: string;
  readonly account: string;
  readonly inputs: readonly InputDocument[];
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly verdict: 'pass' | 'fail';
  readonly counts: readonly CountComparison[];
  /** Screens, baseline, source and CRM, per source entity and per value of status, year and the like. */
  readonly workbook: {
    /** What deviates and what was read off a screen come first to stay, where there are more than `--limit`. */
    readonly lines: readonly WorkbookLine[];
    readonly total: { readonly lines: number; readonly unexplained: number };
  };
  readonly ids: {
    readonly compared: number;
    readonly missing: readonly RowIdentity[];
    readonly unexpected: readonly RowIdentity[];
    readonly total: { readonly missing: number; readonly unexpected: number };
  };
  readonly fields: {
    readonly compared: number;
    readonly different: readonly FieldDifference[];
    /** Differences that a recorded issue explains (`VALUE_KEPT`, `REFERENCE_TAKEN`): no failure. */
    readonly explained: number;
    readonly total: number;
  };
  readonly links: {
    readonly compared: number;
    readonly broken: readonly FieldDifference[];
    readonly total: number;
  };
  readonly media: {
    readonly compared: number;
    readonly missing: readonly RowIdentity[];
    readonly different: readonly FieldDifference[];
  };
  readonly seconds: number;
  readonly exitCode: number;
}

export interface RunListDocument {
  readonly runs: readonly {
    readonly run: string;
    readonly command: RunCommand;
    readonly status: RunStatus;
    readonly source: string;
    readonly account: string;
    /** Who ran it. */
    readonly by: string | null;
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly balanced: boolean | null;
    readonly purgedAt: string | null;
  }[];
  readonly total: number;
}

export interface InspectDocument {
  readonly adapter: string;
  readonly confidence: number;
  readonly reason: string;
  /** Of the first file. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** The files that are read, and how each is written; null where the format leaves nothing to find out. */
  readonly files: readonly {
    readonly name: string;
    readonly entity: string | null;
    readonly encoding: string | null;
    readonly encodingCertain: boolean;
    readonly delimiter: string | null;
    readonly delimiterCertain: boolean;
    readonly headerLine: number | null;
  }[];
  /** The files that are not read. */
  readonly beside: readonly string[];
  readonly entities: Readonly<
    Record<
      string,
      {
        readonly records: number;
        readonly active: number;
        readonly deleted: number;
        readonly fields: readonly {
          readonly name: string;
          readonly filled: number;
          readonly examples: readonly string[];
        }[];
      }
    >
  >;
  readonly warnings: readonly string[];
}

/** Everything a report shows: the run, and its verification when there was one. */
export interface ReportDocument {
  readonly run: RunDocument;
  readonly verification: VerifyDocument | null;
}

/** What withdraws a listing, or would: its record is not in the feed, or the filters of the feed exclude it. */
export type WithdrawalReason = 'absent' | 'excluded';

/** What was to be withdrawn and what became of it, in rows of the CRM. */
export interface WithdrawalDocument {
  /** Rows that were there before; of a feed, its listings that are on offer. */
  readonly known: number;
  /** Whose records the input does not hold. */
  readonly absent: number;
  /** Whose records the filters of the feed exclude by now. */
  readonly excluded: number;
  readonly withdrawn: number;
  /** Wait for a person. */
  readonly held: number;
  /** Stay as they are, for the feed's removal policy says so. */
  readonly ignored: number;
  /** The guards that hold some of them. */
  readonly guards: readonly GuardDocument[];
}

/** A limit that is exceeded: see docs/feeds.md. */
export type GuardDocument = Exceeded;

export type SyncReason = 'manual' | 'schedule';

/**
 * `unchanged`: the body is the one that was synced last; `previewed`: the feed is a draft; `synced`: the CRM holds what
 * the feed offers, but for what is held.
 */
export type SyncOutcome =
  'running' | 'interrupted' | 'unchanged' | 'previewed' | 'synced' | 'failed';

/** One line of the history of a feed. */
export interface FeedSyncEntry {
  readonly sync: string;
  readonly reason: SyncReason;
  readonly outcome: SyncOutcome;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly seconds: number | null;
  /** The run whose report says the rest: see `report`. */
  readonly run: string | null;
  readonly body: InputDocument | null;
  /** Where the body is kept, as long as it is. */
  readonly bodyPath: string | null;
  /** Of listings. */
  readonly fates: FateCounts | null;
  readonly withdrawal: WithdrawalDocument | null;
  readonly error: string | null;
  readonly hint: string | null;
  /** Whether the failure may pass by itself. */
  readonly retriable: boolean | null;
  readonly exitCode: number | null;
}

/** `feed sync`. */
export interface FeedSyncDocument extends FeedSyncEntry {
  readonly command: 'feed sync';
  /** Id of the feed. */
  readonly feed: string;
  readonly name: string;
  readonly account: string;
  /** What was read, planned and written; null where the body was unchanged. */
  readonly report: RunDocument | null;
  /** 1 where withdrawals are held or rejects are beyond the budget. */
  readonly exitCode: number;
}

/**
 * The worst that there is to say of a feed: `failing`, its last sync failed; `held`, withdrawals wait for a person;
 * `stale`, its last success is too long ago; `new`, it was never synced.
 */
export type FeedState = 'failing' | 'held' | 'stale' | 'new' | 'ok';

/** `feed add`, `feed show`, `feed edit`, `feed remove`. */
export interface FeedDocument {
  /** Id of the feed. */
  readonly feed: string;
  readonly name: string;
  readonly account: string;
  /** Its name in the id map. */
  readonly system: string;
  readonly settings: FeedSettings;
  /** Name of the partner relation. */
  readonly partner: string | null;
  readonly state: FeedState;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly removedAt: string | null;
  /** The newest sync that came to an end. */
  readonly lastSync: FeedSyncEntry | null;
  readonly lastSuccessAt: string | null;
  /** Syncs that failed one after the other, up to now. */
  readonly failures: number;
  readonly listings: {
    readonly onOffer: number;
    readonly withdrawn: number;
    readonly held: number;
  };
}

/** `feed list`. */
export interface FeedListDocument {
  readonly feeds: readonly FeedDocument[];
  /** 1 where a feed is failing, held or stale. */
  readonly exitCode: number;
}

/** `feed history`. */
export interface FeedHistoryDocument {
  readonly feed: string;
  readonly name: string;
  /** Newest first. */
  readonly syncs: readonly FeedSyncEntry[];
  readonly total: number;
}

/** A withdrawal that waits for a person. */
export interface HeldWithdrawal {
  /** Id of the listing in the CRM. */
  readonly id: string;
  readonly reference: string | null;
  readonly sourceId: string;
  readonly town: string | null;
  readonly price: string | null;
  readonly reason: WithdrawalReason;
  /** The guard that holds it. */
  readonly guard: GuardDocument['guard'];
  readonly since: string;
  /** The run that held it last. */
  readonly run: string;
}

/** `feed held`. */
export interface FeedHeldDocument {
  readonly feed: string;
  readonly name: string;
  readonly held: readonly HeldWithdrawal[];
  readonly total: number;
  readonly exitCode: number;
}

/** `feed approve`. */
export interface FeedApproveDocument {
  readonly feed: string;
  readonly name: string;
  readonly withdrawn: number;
  /** Still waiting. */
  readonly held: number;
  /** The run that withdrew them, which `rollback` undoes; null where there was none. */
  readonly run: string | null;
}

/** When each feed of every account is to be synced: what the worker goes by. */
/** `worker`: how many syncs it made. */
export interface FeedWorkDocument {
  readonly command: 'worker';
  readonly synced: number;
  readonly failed: number;
  readonly exitCode: number;
}

export interface FeedScheduleDocument {
  readonly feeds: readonly {
    readonly feed: string;
    readonly name: string;
    /** Slug. */
    readonly account: string;
    readonly schedule: FeedSettings['schedule'];
    readonly lastSyncAt: string | null;
  }[];
}
