import * as z from 'zod';
import { UsageError } from '../../model/errors.ts';
import type { Session } from '../session.ts';
import { isoText, lasting } from '../store.ts';
import {
  roles,
  type TokenDocument,
  type TokenLine,
  type TokenListDocument,
  type TokenRequest,
} from './contract.ts';
import { hashOf, newSecret } from './secret.ts';

const lineSchema = z.object({
  id: z.string(),
  account: z.string(),
  role: z.enum(roles),
  name: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  usedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});

const lines =
  `SELECT t.id::text, a.slug AS account, t.role, t.name, ${isoText('t.created_at')} AS "createdAt",` +
  ` ${isoText('t.expires_at')} AS "expiresAt", ${isoText('t.used_at')} AS "usedAt", ${isoText('t.revoked_at')} AS "revokedAt"` +
  ` FROM migration.tokens t JOIN crm.accounts a ON a.id = t.account_id WHERE t.account_id = $1`;

const day = 24 * 60 * 60 * 1_000;

/** Makes a token of the session's account. The secret is in the document and is kept nowhere. */
export async function createToken(
  session: Session,
  { role, name, days }: TokenRequest,
): Promise<TokenDocument> {
  const { environment } = session;
  const account = await session.account();
  const database = await session.database();
  const token = newSecret('tesoro_');
  const id = environment.newId();
  const now = environment.now();
  const expires = days === undefined ? null : new Date(now.getTime() + days * day).toISOString();
  await lasting(database, (transaction) =>
    transaction.query(
      `INSERT INTO migration.tokens (account_id, id, name, role, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [account.id, id, name, role, hashOf(token), now.toISOString(), expires],
    ),
  );
  const { rows } = await database.query(`${lines} AND t.id = $2`, [account.id, id]);
  return { ...lineSchema.parse(rows[0]), token };
}

/** The tokens of the session's account, newest first. */
export async function listTokens(session: Session): Promise<TokenListDocument> {
  const account = await session.account();
  const database = await session.database();
  const { rows } = await database.query(`${lines} ORDER BY t.created_at DESC, t.id`, [account.id]);
  return { tokens: rows.map((row) => lineSchema.parse(row)) };
}

/** Takes a token back, by its id or the beginning of it, and ends its sessions. Throws UsageError for none or several. */
export async function revokeToken(
  session: Session,
  { id }: { readonly id: string },
): Promise<TokenLine> {
  const { tokens } = await listTokens(session);
  const [token, another] = tokens.filter((one) => one.id.startsWith(id.toLowerCase()));
  if (id === '' || token === undefined || another !== undefined) {
    throw new UsageError(
      another === undefined ? `There is no token ${id}.` : `Several tokens begin with ${id}.`,
      { hint: 'See "tesoro-migrate token list", and check --account.' },
    );
  }
  const account = await session.account();
  const database = await session.database();
  const now = session.environment.now().toISOString();
  await lasting(database, async (transaction) => {
    await transaction.query(
      `UPDATE migration.tokens SET revoked_at = coalesce(revoked_at, $3) WHERE account_id = $1 AND id = $2`,
      [account.id, token.id, now],
    );
    await transaction.query(
      `DELETE FROM migration.sessions WHERE account_id = $1 AND token_id = $2`,
      [account.id, token.id],
    );
  });
  return { ...token, revokedAt: token.revokedAt ?? now };
}
