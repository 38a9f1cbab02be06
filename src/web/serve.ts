import { dirname, join, resolve } from 'node:path';
import { once } from 'node:events';
import { UsageError } from '../model/errors.ts';
import type { Environment } from '../run/contract.ts';
import { openHost } from '../run/host.ts';
import { packageRoot } from '../run/package-root.ts';
import { createServer } from './server.ts';

/** Where and how a server listens. */
export interface ServeOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly isSecure: boolean;
  readonly uploads: string | undefined;
  readonly uploadBytes: number;
  /** Writes a line for whoever runs the server. */
  readonly tell: (text: string) => void;
}

/** `serve`, once it has ended. */
export interface ServeDocument {
  readonly address: string;
  readonly startedAt: string;
  readonly stoppedAt: string;
}

/** Serves the page until the environment's signal; imports that are going on stop where they can be gone on with. */
export async function serveUntilStopped(
  environment: Environment,
  options: ServeOptions,
): Promise<ServeDocument> {
  const { host: address, port, isSecure, uploadBytes, tell } = options;
  const { account, signal } = environment;
  const uploads = resolve(options.uploads ?? uploadsBeside(environment.database));
  const host = await openHost({ ...environment, uploads });
  try {
    const server = await createServer({
      host,
      version: environment.version,
      now: environment.now,
      uploadBytes,
      isSecure,
      page: join(packageRoot(), 'dist', 'client'),
      log: (cause) => {
        tell(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
      },
    });
    const startedAt = environment.now().toISOString();
    try {
      const url = await server.app.listen({ host: address, port }).catch((cause: unknown) => {
        throw new UsageError(
          `The server cannot listen on ${address}:${String(port)}: ${cause instanceof Error ? cause.message : String(cause)}.`,
          {
            hint: 'Another program may hold the port: say --port 0 to take any that is free.',
            cause,
          },
        );
      });
      tell(`Serving ${url}\n`);
      if (!isLoopback(address) && !isSecure) {
        tell(
          'Others can reach this address, and read what goes over the line: put a proxy with https before it, and say --https.\n',
        );
      }
      const token = await host.firstToken(account);
      if (token !== undefined) {
        tell(
          `\nNobody can sign in to the account "${account.slug}" yet, so here is a link for its first admin. It is shown this once:\n\n  ${url}/#token=${token}\n\nMore people: tesoro-migrate token create --role viewer --name …\n`,
        );
      }
      if (!signal.aborted) await once(signal, 'abort');
      return { address: url, startedAt, stoppedAt: environment.now().toISOString() };
    } finally {
      await server.stop();
    }
  } finally {
    await host.close();
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Beside the embedded database; for a server's, in the directory that the program runs in. */
const uploadsBeside = (database: string): string =>
  /^postgres(ql)?:\/\//.test(database)
    ? join('.tesoro', 'uploads')
    : join(dirname(resolve(database)), 'uploads');
