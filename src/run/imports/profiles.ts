import * as z from 'zod';
import type { Database, Queryable } from '../../database/contract.ts';
import { headerKey } from '../../mapping/headers/words.ts';
import { NotFoundError } from '../../model/errors.ts';
import { rowKinds } from '../contract.ts';
import { isoText, lasting } from '../store.ts';
import type { StoredProfile } from './contract.ts';
import { choicesSchema } from './edits.ts';

const profileSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(rowKinds),
  columns: z.array(z.string()),
  choices: choicesSchema,
  savedAt: z.string(),
  savedBy: z.string(),
  usedAt: z.string().nullable(),
});

const select =
  `SELECT id::text, name, kind, columns, choices, saved_by AS "savedBy", ${isoText('saved_at')} AS "savedAt",` +
  ` ${isoText('used_at')} AS "usedAt" FROM migration.profiles WHERE account_id = $1`;

/** The saved mappings of an account, those used last first. */
export async function profilesOf(
  database: Queryable,
  accountId: string,
): Promise<readonly StoredProfile[]> {
  const { rows } = await database.query(
    `${select} ORDER BY coalesce(used_at, saved_at) DESC, name`,
    [accountId],
  );
  return rows.map((row) => profileSchema.parse(row));
}

/** A saved mapping. Throws NotFoundError for none, or one of another account. */
export async function findProfile(
  database: Queryable,
  accountId: string,
  id: string,
): Promise<StoredProfile> {
  const { rows } = await database.query(`${select} AND id::text = $2`, [accountId, id]);
  if (rows[0] === undefined) throw new NotFoundError('There is no such saved mapping.');
  return profileSchema.parse(rows[0]);
}

/** Saves a mapping; one of the same name is replaced. Gives its id. */
export async function saveProfile(
  database: Database,
  accountId: string,
  profile: Pick<StoredProfile, 'id' | 'name' | 'kind' | 'columns' | 'choices' | 'savedBy'> & {
    readonly now: Date;
  },
): Promise<string> {
  const { rows } = await lasting(database, (transaction) =>
    transaction.query(
      `INSERT INTO migration.profiles (account_id, id, name, kind, columns, choices, saved_by, saved_at)
     VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, $8)
     ON CONFLICT (account_id, name) DO UPDATE SET kind = excluded.kind, columns = excluded.columns, choices = excluded.choices,
       saved_by = excluded.saved_by, saved_at = excluded.saved_at RETURNING id::text`,
      [
        accountId,
        profile.id,
        profile.name,
        profile.kind,
        JSON.stringify(profile.columns),
        JSON.stringify(profile.choices),
        profile.savedBy,
        profile.now.toISOString(),
      ],
    ),
  );
  return z.object({ id: z.string() }).parse(rows[0]).id;
}

/** Removes a saved mapping; imports that use it go on without. */
export async function removeProfile(
  database: Queryable,
  accountId: string,
  id: string,
): Promise<void> {
  await findProfile(database, accountId, id);
  await database.query(
    `UPDATE migration.imports SET profile_id = NULL WHERE account_id = $1 AND profile_id = $2`,
    [accountId, id],
  );
  await database.query(`DELETE FROM migration.profiles WHERE account_id = $1 AND id = $2`, [
    accountId,
    id,
  ]);
}

/** Notes that a saved mapping was used. */
export async function noteUse(
  database: Queryable,
  accountId: string,
  id: string,
  now: Date,
): Promise<void> {
  await database.query(
    `UPDATE migration.profiles SET used_at = $3 WHERE account_id = $1 AND id = $2`,
    [accountId, id, now.toISOString()],
  );
}

/** From this share of common headers on, a file is recognised. */
const leastAlike = 0.8;

/** The saved mapping whose headers are most like those of a file, where they are alike. */
export function profileFor(
  profiles: readonly StoredProfile[],
  columns: readonly string[],
  kind: string | null,
): StoredProfile | undefined {
  const scored = profiles
    .filter((profile) => kind === null || profile.kind === kind)
    .map((profile) => ({ profile, share: alike(profile.columns, columns) }))
    .sort((a, b) => b.share - a.share);
  const [best] = scored;
  return best !== undefined && best.share >= leastAlike ? best.profile : undefined;
}

function alike(one: readonly string[], other: readonly string[]): number {
  const [a, b] = [new Set(one.map(headerKey)), new Set(other.map(headerKey))];
  const common = [...a].filter((name) => b.has(name)).length;
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size);
}

/** How a file differs from those that a mapping was saved for. */
export function profileChanges(
  profile: StoredProfile,
  columns: readonly string[],
): { added: string[]; missing: string[] } {
  const [known, found] = [new Set(profile.columns.map(headerKey)), new Set(columns.map(headerKey))];
  return {
    added: columns.filter((name) => !known.has(headerKey(name))),
    missing: profile.columns.filter((name) => !found.has(headerKey(name))),
  };
}

/** What a profile says of the columns of a file, by the names that they have there. */
export function inNamesOf(profile: StoredProfile, columns: readonly string[]): StoredProfile {
  const names = new Map(columns.map((name) => [headerKey(name), name]));
  const renamed = <Said>(said: Readonly<Record<string, Said>>): Record<string, Said> =>
    Object.fromEntries(
      Object.entries(said).map(([name, one]) => [names.get(headerKey(name)) ?? name, one]),
    );
  const { columns: fields, values, forms } = profile.choices;
  return {
    ...profile,
    choices: { columns: renamed(fields), values: renamed(values), forms: renamed(forms) },
  };
}
