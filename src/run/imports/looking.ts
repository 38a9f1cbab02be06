import { NotReadyError } from '../../model/errors.ts';
import { duplicatesOf } from '../duplicates.ts';
import { columnsDocument, systemColumns } from './columns.ts';
import type { ImportUseCases } from './contract.ts';
import { choicesOf } from './edits.ts';
import { decisionsOf, find, translated, type Found } from './found.ts';
import { assertShown, countsOf, rowsOf, type Shown } from './preview.ts';
import { readingOf } from './reading.ts';
import { anyTable } from './source.ts';
import { runOf } from './state.ts';
import { editsOf } from './store.ts';
import { studyOf } from './study.ts';
import { columnsOf } from './translation.ts';
import { valuesDocument } from './values.ts';
import type { Workshop } from './workshop.ts';

/** Looking at an import: how it is read, its columns and values, and what was found when it was checked. */
export function looking(
  workshop: Workshop,
): Pick<ImportUseCases, 'reading' | 'columns' | 'values' | 'counts' | 'rows' | 'duplicates'> {
  return {
    reading: async (id) => readingOf(workshop, (await find(workshop, id)).one),
    columns: async (id) => {
      const found = await find(workshop, id);
      const decisions = await decisionsOf(workshop, found);
      const { ready, study, translation } = await translated(workshop, found, decisions);
      await ready.opened.close();
      if (found.one.system !== anyTable) return systemColumns(decisions, study, translation);
      const columns = await columnsOf(decisions, study);
      return columnsDocument(decisions, study, columns, translation);
    },
    values: async (id) => {
      const found = await find(workshop, id);
      const { version, system } = found.one;
      if (system !== anyTable) return { version, columns: [] };
      const decisions = await decisionsOf(workshop, found);
      const study = await studyOf(workshop, found.one);
      return valuesDocument(found.database, found.account.id, {
        version,
        study,
        columns: await columnsOf(decisions, study),
        person: decisions.choices.values,
        profile: decisions.profile?.choices.values ?? {},
      });
    },
    counts: async (id, filter) => {
      const found = await find(workshop, id);
      const shown = await shownOf(found);
      await assertShown(found.database, shown.run);
      // A plan does not change; only corrections do.
      const version = filter.corrected === true ? found.one.version : 0;
      const key = JSON.stringify([shown.run.id, filter, version]);
      return workshop.memory.counts.get(key, () => countsOf(found.database, shown, filter));
    },
    rows: async (id, filter, page) => {
      const found = await find(workshop, id);
      const shown = await shownOf(found);
      if (shown.run.document !== null) await assertShown(found.database, shown.run);
      return rowsOf(workshop, found.database, shown, filter, page);
    },
    duplicates: async (id, { offset, limit }) => {
      const found = await find(workshop, id);
      const { run } = await shownOf(found);
      const { total, pairs } = await duplicatesOf(found.database, run.no, offset + limit);
      return { total, pairs: pairs.slice(offset) };
    },
  };
}

/** The run that has checked an import, and the corrections that stand. Throws NotReadyError where none has. */
async function shownOf({ database, account, one }: Found): Promise<Shown> {
  const run = await runOf(database, one);
  if (run === undefined)
    throw new NotReadyError('Nothing is checked yet.', {
      hint: 'Check the file; nothing is saved by it.',
    });
  const edits = await editsOf(database, account.id, one.id);
  return { run, corrections: choicesOf(edits).corrections };
}
