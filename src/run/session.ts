import type { SourceAdapter } from '../adapter/contract.ts';
import { schemaMigrations } from '../crm/migrations/index.ts';
import type { Database } from '../database/contract.ts';
import { migrateSchema } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import { type Downloader, feedLimits } from '../download/contract.ts';
import type { FeedDownload } from '../feeds/contract.ts';
import { feedDownload } from '../feeds/download.ts';
import type { Environment } from './contract.ts';
import { ensureAccount, type Account } from './store.ts';

/** What the use cases share: the world outside, the adapters, and a database that is opened when first needed. */
export interface Session {
  readonly environment: Environment & { readonly download: FeedDownload };
  readonly adapters: readonly SourceAdapter[];
  /** The database, opened, with its schema up to date. */
  database(): Promise<Database>;
  /** The database as it is found. */
  bareDatabase(): Promise<Database>;
  account(): Promise<Account>;
  /** Gets files over the network, within the bounds of the environment. */
  readonly downloader: Downloader;
  close(): Promise<void>;
}

/** Makes the session of one command; `open` may give a database that is open already. */
export function createSession(
  environment: Environment,
  adapters: readonly SourceAdapter[],
  open: (location: string) => Promise<Database> = openDatabase,
): Session {
  let opened: Promise<Database> | undefined;
  let migrated: Promise<Database> | undefined;
  let account: Promise<Account> | undefined;
  const downloader = downloaderOf(environment);
  const bareDatabase = () => (opened ??= open(environment.database));
  const database = () =>
    (migrated ??= bareDatabase().then(async (found) => {
      await migrateSchema(found, schemaMigrations);
      return found;
    }));
  return {
    environment: {
      ...environment,
      download: environment.download ?? feedDownload(downloader, environment.now),
    },
    adapters,
    bareDatabase,
    database,
    account: () =>
      (account ??= database().then((found) =>
        ensureAccount(
          found,
          environment.account.slug,
          environment.account.defaults,
          environment.newId,
        ),
      )),
    downloader,
    close: async () => {
      await downloader.close();
      const found = await opened?.catch(() => undefined);
      await found?.close();
    },
  };
}

/** Made when it is needed: most commands never ask the network. */
function downloaderOf({ network, now }: Environment): Downloader {
  let made: Promise<Downloader> | undefined;
  const make = async (): Promise<Downloader> => {
    const { createDownloader } = await import('../download/downloader.ts');
    return createDownloader({ allow: [], random: () => 0.5, ...network, now }, feedLimits);
  };
  return {
    download: async (request) => (await (made ??= make())).download(request),
    close: async () => (await made?.catch(() => undefined))?.close(),
  };
}
