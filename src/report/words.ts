// The names of tables and fates as people read them.
import type { Fate } from '../model/fate.ts';
import type { LeftRow, RunStatus } from '../run/documents.ts';

/** A table or source entity as a heading: `property_images` → `Property images`. */
export function titleOfEntity(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What each fate means, as the second half of a sentence that begins with the fate. */
export const meaningOfFate: Readonly<Record<Fate, string>> = {
  created: 'is a new row of the CRM',
  updated: 'changed a row that the CRM already had',
  unchanged: 'was in the CRM already, exactly so',
  retired: 'is in the CRM but no longer in the source, and was withdrawn',
  duplicate: 'stands for the same row as another record, and is there once',
  excluded: 'was left out on purpose, by a rule of the mapping',
  parked: 'waits for a record that it belongs to and that has not arrived',
  rejected: 'could not come in; the reason is given',
};

/** What the state of a run means. */
export const meaningOfStatus: Readonly<Record<RunStatus, string>> = {
  planned: 'planned: nothing is written yet',
  running: 'running',
  interrupted: 'interrupted: at most a part is written',
  complete: 'complete',
  failed: 'failed',
  'rolling-back': 'being undone: a part is taken back',
  'rolled-back': 'rolled back',
};

/** Why a rollback leaves a row as it is. */
export const reasonToStay: Readonly<Record<LeftRow['reason'], string>> = {
  edited: 'edited in the CRM since',
  depended: 'other rows refer to it',
  'parent-gone': 'a row that it referred to before is no longer there',
  gone: 'deleted in the CRM since',
  taken: 'its unique value belongs to another row by now',
};
