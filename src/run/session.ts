import type { SourceAdapter } from '../adapter/contract.ts';
import { schemaMigrations } from '../crm/migrations/index.ts';
import type { Database } from '../database/contract.ts';
import { migrateSchema } from '../database/migrate.ts';
import { openDatabase } from '../database/open.ts';
import type { Environment } from './contract.ts';
import { ensureAccount, type Account } from './store.ts';

/** What the use cases share: the world outside, the adapters, and a database that is opened when first needed. */
export interface Session {
  readonly environment: Environment;
  readonly adapters: readonly SourceAdapter[];
  /** The database, opened, with its schema up to date. */
  database(): Promise<Database>;
  /** The database as it is found. */
  bareDatabase(): Promise<Database>;
  account(): Promise<Account>;
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
  const bareDatabase = () => (opened ??= open(environment.database));
  const database = () =>
    (migrated ??= bareDatabase().then(async (found) => {
      await migrateSchema(found, schemaMigrations);
      return found;
    }));
  return {
    environment,
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
    close: async () => {
      const found = await opened?.catch(() => undefined);
      await found?.close();
    },
  };
}
