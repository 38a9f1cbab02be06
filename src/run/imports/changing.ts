import { dropStaging } from '../../staging/tables.ts';
import { adapterNamed } from '../source.ts';
import type { ImportUseCases } from './contract.ts';
import { assertNotBusy, assertOpen, documentOf, find, show, type Found } from './found.ts';
import { findProfile, profileFor, profilesOf } from './profiles.ts';
import { headersOf, lookAtFile, readingOf } from './reading.ts';
import { anyTable } from './source.ts';
import { runOf } from './state.ts';
import {
  deleteImport,
  insertImport,
  listImports,
  takeBack,
  updateImport,
  type StoredFile,
  type StoredImport,
} from './store.ts';
import { keepUpload, removeUpload } from './upload.ts';
import type { Workshop } from './workshop.ts';

type Changing = Pick<ImportUseCases, 'list' | 'create' | 'show' | 'change' | 'discard' | 'receive'>;

/** Imports as such: begun, given a file, read otherwise, and removed. */
export function changing(workshop: Workshop): Changing {
  const { session, by } = workshop;
  const { environment } = session;
  return {
    list: async (page) => {
      const database = await session.database();
      const account = await session.account();
      const { imports, total } = await listImports(database, account.id, page);
      const documents = [];
      for (const one of imports)
        documents.push(await documentOf(workshop, { database, account, one }));
      return { imports: documents, total };
    },
    create: async ({ kind, system }) => {
      const database = await session.database();
      const account = await session.account();
      if (system !== null) adapterNamed(session.adapters, system);
      const id = environment.newId();
      const now = environment.now();
      await insertImport(database, account.id, { id, kind, system, createdBy: by, now });
      return show(workshop, id);
    },
    show: (id) => show(workshop, id),
    change: async (id, asked) => {
      const found = await find(workshop, id);
      assertOpen(found, await assertNotBusy(found));
      const { database, account, one } = found;
      const now = environment.now();
      const { kind, system, reading, requirements, profile, ifVersion } = asked;
      if (system != null) adapterNamed(session.adapters, system);
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
      return show(workshop, id);
    },
    discard: async (id) => {
      const found = await find(workshop, id);
      await assertNotBusy(found);
      const { database, account, one } = found;
      const run = await runOf(database, one);
      // What was imported can still be resumed and verified, for which its file is needed.
      const isPlan = run === undefined || run.command === 'preview';
      await deleteImport(database, account.id, id);
      if (run !== undefined && isPlan) await dropStaging(database, run.no);
      if (one.file !== null && isPlan) await removeUpload(one.file);
    },
    receive: async (id, upload) => {
      const found = await find(workshop, id);
      assertOpen(found, await assertNotBusy(found));
      const { file: before } = found.one;
      const kept = await keepUpload(workshop.uploads, found.one.id, upload);
      if (before !== null && before.path !== kept.path) await removeUpload(before);
      await takeFile(workshop, found, { ...kept, detected: null });
      return show(workshop, id);
    },
  };
}

/** Notes a file that has come, what it is taken for, and the saved mapping that knows its headers. */
async function takeFile(
  workshop: Workshop,
  { database, account, one }: Found,
  file: StoredFile,
): Promise<void> {
  const now = workshop.session.environment.now();
  const bare: StoredImport = { ...one, file, reading: {} };
  const look = await lookAtFile(workshop, bare).catch(() => ({
    system: anyTable,
    kind: one.kind,
  }));
  const system = one.system ?? look.system;
  const seen = { ...bare, system, kind: one.kind ?? look.kind };
  const headers = system === anyTable ? await headersOf(workshop, seen).catch(() => []) : [];
  const profile = profileFor(await profilesOf(database, account.id), headers, one.kind);
  for (const kind of ['cell', 'equal']) await takeBack(database, account.id, one.id, { kind }, now);
  await updateImport(database, account.id, one.id, {
    now,
    file: { ...file, detected: look.system },
    reading: {},
    system,
    kind: profile?.kind ?? seen.kind,
    profileId: profile?.id ?? null,
    profileRecognised: profile !== undefined,
  });
}
