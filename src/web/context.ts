import type { FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { FeedUseCases } from '../run/contract.ts';
import type { Host, Work } from '../run/host.ts';
import type { ImportUseCases } from '../run/imports/index.ts';
import type { RunUseCases } from '../run/confined.ts';
import { Refusal } from './failure.ts';
import type { Jobs } from './jobs.ts';
import type { Guest, Visitors } from './visitors.ts';

/** What every route works with. */
export interface Context {
  readonly host: Host;
  readonly jobs: Jobs;
  readonly visitors: Visitors;
  readonly version: string;
  readonly uploadBytes: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set before any route that needs a session. */
    guest: Guest | null;
  }
}

/** Who asks. Throws Refusal where nobody is signed in. */
export function guestOf({ guest }: FastifyRequest): Guest {
  if (guest !== null) return guest;
  throw new Refusal(401, 'signed-out', 'You are not signed in.', 'Sign in again.');
}

const never = new AbortController().signal;

const workOf = (request: FastifyRequest): Work => {
  const { visitor } = guestOf(request);
  return { account: visitor.account, by: visitor.name, signal: never };
};

/** The imports of who asks. */
export const importsOf = ({ host }: Context, request: FastifyRequest): ImportUseCases =>
  host.imports(workOf(request));

/** The runs of who asks. */
export const runsOf = ({ host }: Context, request: FastifyRequest): RunUseCases =>
  host.runs(workOf(request));

/** The feeds of who asks. */
export const feedsOf = ({ host }: Context, request: FastifyRequest): FeedUseCases =>
  host.feeds(workOf(request));

/** What was sent, checked. Throws Refusal for what does not fit. */
export function checked<Shape>(schema: z.ZodType<Shape>, value: unknown): Shape {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const where =
    first === undefined || first.path.length === 0 ? '' : `${first.path.map(String).join('.')}: `;
  throw new Refusal(
    400,
    'invalid',
    `This request cannot be understood. ${where}${first?.message ?? ''}`,
    null,
  );
}

/** A parameter of the address. */
export function parameter(request: FastifyRequest, name: string): string {
  const { params } = request;
  const value: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  if (typeof value === 'string') return value;
  throw new Refusal(404, 'not-found', 'There is nothing at this address.');
}
