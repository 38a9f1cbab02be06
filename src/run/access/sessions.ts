import * as z from 'zod';
import type { Database } from '../../database/contract.ts';
import { isoText, lasting } from '../store.ts';
import { roles, type NewSession, type Visitor } from './contract.ts';
import { hashOf, newSecret } from './secret.ts';

const visitorSchema = z.object({
  accountId: z.string(),
  account: z.string(),
  role: z.enum(roles),
  name: z.string(),
  language: z.string().nullable(),
  expiresAt: z.string(),
});

/** A working day and a bit: who comes back the next morning signs in again. */
const hours = 12;

/** Begins a session with a token; undefined for one that is unknown, expired or revoked. */
export async function signIn(
  database: Database,
  token: string,
  now: Date,
): Promise<NewSession | undefined> {
  const secret = newSecret('');
  const expires = new Date(now.getTime() + hours * 60 * 60 * 1_000);
  const { rows } = await lasting(database, (transaction) =>
    transaction.query(
      `WITH used AS (UPDATE migration.tokens SET used_at = $3
       WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3) RETURNING account_id, id, expires_at)
     INSERT INTO migration.sessions (hash, account_id, token_id, created_at, expires_at)
     SELECT $2, account_id, id, $3, least($4::timestamptz, expires_at) FROM used RETURNING hash`,
      [hashOf(token), hashOf(secret), now.toISOString(), expires.toISOString()],
    ),
  );
  if (rows.length === 0) return undefined;
  await database.query(`DELETE FROM migration.sessions WHERE expires_at < $1`, [now.toISOString()]);
  const visitor = await visitorOf(database, secret, now);
  return visitor === undefined ? undefined : { secret, visitor };
}

/** Who a session is of; undefined where it is over. */
export async function visitorOf(
  database: Database,
  secret: string,
  now: Date,
): Promise<Visitor | undefined> {
  const { rows } = await database.query(
    `SELECT s.account_id::text AS "accountId", a.slug AS account, t.role, t.name, s.language, ${isoText('s.expires_at')} AS "expiresAt"
       FROM migration.sessions s JOIN migration.tokens t ON t.account_id = s.account_id AND t.id = s.token_id
       JOIN crm.accounts a ON a.id = s.account_id
      WHERE s.hash = $1 AND s.expires_at > $2 AND t.revoked_at IS NULL`,
    [hashOf(secret), now.toISOString()],
  );
  return rows[0] === undefined ? undefined : visitorSchema.parse(rows[0]);
}

/** Keeps the language of a session. */
export async function setLanguage(
  database: Database,
  secret: string,
  language: string,
): Promise<void> {
  await database.query(`UPDATE migration.sessions SET language = $2 WHERE hash = $1`, [
    hashOf(secret),
    language,
  ]);
}

/** Ends a session. */
export async function signOut(database: Database, secret: string): Promise<void> {
  await database.query(`DELETE FROM migration.sessions WHERE hash = $1`, [hashOf(secret)]);
}
