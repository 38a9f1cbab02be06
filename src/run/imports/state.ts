import type { Database } from '../../database/contract.ts';
import { findRun, type StoredRun } from '../store.ts';
import type { ImportDocument, ImportState } from './contract.ts';
import { profileChanges } from './profiles.ts';
import { anyTable, templates } from './source.ts';
import type { StoredImport } from './store.ts';
import type { StoredProfile } from './contract.ts';
import { requirementsOf } from './translation.ts';

/** The run of an import, where there is one; a check that died before it began has none. */
export async function runOf(
  database: Database,
  { runId }: Pick<StoredImport, 'runId'>,
): Promise<StoredRun | undefined> {
  if (runId === null) return undefined;
  const { rows } = await database.query(`SELECT 1 FROM migration.runs WHERE id = $1`, [runId]);
  return rows.length === 0 ? undefined : findRun(database, runId);
}

/** Where an import stands, as its run does. */
export function stateOf(one: StoredImport, run: StoredRun | undefined): ImportState {
  if (one.file === null) return 'empty';
  if (run === undefined) return one.failure === null ? 'open' : 'failed';
  const isPlan = run.command === 'preview';
  switch (run.status) {
    case 'running':
      return isPlan ? 'checking' : 'importing';
    case 'planned':
      return one.checkedVersion === one.version && run.supersededBy === null
        ? 'checked'
        : 'outdated';
    case 'interrupted':
      return isPlan ? 'open' : 'interrupted';
    case 'failed':
      return one.checkedVersion === one.version ? 'failed' : 'open';
    case 'complete':
      return 'imported';
    case 'rolling-back':
      return 'undoing';
    case 'rolled-back':
      return 'undone';
  }
}

/** An import as it is shown. */
export function importDocument(
  one: StoredImport,
  run: StoredRun | undefined,
  {
    edits,
    profile,
    headers,
  }: {
    readonly edits: number;
    readonly profile: StoredProfile | undefined;
    readonly headers: readonly string[];
  },
): ImportDocument {
  const { id, version, kind, system, file, reading, failure } = one;
  return {
    id,
    state: stateOf(one, run),
    version,
    createdAt: one.createdAt,
    changedAt: one.changedAt,
    createdBy: one.createdBy,
    kind,
    system,
    file: file && { name: file.name, bytes: file.bytes, sha256: file.sha256 },
    reading,
    requirements: requirementsOf(one),
    matchable: system === null || system === anyTable || system === templates,
    profile:
      profile === undefined
        ? null
        : {
            id: profile.id,
            name: profile.name,
            recognised: one.profileRecognised,
            ...profileChanges(profile, headers),
          },
    edits,
    run: run?.id ?? null,
    failure,
  };
}
