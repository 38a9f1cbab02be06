import type { TokenDocument, TokenLine, TokenListDocument } from '../../run/access/contract.ts';
import { excerpt } from '../figures.ts';
import { cell, page, paletteOf, table, type TextOptions } from './layout.ts';

/** What `token list` shows: newest first. */
export function renderTokensText({ tokens }: TokenListDocument, options: TextOptions): string {
  const palette = paletteOf(options);
  if (tokens.length === 0)
    return 'No tokens yet. Make one with: tesoro-migrate token create --role admin\n';
  const day = (time: string | null): string => time?.slice(0, 16).replace('T', ' ') ?? '–';
  return page(
    table(
      [
        { title: 'token' },
        { title: 'role' },
        { title: 'name' },
        { title: 'account' },
        { title: 'last used (UTC)' },
        { title: 'expires' },
      ],
      tokens.map((token) => [
        token.id,
        token.role,
        excerpt(token.name, 20),
        excerpt(token.account, 14),
        day(token.usedAt),
        token.revokedAt === null ? day(token.expiresAt) : cell('revoked', palette.red),
      ]),
      palette,
    ),
    [],
  );
}

/** What `token create` shows: the secret, this once. */
export function renderTokenText({ token, role, account, name }: TokenDocument): string {
  return `${token}\n\nSigns in to the web server as ${name} (${role}) of the account ${account}. It is shown this once: keep it safe.\n`;
}

/** What `token revoke` shows. */
export function renderRevokedText({ name, role, account }: TokenLine): string {
  return `The token of ${name} (${role}) of the account ${account} signs in no more, and its sessions have ended.\n`;
}
