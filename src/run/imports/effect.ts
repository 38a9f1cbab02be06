import type { Database } from '../../database/contract.ts';
import { seal } from '../../adapter/seal.ts';
import type { MappingSet } from '../../mapping/contract.ts';
import type { Fields } from '../../model/record.ts';
import { countSelected, selectedRecords, type Selection } from '../../plan/pages.ts';
import { corrector, type Correction } from '../corrections.ts';
import { storedFields } from '../stored-records.ts';
import type { StoredRun } from '../store.ts';
import type { EffectDocument, RowIssueDocument } from './contract.ts';
import { cellText, issueDocument } from './preview.ts';

const mostExamples = 5;

/**
 * What a correction does on top of those that stand before it: how many rows it touches, and the first few, mapped by
 * themselves before and after.
 */
export async function effectOf(
  database: Database,
  run: StoredRun,
  mappings: MappingSet,
  {
    before,
    correction,
  }: { readonly before: readonly Correction[]; readonly correction: Correction },
): Promise<EffectDocument> {
  const selection = touchedBy(correction, before);
  const without = corrector(before);
  const within = corrector([...before, correction]);
  const { column } = correction;
  const records = await selectedRecords(database, run.no, selection, { offset: 0, limit: 50 });
  const examples = records.flatMap(({ record, entity, sourceId, line, fields: text }) => {
    const written = storedFields.parse(JSON.parse(text));
    const old = without(written, record) ?? written;
    const next = within(written, record) ?? written;
    const [was, is] = [cellOf(old, column), cellOf(next, column)];
    if (was === is) return [];
    const issuesOf = (fields: Fields): RowIssueDocument[] =>
      mappings
        .map(
          seal(
            {
              kind: 'record',
              file: run.inputs[0]?.name ?? '',
              record: { entity, sourceId, deleted: false, line: line ?? undefined, fields },
              issues: [],
            },
            record,
          ),
        )
        .issues.filter(({ field }) => field === undefined || field.split(', ').includes(column))
        .map(issueDocument);
    return {
      row: record,
      line,
      before: was,
      after: is,
      issuesBefore: issuesOf(old),
      issuesAfter: issuesOf(next),
    };
  });
  const rows =
    'row' in correction ? examples.length : await countSelected(database, run.no, selection);
  return { rows, examples: examples.slice(0, mostExamples) };
}

const cellOf = (fields: Fields, column: string): string => {
  const value = Object.hasOwn(fields, column) ? fields[column] : '';
  return typeof value === 'string' ? value : '';
};

/** The records that a correction is about: those that say so, and those that earlier corrections made say so. */
function touchedBy(correction: Correction, before: readonly Correction[]): Selection {
  if ('row' in correction) return { among: { records: [correction.row], texts: [] } };
  const { column, from } = correction;
  const made = before.filter((one) => one.column === column && one.to === from);
  const texts = new Set([
    cellText(column, from),
    ...made.flatMap((one) => ('row' in one ? [] : [cellText(column, one.from)])),
  ]);
  return {
    among: {
      records: made.flatMap((one) => ('row' in one ? [one.row] : [])),
      texts: [...texts],
    },
    ...(from === '' ? { lacking: column } : {}),
  };
}
