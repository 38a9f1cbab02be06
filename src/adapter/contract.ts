import type * as z from 'zod';
import type { Issue } from '../model/issue.ts';
import type { Fields, ReadRecord } from '../model/record.ts';

/** One file of the input. It can be opened again and again, and each time gives the same bytes. */
export interface SourceFile {
  /** Name for people: the path as given, or the path inside an archive. */
  readonly name: string;
  /** The sheet of a workbook that this is: its bytes are a CSV file in UTF-8 with commas, and its lines are its rows. */
  readonly sheet?: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What one run reads: one file, or several that belong together. */
export interface SourceInput {
  readonly files: readonly SourceFile[];
}

/** How sure an adapter is that a file is of its format; `confidence` from 0 (not at all) to 1. */
export interface Detection {
  readonly confidence: number;
  /** Why, in words: "root element <kyero>". */
  readonly reason: string;
}

/** What an adapter reads: a record with what was found about it, or a finding about the document. */
export type SourceEvent =
  | {
      readonly kind: 'record';
      readonly file: string;
      readonly record: ReadRecord;
      readonly issues: readonly Issue[];
      /** What the source says, where a person has corrected the record. */
      readonly written?: Fields;
    }
  | { readonly kind: 'issue'; readonly issue: Issue };

/** How many there are that are not deleted, and how many that are. */
export interface SplitCount {
  readonly active: number;
  readonly deleted: number;
}

/** Counts taken without the adapter's reader: active and deleted, and both again for each value of a dimension. */
export interface BaselineCount extends SplitCount {
  /** For example `{ status: { new: { active: 3, deleted: 0 } }, year: { '2024': { active: 2, deleted: 1 } } }`. */
  readonly by: Readonly<Record<string, Readonly<Record<string, SplitCount>>>>;
}

/** Baseline counts per source entity. */
export type BaselineCounts = Readonly<Record<string, BaselineCount>>;

/** What a field of a source holds; for mapping checks, coverage and the mapping page. */
export interface SourceField {
  /** A list of values, or of groups with the fields `of`. */
  readonly list?: boolean;
  /** Fields of a group, or of each group of a list. A group whose names are data (languages) has none. */
  readonly of?: Readonly<Record<string, SourceField>>;
  /** The source entity whose id this holds. */
  readonly refersTo?: string;
  readonly about?: string;
}

/** One kind of record of a source. */
export interface SourceEntity {
  /** The field that holds the record's id, where it is one field. */
  readonly id?: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, SourceField>>;
}

/** A record that did not come in, with the reason in words. */
export interface RejectedRecord {
  readonly record: ReadRecord;
  readonly fate: 'rejected' | 'parked';
  readonly reason: string;
}

/** Writes rejected records in the shape of the source, so that they can be corrected and read again. */
export interface RejectsWriter {
  /** Ending of the file's name: json, xml, csv. */
  readonly ending: string;
  /** The records can be gone through more than once. */
  write(records: AsyncIterable<RejectedRecord>): AsyncIterable<string>;
}

/** How a table is written, and what its rows are, as far as its beginning tells. */
export interface TableFacts {
  /** Absent in a file whose rows say themselves what they are. */
  readonly entity: string | undefined;
  readonly encoding: string;
  readonly encodingCertain: boolean;
  readonly delimiter: string;
  readonly delimiterCertain: boolean;
  /** From 1. */
  readonly headerLine: number;
  /** Names of the fields that its columns give, in their order. */
  readonly columns: readonly string[];
}

/** Knows one source system: recognises its files and streams their records; knows nothing of the CRM. */
export interface SourceAdapter<Options = unknown> {
  readonly name: string;
  readonly title: string;
  readonly options: z.ZodType<Options>;
  readonly entities: Readonly<Record<string, SourceEntity>>;
  /** The source may have further entities and fields, whose names are data: mappings are not checked against them. */
  readonly open?: boolean;
  /** Pure, on the first 64 KiB of one file. */
  detect(head: Uint8Array, fileName: string): Detection | undefined;
  /** Of a format whose files are written in different ways: how this one is. */
  describe?(file: SourceFile, options: Options, signal: AbortSignal): Promise<TableFacts>;
  /** Streams the records in file order. Throws SourceError with the position for a truncated or wrong file. */
  read(input: SourceInput, options: Options, signal: AbortSignal): AsyncIterable<SourceEvent>;
  /** Counts by another path than `read`. */
  count(input: SourceInput, options: Options, signal: AbortSignal): Promise<BaselineCounts>;
  /** The values by which `count` splits a record, by dimension, from what `read` gives of it; none where it is absent. */
  splits?(record: ReadRecord): Readonly<Record<string, string>>;
  /** Records arrive by entity. The same adapter reads the file that comes out. */
  readonly rejects: RejectsWriter;
}
