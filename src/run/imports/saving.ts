import type { ImportUseCases, ProfileDocument, StoredProfile } from './contract.ts';
import { decisionsOf, find } from './found.ts';
import { findProfile, profilesOf, removeProfile, saveProfile } from './profiles.ts';
import { studyOf } from './study.ts';
import { columnsOf, kindOf } from './translation.ts';
import type { Workshop } from './workshop.ts';

/** Mappings that are saved, to be used again for files with the same headers. */
export function saving(
  workshop: Workshop,
): Pick<ImportUseCases, 'saveProfile' | 'profiles' | 'removeProfile'> {
  const { session, by } = workshop;
  const { environment } = session;
  return {
    saveProfile: async (id, name) => {
      const found = await find(workshop, id);
      const decisions = await decisionsOf(workshop, found);
      const study = await studyOf(workshop, found.one);
      const columns = await columnsOf(decisions, study);
      const { choices, profile } = decisions;
      const { database, account } = found;
      const saved = await saveProfile(database, account.id, {
        id: environment.newId(),
        name,
        kind: kindOf(found.one),
        columns: columns.map(({ proposal }) => proposal.column),
        choices: {
          columns: Object.fromEntries(
            columns.map(({ proposal, use, field }) => [
              proposal.column,
              { field: field?.name ?? null, refuse: use === 'refused' },
            ]),
          ),
          values: merged(profile?.choices.values ?? {}, choices.values),
          forms: { ...profile?.choices.forms, ...choices.forms },
        },
        savedBy: by,
        now: environment.now(),
      });
      return documentOf(await findProfile(database, account.id, saved));
    },
    profiles: async () => {
      const account = await session.account();
      return (await profilesOf(await session.database(), account.id)).map(documentOf);
    },
    removeProfile: async (id) => {
      const account = await session.account();
      await removeProfile(await session.database(), account.id, id);
    },
  };
}

type Meanings = StoredProfile['choices']['values'];

const merged = (one: Meanings, other: Meanings): Meanings =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      { ...one[name], ...other[name] },
    ]),
  );

const documentOf = ({
  id,
  name,
  kind,
  columns,
  savedAt,
  savedBy,
  usedAt,
}: StoredProfile): ProfileDocument => ({ id, name, kind, columns, savedAt, savedBy, usedAt });
