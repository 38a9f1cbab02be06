// Who may do what on the web: tokens of the command line, sessions of browsers.

/** What somebody may do: an admin imports, a viewer looks. */
export const roles = ['admin', 'viewer'] as const;

export type Role = (typeof roles)[number];

/** A token to be made. */
export interface TokenRequest {
  readonly role: Role;
  /** Whose it is, for people: it signs what is done with it. */
  readonly name: string;
  /** Days; for ever where nothing is said. */
  readonly days?: number | undefined;
}

/** A token as it is kept, without its secret. */
export interface TokenLine {
  readonly id: string;
  readonly account: string;
  readonly role: Role;
  readonly name: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
}

/** `token create`: the secret is shown this once. */
export interface TokenDocument extends TokenLine {
  readonly token: string;
}

/** `token list`. */
export interface TokenListDocument {
  readonly tokens: readonly TokenLine[];
}

/** Somebody who has signed in. */
export interface Visitor {
  readonly accountId: string;
  /** Slug of the account. */
  readonly account: string;
  readonly role: Role;
  readonly name: string;
  readonly language: string | null;
  readonly expiresAt: string;
}

/** A session just begun; the secret goes into the cookie and is kept nowhere else. */
export interface NewSession {
  readonly secret: string;
  readonly visitor: Visitor;
}
