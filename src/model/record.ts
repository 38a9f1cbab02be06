/**
 * A value as the source wrote it: text, an absence, a list or a named group. Numbers and booleans of
 * JSON are the text of their literals (`1.10`, `true`), so that no parser decides a type.
 */
export type Value = string | null | readonly Value[] | { readonly [name: string]: Value };

/** The fields of one source record, by the names of the source. */
export type Fields = Readonly<Record<string, Value>>;

/**
 * What an adapter reads of one record: who it is and what it says. `sourceId` comes from the data and
 * is never a row number; `line` counts from 1.
 */
export interface ReadRecord {
  readonly entity: string;
  readonly sourceId: string;
  readonly deleted: boolean;
  readonly line: number | undefined;
  readonly fields: Fields;
  /** IANA zone in which the source writes its local times, where the source says so. */
  readonly timezone?: string;
}

/** The closed envelope of a record, with its place in the run (`ordinal` counts from 0). */
export interface SourceRecord extends ReadRecord {
  readonly file: string;
  readonly ordinal: number;
}
