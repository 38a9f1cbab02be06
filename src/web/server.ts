import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import type { Host } from '../run/host.ts';
import type { Context } from './context.ts';
import { failureOf, Refusal } from './failure.ts';
import { Jobs } from './jobs.ts';
import { catalogRoutes } from './routes/catalog.ts';
import { feedRoutes } from './routes/feeds.ts';
import { importRoutes } from './routes/imports.ts';
import { runRoutes } from './routes/runs.ts';
import { sessionRoutes } from './routes/session.ts';
import { assertAdmin, Visitors } from './visitors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Needs no session. */
    isOpen?: boolean;
    /** A change that a viewer may make. */
    mayView?: boolean;
  }
}

/** What a server is made of. */
export interface ServerOptions {
  readonly host: Host;
  readonly version: string;
  readonly now: () => Date;
  /** Most bytes of a file that is sent. */
  readonly uploadBytes: number;
  /** Directory of the page, as Vite built it. */
  readonly page: string;
  /** Whether browsers reach it by https, so that cookies go nowhere else. */
  readonly isSecure: boolean;
  /** What went wrong, for whoever runs the server. */
  readonly log: (cause: unknown) => void;
}

/** A server that is not listening yet, and how to stop what it does in the background. */
export interface WebServer {
  readonly app: FastifyInstance;
  /** Every route of the API, as `PUT /api/imports/:id/file`. */
  readonly routes: readonly string[];
  stop(): Promise<void>;
}

const jsonLimit = 256 * 1024;

/** Makes the web server: the page, and the API that it speaks (docs/web-api.md). */
export async function createServer(options: ServerOptions): Promise<WebServer> {
  const { host, version, now, uploadBytes, log } = options;
  const app = fastify({
    bodyLimit: jsonLimit,
    routerOptions: { ignoreTrailingSlash: true },
    // A file may take long on a slow line; a request that stalls is given up.
    requestTimeout: 0,
    connectionTimeout: 120_000,
  });
  const jobs = new Jobs(now, log);
  const visitors = new Visitors(host, { now, isSecure: options.isSecure });
  const context: Context = { host, jobs, visitors, version, uploadBytes };

  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'frame-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: options.isSecure,
    referrerPolicy: { policy: 'no-referrer' },
    // A report is shown in a frame of our own page; its own policy says who else may.
    frameguard: { action: 'sameorigin' },
  });
  await app.register(fastifyCookie);
  await app.register(fastifyRateLimit, { max: 3_000, timeWindow: '1 minute' });

  app.setErrorHandler((cause, _request, reply) => {
    const refused = refusalOf(cause);
    const { status, body } = failureOf(refused ?? cause);
    // Who breaks off an upload hears no answer, and it is nobody's mistake.
    if (status >= 500 && !isBrokenOff(cause)) log(cause);
    return reply.code(status).send(body);
  });

  const routes: string[] = [];
  await app.register(
    (api, _options, done) => {
      api.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
      });
      api.decorateRequest('guest', null);
      api.addHook('onRequest', async (request, reply) => {
        void reply.header('cache-control', 'no-store');
        const { config } = request.routeOptions;
        if (config.isOpen === true || request.is404) return;
        const guest = await visitors.guest(request);
        request.guest = guest;
        if (request.method === 'GET' || request.method === 'HEAD') return;
        visitors.assertOwnPage(request, guest);
        if (config.mayView !== true) assertAdmin(guest);
      });
      sessionRoutes(api, context);
      catalogRoutes(api, context);
      importRoutes(api, context);
      runRoutes(api, context);
      feedRoutes(api, context);
      done();
    },
    { prefix: '/api' },
  );

  if (existsSync(options.page)) {
    await app.register(fastifyStatic, {
      root: options.page,
      // Names of assets have a hash of their content in them; the page itself is asked for each time.
      setHeaders: (response, path) => {
        const isAsset = path.includes('/assets/');
        response.header(
          'cache-control',
          isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    // The page has addresses of its own, which only it knows.
    if (isPageAddress(request) && existsSync(options.page)) return reply.sendFile('index.html');
    const { status, body } = failureOf(
      new Refusal(404, 'not-found', 'There is nothing at this address.'),
    );
    return reply.code(status).send(body);
  });
  return {
    app,
    routes,
    stop: async () => {
      await jobs.stopAll();
      await app.close();
    },
  };
}

const isBrokenOff = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ECONNRESET';

const isPageAddress = ({ method, url }: FastifyRequest): boolean =>
  method === 'GET' && !url.startsWith('/api/') && !/\.[a-z0-9]{1,8}(\?|$)/i.test(url);

/** What the framework itself refuses, in our words. */
function refusalOf(cause: unknown): Refusal | undefined {
  if (cause instanceof Refusal || !(cause instanceof Error)) return undefined;
  const status: unknown = 'statusCode' in cause ? cause.statusCode : undefined;
  if (typeof status !== 'number' || status >= 500) return undefined;
  if (status === 429)
    return new Refusal(429, 'too-many', 'Too many attempts.', 'Wait a minute, and try again.');
  if (status === 413) return new Refusal(413, 'too-large', 'This request is too large.');
  return new Refusal(
    status === 415 ? 400 : status,
    'invalid',
    'This request cannot be understood.',
  );
}
