import { NotReadyError } from '../../model/errors.ts';
import type { SourceRequest } from '../contract.ts';
import { openSource, type ReadySource } from '../source-of-run.ts';
import type { Choices } from './edits.ts';
import type { StoredFile, StoredImport } from './store.ts';
import { surroundingsOf, type Workshop } from './workshop.ts';

/** The adapter of tables whose columns a person matches. */
export const anyTable = 'csv';

/** The adapter of the CRM's own templates: on a page their columns are matched like those of any table. */
export const templates = 'tesoro';

/** The file of an import. Throws NotReadyError where none was sent. */
export function fileOf({ file }: StoredImport): StoredFile {
  if (file !== null) return file;
  throw new NotReadyError('There is no file yet.', { hint: 'Choose a file first.' });
}

/** What is asked of the reader of an import. */
export function sourceRequest(
  one: StoredImport,
  { corrections }: Pick<Choices, 'corrections'> = { corrections: [] },
): SourceRequest {
  const { reading, system, kind } = one;
  const isTable = system === anyTable;
  return {
    inputs: [fileOf(one).path],
    names: [fileOf(one).name],
    ...(system === null ? {} : { source: system }),
    ...(isTable && kind !== null ? { as: kind } : {}),
    ...(reading.sheet == null ? {} : { sheet: reading.sheet }),
    ...(reading.encoding == null ? {} : { encoding: reading.encoding }),
    ...(reading.delimiter == null ? {} : { delimiter: reading.delimiter }),
    ...(reading.headerLine == null ? {} : { headerLine: reading.headerLine }),
    ...(corrections.length === 0 ? {} : { corrections }),
  };
}

/** Opens the file of an import; the caller closes `opened`. */
export const openImport = (
  workshop: Workshop,
  one: StoredImport,
  choices?: Pick<Choices, 'corrections'>,
): Promise<ReadySource> => openSource(surroundingsOf(workshop), sourceRequest(one, choices));

/** What the reading of an import depends on, as a key. */
export const readingKey = (one: StoredImport): string =>
  JSON.stringify([one.id, fileOf(one).sha256, one.system, one.kind, one.reading]);
