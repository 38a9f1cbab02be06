import type { Database } from '../../database/contract.ts';
import { BusyError, NotReadyError } from '../../model/errors.ts';
import type { Account, StoredRun } from '../store.ts';
import type { ReadySource } from '../source-of-run.ts';
import type { TranslatedSource } from '../translation.ts';
import type { ImportDocument, StoredProfile } from './contract.ts';
import { choicesOf } from './edits.ts';
import { findProfile, inNamesOf } from './profiles.ts';
import { headersOf } from './reading.ts';
import { openImport } from './source.ts';
import { importDocument, runOf, stateOf } from './state.ts';
import { editsOf, findImport, type StoredImport } from './store.ts';
import { studyOf, type Study } from './study.ts';
import { translateImport, type Decisions } from './translation.ts';
import type { Workshop } from './workshop.ts';

/** An import of the account, found in the database. */
export interface Found {
  readonly database: Database;
  readonly account: Account;
  readonly one: StoredImport;
}

/** Finds an import. Throws NotFoundError for one that is not there, or is another account's. */
export async function find({ session }: Workshop, id: string): Promise<Found> {
  const database = await session.database();
  const account = await session.account();
  return { database, account, one: await findImport(database, account.id, id) };
}

/** The profile of an import, where it has one and it is still there. */
async function profileOf({ database, account, one }: Found): Promise<StoredProfile | undefined> {
  return one.profileId === null
    ? undefined
    : findProfile(database, account.id, one.profileId).catch(() => undefined);
}

/** Everything that decides about the translation of an import. */
export async function decisionsOf(workshop: Workshop, found: Found): Promise<Decisions> {
  const { database, account, one } = found;
  const edits = await editsOf(database, account.id, one.id);
  const profile = await profileOf(found);
  return {
    one,
    choices: choicesOf(edits),
    profile: profile && inNamesOf(profile, await headersOf(workshop, one)),
  };
}

/** An import as it is shown. */
export async function documentOf(workshop: Workshop, found: Found): Promise<ImportDocument> {
  const { database, account, one } = found;
  const edits = await editsOf(database, account.id, one.id);
  const profile = await profileOf(found);
  return importDocument(one, await runOf(database, one), {
    edits: edits.filter(({ undoneAt }) => undoneAt === null).length,
    profile,
    headers: profile === undefined ? [] : await headersOf(workshop, one).catch(() => []),
  });
}

/** An import by its id, as it is shown. */
export const show = async (workshop: Workshop, id: string): Promise<ImportDocument> =>
  documentOf(workshop, await find(workshop, id));

/** The import opened, and translated as it stands; the caller closes the source. */
export async function translated(
  workshop: Workshop,
  found: Found,
  decisions: Decisions,
): Promise<{ ready: ReadySource; study: Study; translation: TranslatedSource }> {
  const ready = await openImport(workshop, found.one, decisions.choices);
  try {
    const study = await studyOf(workshop, found.one);
    const { signal } = workshop.session.environment;
    const account = found.account.defaults;
    const translation = await translateImport(ready, decisions, study, { account, signal });
    return { ready, study, translation };
  } catch (cause) {
    await ready.opened.close();
    throw cause;
  }
}

/** Throws BusyError while a run of the import is going on. */
export async function assertNotBusy({ database, one }: Found): Promise<StoredRun | undefined> {
  const run = await runOf(database, one);
  if (run?.status !== 'running') return run;
  throw new BusyError('This import is being worked on.', {
    hint: 'Wait until it has ended, or stop it.',
  });
}

const over: ReadonlySet<string> = new Set([
  'importing',
  'interrupted',
  'imported',
  'undoing',
  'undone',
]);

/** Throws NotReadyError for an import that has begun to write; what it was made of stays. */
export function assertOpen({ one }: Found, run: StoredRun | undefined): void {
  const state = stateOf(one, run);
  if (!over.has(state)) return;
  throw new NotReadyError(`This import is ${state}; it cannot be changed any more.`, {
    hint: 'Begin another one.',
  });
}
