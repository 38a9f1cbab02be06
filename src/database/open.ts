import { UsageError } from '../model/errors.ts';
import type { Database } from './contract.ts';

/**
 * Opens what `--db` names: a server for `postgres://…` and `postgresql://…`, else a directory.
 * The drivers are loaded only when needed.
 */
export function openDatabase(location: string): Promise<Database> {
  return open(location, async (directory) => {
    const { openEmbedded } = await import('./embedded.ts');
    return openEmbedded(directory);
  });
}

/** The same for a server, which goes on answering while a statement takes long: an embedded database gets a thread. */
export function openDatabaseApart(location: string): Promise<Database> {
  return open(location, async (directory) => {
    const { openEmbeddedApart } = await import('./embedded-apart.ts');
    return openEmbeddedApart(directory);
  });
}

async function open(
  location: string,
  openDirectory: (directory: string) => Promise<Database>,
): Promise<Database> {
  if (/^postgres(ql)?:\/\//.test(location)) {
    const { openServer } = await import('./server.ts');
    return openServer(location);
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new UsageError(`The database "${location}" is neither a directory nor postgres://….`, {
      hint: 'Use --db postgres://user:password@host/database, or a directory.',
    });
  }
  return openDirectory(location);
}
