import type { Database } from '../../database/contract.ts';
import {
  BusyError,
  MappingError,
  MigrationError,
  NotReadyError,
  SourceError,
  TargetError,
  UsageError,
} from '../../model/errors.ts';
import { executeTranslated } from '../execution.ts';
import { importPlan } from '../import-plan.ts';
import { adapterNamed } from '../source.ts';
import { findRun, type Account, type StoredRun } from '../store.ts';
import type { RowKind } from '../contract.ts';
import type { DuplicatePair, RunDocument } from '../documents.ts';
import { duplicatesOf } from '../duplicates.ts';
import { dropStaging } from '../../staging/tables.ts';
import { columnsDocument, systemColumns } from './columns.ts';
import type {
  ColumnsDocument,
  CountsDocument,
  EffectDocument,
  FailureDocument,
  ImportChange,
  ImportDocument,
  ImportListDocument,
  ProfileDocument,
  ReadingDocument,
  RowFilter,
  RowsDocument,
  StoredProfile,
  ValuesDocument,
} from './contract.ts';
import { choicesOf, type Edit, type EditListDocument, type MadeEdit } from './edits.ts';
import { effectOf } from './effect.ts';
import { assertShown, countsOf, rowsOf, type Shown } from './preview.ts';
import {
  findProfile,
  inNamesOf,
  noteUse,
  profileFor,
  profilesOf,
  removeProfile,
  saveProfile,
} from './profiles.ts';
import { headersOf, lookAtFile, readingOf } from './reading.ts';
import { anyTable, fileOf, openImport, sourceRequest } from './source.ts';
import { importDocument, runOf, stateOf } from './state.ts';
import {
  deleteImport,
  editsOf,
  findImport,
  insertEdit,
  insertImport,
  listImports,
  noteFailure,
  notePreviewed,
  noteRun,
  takeBack,
  updateImport,
  type StoredImport,
} from './store.ts';
import { studyOf } from './study.ts';
import {
  columnsOf,
  kindOf,
  requirementsOf,
  translateImport,
  type Decisions,
} from './translation.ts';
import { keepUpload, removeUpload, type Upload } from './upload.ts';
import { valuesDocument } from './values.ts';
import type { Workshop } from './workshop.ts';

/** What becomes of a step, with the import after it and what a correction does. */
export interface EditResult {
  readonly import: ImportDocument;
  readonly edit: MadeEdit;
  readonly effect: EffectDocument | null;
}

/** Everything that can be asked about imports that are put together on a page, all within one account. */
export interface ImportUseCases {
  list(page: { readonly offset: number; readonly limit: number }): Promise<ImportListDocument>;
  create(request: {
    readonly kind: RowKind | null;
    readonly system: string | null;
  }): Promise<ImportDocument>;
  show(id: string): Promise<ImportDocument>;
  change(id: string, change: ImportChange): Promise<ImportDocument>;
  discard(id: string): Promise<void>;
  receive(id: string, upload: Upload): Promise<ImportDocument>;
  reading(id: string): Promise<ReadingDocument>;
  columns(id: string): Promise<ColumnsDocument>;
  values(id: string): Promise<ValuesDocument>;
  edits(id: string): Promise<EditListDocument>;
  makeEdit(id: string, edit: Edit, ifVersion: number | undefined): Promise<EditResult>;
  tryEdit(id: string, edit: Edit): Promise<EffectDocument>;
  undoEdit(id: string, no: number): Promise<EditResult>;
  /** Checks every row: stages and plans the import. Rejects where that cannot be done, and notes why. */
  check(id: string): Promise<RunDocument>;
  /** Imports exactly the plan that was checked. Throws NotReadyError where there is none, or it is outdated. */
  apply(id: string): Promise<RunDocument>;
  /** Throws where `check` or `apply` would at once. */
  assertReady(id: string, what: 'check' | 'apply'): Promise<void>;
  counts(id: string, filter: RowFilter): Promise<CountsDocument>;
  rows(
    id: string,
    filter: RowFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<RowsDocument>;
  duplicates(
    id: string,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly total: number; readonly pairs: readonly DuplicatePair[] }>;
  saveProfile(id: string, name: string): Promise<ProfileDocument>;
  profiles(): Promise<readonly ProfileDocument[]>;
  removeProfile(id: string): Promise<void>;
  /** Whether the import of a run repeats what its preview showed; null where there is nothing to compare. */
  asPreviewed(run: RunDocument): Promise<boolean | null>;
  /** Ids of the imports of runs, by run. */
  ofRuns(runs: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The use cases of imports in the account of a workshop. */
export function importUseCases(workshop: Workshop): ImportUseCases {
  const { session, by } = workshop;
  const { environment } = session;

  const open = async (): Promise<{ database: Database; account: Account }> => ({
    database: await session.database(),
    account: await session.account(),
  });

  const find = async (id: string): Promise<Found> => {
    const { database, account } = await open();
    return { database, account, one: await findImport(database, account.id, id) };
  };

  const decisionsOf = async ({ database, account, one }: Found): Promise<Decisions> => {
    const edits = await editsOf(database, account.id, one.id);
    const profile =
      one.profileId === null
        ? undefined
        : await findProfile(database, account.id, one.profileId).catch(() => undefined);
    const headers = profile === undefined ? [] : await headersOf(workshop, one);
    return {
      one,
      choices: choicesOf(edits),
      profile: profile && inNamesOf(profile, headers),
    };
  };

  const documentOf = async ({ database, account, one }: Found): Promise<ImportDocument> => {
    const edits = await editsOf(database, account.id, one.id);
    const profile =
      one.profileId === null
        ? undefined
        : await findProfile(database, account.id, one.profileId).catch(() => undefined);
    const headers = profile === undefined ? [] : await headersOf(workshop, one).catch(() => []);
    return importDocument(one, await runOf(database, one), {
      edits: edits.filter(({ undoneAt }) => undoneAt === null).length,
      profile,
      headers,
    });
  };

  const show = async (id: string): Promise<ImportDocument> => documentOf(await find(id));

  /** The import opened, translated as it stands; the caller closes the source. */
  const translated = async (found: Found, decisions: Decisions) => {
    const ready = await openImport(workshop, found.one, decisions.choices);
    try {
      const study = await studyOf(workshop, found.one);
      const { signal } = environment;
      const translation = await translateImport(ready, decisions, study, {
        account: found.account.defaults,
        signal,
      });
      return { ready, study, translation };
    } catch (cause) {
      await ready.opened.close();
      throw cause;
    }
  };

  const shownOf = async ({ database, account, one }: Found): Promise<Shown> => {
    const run = await runOf(database, one);
    if (run === undefined)
      throw new NotReadyError('Nothing is checked yet.', {
        hint: 'Check the file; nothing is saved by it.',
      });
    const edits = await editsOf(database, account.id, one.id);
    return { run, corrections: choicesOf(edits).corrections };
  };

  const effect = async (
    found: Found,
    edit: Edit,
    edits: readonly MadeEdit[],
  ): Promise<EffectDocument | null> => {
    if (edit.kind !== 'cell' && edit.kind !== 'equal') return null;
    const run = await runOf(found.database, found.one);
    if (run === undefined) return null;
    await assertShown(found.database, run);
    const decisions = await decisionsOf(found);
    const { memory } = workshop;
    const key = JSON.stringify([found.one.id, found.one.version]);
    const mappings = await memory.mappings.get(key, async () => {
      const { ready, translation } = await translated(found, decisions);
      await ready.opened.close();
      return translation.translation.mappings;
    });
    const [correction] = choicesOf([{ edit, undoneAt: null }]).corrections;
    if (correction === undefined) return null;
    const before = choicesOf(edits).corrections;
    return effectOf(found.database, run, mappings, { before, correction });
  };

  /** Whether an edit names a column that the file has. */
  const assertColumn = async ({ one }: Found, { column }: Edit): Promise<void> => {
    const { table } = await studyOf(workshop, one);
    if (table.columns.some(({ name }) => name === column)) return;
    throw new UsageError(`The file has no column "${column}".`, {
      hint: `Its columns are ${table.columns
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 500)}.`,
    });
  };

  const receive = async (id: string, upload: Upload): Promise<ImportDocument> => {
    const found = await find(id);
    await assertNotBusy(found);
    const kept = await keepUpload(workshop.uploads, found.one.id, upload);
    if (found.one.file !== null && found.one.file.path !== kept.path)
      await removeUpload(found.one.file);
    const { database, account } = found;
    const now = environment.now();
    const file = { ...kept, detected: null };
    const bare: StoredImport = { ...found.one, file, reading: {} };
    const look = await lookAtFile(workshop, bare).catch(() => ({
      system: anyTable,
      kind: found.one.kind,
    }));
    const system = found.one.system ?? look.system;
    const seen = { ...bare, system, kind: found.one.kind ?? look.kind };
    const headers = system === anyTable ? await headersOf(workshop, seen).catch(() => []) : [];
    const profile = profileFor(await profilesOf(database, account.id), headers, found.one.kind);
    for (const kind of ['cell', 'equal']) await takeBack(database, account.id, id, { kind }, now);
    await updateImport(database, account.id, id, {
      now,
      file: { ...file, detected: look.system },
      reading: {},
      system,
      kind: profile?.kind ?? seen.kind,
      profileId: profile?.id ?? null,
      profileRecognised: profile !== undefined,
    });
    return show(id);
  };

  const assertNotBusy = async ({ database, one }: Found): Promise<void> => {
    const run = await runOf(database, one);
    if (run?.status !== 'running') return;
    throw new BusyError('This import is being worked on.', {
      hint: 'Wait until it has ended, or stop it.',
    });
  };

  const assertOpen = ({ one }: Found, run: StoredRun | undefined): void => {
    const state = stateOf(one, run);
    if (!['importing', 'interrupted', 'imported', 'undoing', 'undone'].includes(state)) return;
    throw new NotReadyError(`This import is ${state}; it cannot be changed any more.`, {
      hint: 'Begin another one.',
    });
  };

  const change = async (id: string, asked: ImportChange): Promise<ImportDocument> => {
    const found = await find(id);
    await assertNotBusy(found);
    const { database, account, one } = found;
    assertOpen(found, await runOf(database, one));
    const now = environment.now();
    const { kind, system, reading, requirements, profile, ifVersion } = asked;
    if (system !== undefined && system !== null) adapterNamed(session.adapters, system);
    if (profile !== undefined && profile !== null) await findProfile(database, account.id, profile);
    const chosen = profile == null ? undefined : await findProfile(database, account.id, profile);
    const next: StoredImport = {
      ...one,
      ...(reading === undefined ? {} : { reading: { ...one.reading, ...reading } }),
      ...(system === undefined ? {} : { system }),
      ...(kind === undefined ? {} : { kind }),
    };
    // What cannot be read like this is refused before it is kept.
    if ((reading !== undefined || system !== undefined) && one.file !== null)
      await readingOf(workshop, next);
    await updateImport(database, account.id, id, {
      now,
      ifVersion,
      ...(kind === undefined ? {} : { kind }),
      ...(chosen === undefined ? {} : { kind: chosen.kind }),
      ...(system === undefined ? {} : { system: system ?? one.file?.detected ?? null }),
      ...(reading === undefined ? {} : { reading: next.reading }),
      ...(requirements === undefined ? {} : { requirements }),
      ...(profile === undefined ? {} : { profileId: profile, profileRecognised: false }),
    });
    // The numbers of the rows may be others now.
    if (reading !== undefined) await takeBack(database, account.id, id, { kind: 'cell' }, now);
    return show(id);
  };

  const makeEdit: ImportUseCases['makeEdit'] = async (id, edit, ifVersion) => {
    const found = await find(id);
    await assertNotBusy(found);
    const { database, account, one } = found;
    assertOpen(found, await runOf(database, one));
    await assertColumn(found, edit);
    const before = await editsOf(database, account.id, id);
    const done = await effect(found, edit, before).catch((cause: unknown) => {
      if (cause instanceof NotReadyError) return null;
      throw cause;
    });
    const now = environment.now();
    await updateImport(database, account.id, id, { now, ifVersion });
    const no = await insertEdit(database, account.id, id, { edit, by, now });
    return { import: await show(id), edit: await editNo(database, account, id, no), effect: done };
  };

  const editNo = async (
    database: Database,
    account: Account,
    id: string,
    no: number,
  ): Promise<MadeEdit> => {
    const edit = (await editsOf(database, account.id, id)).find((one) => one.no === no);
    if (edit === undefined) throw new UsageError(`There is no step ${String(no)}.`);
    return edit;
  };

  const check = async (id: string): Promise<RunDocument> => {
    const found = await find(id);
    const { database, account, one } = found;
    const run = environment.newId();
    await noteRun(database, account.id, { id, run, version: one.version });
    try {
      const decisions = await decisionsOf(found);
      const { ready, translation } = await translated(found, decisions);
      try {
        const document = await executeTranslated(session, 'preview', {
          id: run,
          account,
          translated: translation,
          browsable: true,
          request: {
            ...sourceRequest(one, decisions.choices),
            requirements: requirementsOf(one),
          },
        });
        await notePreviewed(database, account.id, id, countsByFate(document));
        if (one.runId !== null) await dropEarlier(database, one.runId);
        return document;
      } finally {
        await ready.opened.close();
      }
    } catch (cause) {
      await noteFailure(database, account.id, id, failureOf(cause)).catch(() => undefined);
      throw cause;
    }
  };

  const assertReady: ImportUseCases['assertReady'] = async (id, what) => {
    const found = await find(id);
    await assertNotBusy(found);
    const run = await runOf(found.database, found.one);
    if (what === 'check') {
      assertOpen(found, run);
      fileOf(found.one);
      if (found.one.system === anyTable) kindOf(found.one);
      return;
    }
    const state = stateOf(found.one, run);
    if (state === 'checked') return;
    throw new NotReadyError(
      state === 'outdated'
        ? run?.supersededBy == null
          ? 'Something was changed since the rows were checked.'
          : 'Another import has changed the CRM since the rows were checked.'
        : state === 'imported'
          ? 'This is imported already.'
          : 'The rows are not checked yet.',
      {
        hint: state === 'imported' ? 'See its result.' : 'Check them, look at it, and import that.',
      },
    );
  };

  const apply = async (id: string): Promise<RunDocument> => {
    await assertReady(id, 'apply');
    const { database, account, one } = await find(id);
    try {
      const document = await importPlan(session, one.runId ?? '');
      if (one.profileId !== null)
        await noteUse(database, account.id, one.profileId, environment.now());
      return document;
    } catch (cause) {
      await noteFailure(database, account.id, id, failureOf(cause)).catch(() => undefined);
      throw cause;
    }
  };

  return {
    list: async (page) => {
      const { database, account } = await open();
      const { imports, total } = await listImports(database, account.id, page);
      const documents: ImportDocument[] = [];
      for (const one of imports) documents.push(await documentOf({ database, account, one }));
      return { imports: documents, total };
    },
    create: async ({ kind, system }) => {
      const { database, account } = await open();
      if (system !== null) adapterNamed(session.adapters, system);
      const id = environment.newId();
      await insertImport(database, account.id, {
        id,
        kind,
        system,
        createdBy: by,
        now: environment.now(),
      });
      return show(id);
    },
    show,
    change,
    discard: async (id) => {
      const found = await find(id);
      await assertNotBusy(found);
      const { database, account, one } = found;
      const run = await runOf(database, one);
      // What was imported can still be resumed and verified, for which its file is needed.
      const isOver = run === undefined || run.command === 'preview';
      await deleteImport(database, account.id, id);
      if (run !== undefined && isOver) await dropStaging(database, run.no);
      if (one.file !== null && isOver) await removeUpload(one.file);
    },
    receive,
    reading: async (id) => readingOf(workshop, (await find(id)).one),
    columns: async (id) => {
      const found = await find(id);
      const decisions = await decisionsOf(found);
      const { ready, study, translation } = await translated(found, decisions);
      await ready.opened.close();
      if (found.one.system !== anyTable) return systemColumns(decisions, study, translation);
      const columns = await columnsOf(decisions, study);
      return columnsDocument(decisions, study, columns, translation);
    },
    values: async (id) => {
      const found = await find(id);
      const decisions = await decisionsOf(found);
      if (found.one.system !== anyTable) return { version: found.one.version, columns: [] };
      const study = await studyOf(workshop, found.one);
      return valuesDocument(found.database, found.account.id, {
        version: found.one.version,
        study,
        columns: await columnsOf(decisions, study),
        person: decisions.choices.values,
        profile: decisions.profile?.choices.values ?? {},
      });
    },
    edits: async (id) => {
      const { database, account, one } = await find(id);
      return { version: one.version, edits: [...(await editsOf(database, account.id, id))] };
    },
    makeEdit,
    tryEdit: async (id, edit) => {
      const found = await find(id);
      await assertColumn(found, edit);
      const { database, account } = found;
      const done = await effect(found, edit, await editsOf(database, account.id, id));
      return done ?? { rows: 0, examples: [] };
    },
    undoEdit: async (id, no) => {
      const found = await find(id);
      await assertNotBusy(found);
      const { database, account, one } = found;
      assertOpen(found, await runOf(database, one));
      const edit = await editNo(database, account, id, no);
      if (edit.undoneAt === null) {
        const now = environment.now();
        await updateImport(database, account.id, id, { now });
        await takeBack(database, account.id, id, { no }, now);
      }
      return {
        import: await show(id),
        edit: await editNo(database, account, id, no),
        effect: null,
      };
    },
    check,
    apply,
    assertReady,
    counts: async (id, filter) => {
      const found = await find(id);
      const shown = await shownOf(found);
      await assertShown(found.database, shown.run);
      const key = JSON.stringify([
        shown.run.id,
        filter,
        filter.corrected === true ? found.one.version : 0,
      ]);
      return workshop.memory.counts.get(key, () => countsOf(found.database, shown, filter));
    },
    rows: async (id, filter, page) => {
      const found = await find(id);
      const shown = await shownOf(found);
      if (shown.run.document !== null) await assertShown(found.database, shown.run);
      return rowsOf(workshop, found.database, shown, filter, page);
    },
    duplicates: async (id, { offset, limit }) => {
      const found = await find(id);
      const { run } = await shownOf(found);
      const { total, pairs } = await duplicatesOf(found.database, run.no, offset + limit);
      return { total, pairs: pairs.slice(offset) };
    },
    saveProfile: async (id, name) => {
      const found = await find(id);
      const decisions = await decisionsOf(found);
      const kind = kindOf(found.one);
      const study = await studyOf(workshop, found.one);
      const columns = await columnsOf(decisions, study);
      const { database, account } = found;
      const saved = await saveProfile(database, account.id, {
        id: environment.newId(),
        name,
        kind,
        columns: columns.map(({ proposal }) => proposal.column),
        choices: {
          columns: Object.fromEntries(
            columns.map(({ proposal, use, field }) => [
              proposal.column,
              { field: field?.name ?? null, refuse: use === 'refused' },
            ]),
          ),
          values: merged(decisions.profile?.choices.values ?? {}, decisions.choices.values),
          forms: { ...decisions.profile?.choices.forms, ...decisions.choices.forms },
        },
        savedBy: by,
        now: environment.now(),
      });
      return profileDocument(await findProfile(database, account.id, saved));
    },
    profiles: async () => {
      const { database, account } = await open();
      return (await profilesOf(database, account.id)).map(profileDocument);
    },
    removeProfile: async (id) => {
      const { database, account } = await open();
      await removeProfile(database, account.id, id);
    },
    asPreviewed: async (document) => {
      const { database, account } = await open();
      const { rows } = await database.query(
        `SELECT id::text FROM migration.imports WHERE account_id = $1 AND run_id = $2`,
        [account.id, document.run],
      );
      if (rows[0] === undefined || document.status !== 'complete') return null;
      const { previewed } = await findImport(database, account.id, String(rows[0]['id']));
      if (previewed === null) return null;
      return sameCounts(previewed, countsByFate(document));
    },
    ofRuns: async (runs) => {
      const { database, account } = await open();
      const { rows } = await database.query(
        `SELECT run_id::text AS run, id::text FROM migration.imports WHERE account_id = $1 AND run_id::text = ANY($2)`,
        [account.id, [...runs]],
      );
      return new Map(rows.map(({ run, id }) => [String(run), String(id)]));
    },
  };
}

interface Found {
  readonly database: Database;
  readonly account: Account;
  readonly one: StoredImport;
}

/** A run that another one replaces: its staged rows will not be looked at again. */
async function dropEarlier(database: Database, id: string): Promise<void> {
  const earlier = await findRun(database, id).catch(() => undefined);
  if (earlier?.command === 'preview') await dropStaging(database, earlier.no);
}

const merged = (
  one: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
  other: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
): Record<string, Record<string, string | null>> =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      { ...one[name], ...other[name] },
    ]),
  );

const countsByFate = ({ records }: RunDocument): Record<string, Record<string, number>> =>
  Object.fromEntries(Object.entries(records).map(([name, { fates }]) => [name, { ...fates }]));

function sameCounts(
  one: Readonly<Record<string, Readonly<Record<string, number>>>>,
  other: Readonly<Record<string, Readonly<Record<string, number>>>>,
): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => {
    const [a, b] = [one[name] ?? {}, other[name] ?? {}];
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
      (fate) => (a[fate] ?? 0) === (b[fate] ?? 0),
    );
  });
}

const profileDocument = ({
  id,
  name,
  kind,
  columns,
  savedAt,
  savedBy,
  usedAt,
}: StoredProfile): ProfileDocument => ({ id, name, kind, columns, savedAt, savedBy, usedAt });

/** Why something came to nothing, to be kept and shown. */
function failureOf(cause: unknown): FailureDocument {
  if (!(cause instanceof MigrationError)) {
    return {
      code: 'broken',
      message: 'Something went wrong that should not have: this is a bug of ours.',
      hint: 'Try again; the cause is in the log of the server.',
    };
  }
  const code =
    cause instanceof BusyError
      ? 'busy'
      : cause instanceof SourceError
        ? 'source'
        : cause instanceof MappingError
          ? 'mapping'
          : cause instanceof TargetError
            ? 'database'
            : cause instanceof UsageError
              ? 'invalid'
              : 'broken';
  return { code, message: cause.message, hint: cause.hint ?? null };
}
