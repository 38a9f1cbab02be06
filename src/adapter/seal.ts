import type { SourceRecord } from '../model/record.ts';
import type { SourceEvent } from './contract.ts';

/** A record as an adapter reads it, with the issues found on the way. */
export type RecordEvent = Extract<SourceEvent, { kind: 'record' }>;

/** Closes the envelope of a record: adds its place in the run and freezes it, with all it holds. */
export function seal(event: RecordEvent, ordinal: number): SourceRecord {
  return frozen({ ...event.record, file: event.file, ordinal });
}

function frozen<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) frozen(part);
  }
  return Object.freeze(value);
}
