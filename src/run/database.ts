import { schemaMigrations } from '../crm/migrations/index.ts';
import { tableNames } from '../crm/column.ts';
import { schemaStateOf } from '../database/migrate.ts';
import type { DatabaseDocument } from './contract.ts';
import type { Session } from './session.ts';

/** Brings the schema up to date and tells what was done. */
export async function migrateDatabase(session: Session): Promise<DatabaseDocument> {
  const { pending } = await schemaStateOf(await session.bareDatabase(), schemaMigrations);
  await session.database();
  return describe(session, pending);
}

/** Tells what is in the database, without changing it. */
export async function databaseInfo(session: Session): Promise<DatabaseDocument> {
  const { pending } = await schemaStateOf(await session.bareDatabase(), schemaMigrations);
  return describe(session, pending);
}

async function describe(
  session: Session,
  migrations: readonly string[],
): Promise<DatabaseDocument> {
  const database = await session.bareDatabase();
  const { applied } = await schemaStateOf(database, schemaMigrations);
  const { rows: versions } = await database.query(
    `SELECT current_setting('server_version') AS version`,
  );
  const rows: Record<string, number> = {};
  if (applied.length > 0) {
    for (const table of tableNames) {
      const { rows: counted } = await database.query(
        `SELECT count(*)::float8 AS n FROM crm.${table}`,
      );
      rows[table] = Number(counted[0]?.['n'] ?? 0);
    }
  }
  return {
    kind: database.kind,
    location: database.location,
    server: String(versions[0]?.['version']),
    schemaVersion: applied.length === 0 ? null : applied.length,
    newestVersion: schemaMigrations.length,
    migrations,
    rows,
  };
}
