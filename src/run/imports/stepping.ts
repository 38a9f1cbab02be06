import type { Database } from '../../database/contract.ts';
import { NotReadyError, UsageError } from '../../model/errors.ts';
import type { Account } from '../store.ts';
import type { EffectDocument, ImportUseCases } from './contract.ts';
import { choicesOf, type Edit, type MadeEdit } from './edits.ts';
import { effectOf } from './effect.ts';
import {
  assertNotBusy,
  assertOpen,
  decisionsOf,
  find,
  show,
  translated,
  type Found,
} from './found.ts';
import { assertShown } from './preview.ts';
import { runOf } from './state.ts';
import { editsOf, insertEdit, takeBack, updateImport } from './store.ts';
import { studyOf } from './study.ts';
import type { Workshop } from './workshop.ts';

/** The steps of a person: made, tried, and taken back. */
export function stepping(
  workshop: Workshop,
): Pick<ImportUseCases, 'edits' | 'makeEdit' | 'tryEdit' | 'undoEdit'> {
  const { session, by } = workshop;
  const { environment } = session;
  return {
    edits: async (id) => {
      const { database, account, one } = await find(workshop, id);
      return { version: one.version, edits: [...(await editsOf(database, account.id, id))] };
    },
    makeEdit: async (id, edit, ifVersion) => {
      const found = await find(workshop, id);
      assertOpen(found, await assertNotBusy(found));
      await assertColumn(workshop, found, edit);
      const { database, account } = found;
      const before = await editsOf(database, account.id, id);
      const effect = await effectIn(workshop, found, edit, before).catch((cause: unknown) => {
        // Nothing is checked yet, so there is nothing to compare with.
        if (cause instanceof NotReadyError) return null;
        throw cause;
      });
      const now = environment.now();
      await updateImport(database, account.id, id, { now, ifVersion });
      const no = await insertEdit(database, account.id, id, { edit, by, now });
      const made = await editNo(database, account, id, no);
      return { import: await show(workshop, id), edit: made, effect };
    },
    tryEdit: async (id, edit) => {
      const found = await find(workshop, id);
      await assertColumn(workshop, found, edit);
      const edits = await editsOf(found.database, found.account.id, id);
      return (await effectIn(workshop, found, edit, edits)) ?? { rows: 0, examples: [] };
    },
    undoEdit: async (id, no) => {
      const found = await find(workshop, id);
      assertOpen(found, await assertNotBusy(found));
      const { database, account } = found;
      if ((await editNo(database, account, id, no)).undoneAt === null) {
        const now = environment.now();
        await updateImport(database, account.id, id, { now });
        await takeBack(database, account.id, id, { no }, now);
      }
      const edit = await editNo(database, account, id, no);
      return { import: await show(workshop, id), edit, effect: null };
    },
  };
}

/** What a correction does to the rows that were checked; null for another step, or where nothing was. */
async function effectIn(
  workshop: Workshop,
  found: Found,
  edit: Edit,
  edits: readonly MadeEdit[],
): Promise<EffectDocument | null> {
  const [correction] = choicesOf([{ edit, undoneAt: null }]).corrections;
  const run = await runOf(found.database, found.one);
  if (correction === undefined || run === undefined) return null;
  await assertShown(found.database, run);
  const decisions = await decisionsOf(workshop, found);
  const key = JSON.stringify([found.one.id, found.one.version]);
  const mappings = await workshop.memory.mappings.get(key, async () => {
    const { ready, translation } = await translated(workshop, found, decisions);
    await ready.opened.close();
    return translation.translation.mappings;
  });
  const before = choicesOf(edits).corrections;
  return effectOf(found.database, run, mappings, { before, correction });
}

/** Throws UsageError for a step about a column that the file does not have. */
async function assertColumn(workshop: Workshop, { one }: Found, { column }: Edit): Promise<void> {
  const { table } = await studyOf(workshop, one);
  const names = table.columns.map(({ name }) => name);
  if (names.includes(column)) return;
  throw new UsageError(`The file has no column "${column}".`, {
    hint: `Its columns are ${names.join(', ').slice(0, 500)}.`,
  });
}

async function editNo(
  database: Database,
  account: Account,
  id: string,
  no: number,
): Promise<MadeEdit> {
  const edit = (await editsOf(database, account.id, id)).find((one) => one.no === no);
  if (edit === undefined) throw new UsageError(`There is no step ${String(no)}.`);
  return edit;
}
