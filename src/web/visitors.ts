import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visitor } from '../run/access/contract.ts';
import type { Host } from '../run/host.ts';
import type { Me } from './api.ts';
import { Refusal } from './failure.ts';

const cookie = 'tesoro_session';

/** A session is asked for again after so long. */
const freshMs = 10_000;
/** The database may have its hands full for a while; who was known a moment ago need not wait for the answer. */
const rememberedMs = 5 * 60_000;

/** A visitor with the secret of the session. */
export interface Guest {
  readonly visitor: Visitor;
  readonly secret: string;
}

/** Who asks: sessions in cookies, and what they may do. */
export class Visitors {
  readonly #host: Host;
  readonly #now: () => Date;
  readonly #isSecure: boolean;
  readonly #known = new Map<string, { at: number; readonly visitor: Visitor }>();

  constructor(
    host: Host,
    { now, isSecure }: { readonly now: () => Date; readonly isSecure: boolean },
  ) {
    this.#host = host;
    this.#now = now;
    this.#isSecure = isSecure;
  }

  /** Signs in with a token, and sets the cookie. Throws Refusal for a token that is none. */
  async signIn(token: string, reply: FastifyReply): Promise<Guest> {
    const session = await this.#host.signIn(token);
    if (session === undefined) {
      throw new Refusal(
        401,
        'signed-out',
        'This token is unknown, expired or revoked.',
        'Ask whoever runs the server for a new one: tesoro-migrate token create.',
      );
    }
    const { secret, visitor } = session;
    reply.setCookie(cookie, secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: this.#isSecure,
      expires: new Date(visitor.expiresAt),
    });
    return { secret, visitor };
  }

  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const secret = request.cookies[cookie];
    if (secret !== undefined) {
      this.#known.delete(secret);
      await this.#host.signOut(secret);
    }
    reply.clearCookie(cookie, { path: '/' });
  }

  /** Who asks. Throws Refusal where nobody is signed in. */
  async guest(request: FastifyRequest): Promise<Guest> {
    const secret = request.cookies[cookie];
    const visitor = secret === undefined ? undefined : await this.#visitor(secret);
    if (secret === undefined || visitor === undefined) {
      throw new Refusal(
        401,
        'signed-out',
        'You are not signed in, or your session has ended.',
        'Sign in again; you will be back here.',
      );
    }
    return { secret, visitor };
  }

  async #visitor(secret: string): Promise<Visitor | undefined> {
    const now = this.#now().getTime();
    const known = this.#known.get(secret);
    const isOver = known !== undefined && new Date(known.visitor.expiresAt).getTime() <= now;
    if (known === undefined || isOver || now - known.at > rememberedMs) return this.#ask(secret);
    if (now - known.at > freshMs) {
      known.at = now;
      // A session that has ended is forgotten as soon as the answer is there.
      this.#ask(secret).catch(() => undefined);
    }
    return known.visitor;
  }

  async #ask(secret: string): Promise<Visitor | undefined> {
    const visitor = await this.#host.visitor(secret);
    this.#known.delete(secret);
    if (visitor === undefined) return undefined;
    if (this.#known.size >= 1_000) this.#known.clear();
    this.#known.set(secret, { at: this.#now().getTime(), visitor });
    return visitor;
  }

  /** Throws Refusal for a change that does not come from our own page. */
  assertOwnPage(request: FastifyRequest, { secret }: Guest): void {
    const given = request.headers['x-csrf-token'];
    if (typeof given === 'string' && isEqual(given, csrfOf(secret))) return;
    throw new Refusal(
      403,
      'not-allowed',
      'This request does not come from the page.',
      'Load the page again.',
    );
  }

  /** Keeps the language of a session. */
  async setLanguage({ secret }: Guest, language: string): Promise<void> {
    await this.#host.setLanguage(secret, language);
    this.#known.delete(secret);
  }
}

/** Throws Refusal for a visitor who may only look. */
export function assertAdmin({ visitor }: Guest): void {
  if (visitor.role === 'admin') return;
  throw new Refusal(
    403,
    'not-allowed',
    'You may look at everything here, and change nothing.',
    'Ask an admin of your agency.',
  );
}

/** Of the session, so that no other page can know it, and nothing has to be kept. */
export const csrfOf = (secret: string): string =>
  createHash('sha256').update(`csrf ${secret}`).digest('base64url');

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Who is signed in, as the page is told. */
export function meOf(
  { visitor, secret }: Guest,
  server: { readonly version: string; readonly uploadBytes: number },
): Me {
  const { account, name, role, language, expiresAt } = visitor;
  const known = language === 'en' || language === 'es' || language === 'nl' ? language : null;
  return { account, name, role, language: known, csrf: csrfOf(secret), expiresAt, ...server };
}
