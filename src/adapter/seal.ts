import { nameText } from '../model/name-text.ts';
import type { SourceRecord } from '../model/record.ts';
import type { SourceEvent } from './contract.ts';

/** A record as an adapter reads it, with the issues found on the way. */
export type RecordEvent = Extract<SourceEvent, { kind: 'record' }>;

/**
 * Closes the envelope of a record: adds its place in the run, makes its names fit for keys, and freezes it and its fields. Values below are
 * read-only by type; freezing every list and group of every record took a tenth of the time of an import.
 */
export function seal(event: RecordEvent, ordinal: number): SourceRecord {
  Object.freeze(event.record.fields);
  const { entity, sourceId, ...rest } = event.record;
  return Object.freeze({
    ...rest,
    entity: nameText(entity),
    sourceId: nameText(sourceId),
    file: event.file,
    ordinal,
  });
}
