import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { SchemaMigration } from '../crm/migrations/migration.ts';
import { TargetError } from '../model/errors.ts';
import type { Database } from './contract.ts';
import { targetError } from './statement-error.ts';

/** Which steps of the schema a database has, and which it lacks. */
export interface SchemaState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

const stepsTable = 'tesoro_schema_steps';

// One process at a time brings a schema up to date; the others look again after so many milliseconds.
const schemaLock = 'tesoro-migrate schema';
const patienceMs = 100;

/**
 * Brings the schema up to date, each step in a transaction; waits for a process that is doing so already.
 * Throws TargetError when the database has steps that this version of the tool does not know.
 */
export async function migrateSchema(
  database: Database,
  migrations: readonly SchemaMigration[],
): Promise<SchemaState> {
  for (;;) {
    const before = await schemaStateOf(database, migrations);
    if (before.pending.length === 0) return before;
    const done = await database.withLock(schemaLock, () => migrateLocked(database, migrations));
    if (done !== undefined) return done;
    await sleep(patienceMs);
  }
}

function migrateLocked(
  database: Database,
  migrations: readonly SchemaMigration[],
): Promise<SchemaState> {
  const config = {
    tableName: stepsTable,
    migrationSource: {
      getMigrations: () => Promise.resolve([...migrations]),
      getMigrationName: (migration: SchemaMigration) => migration.name,
      getMigration: (migration: SchemaMigration) =>
        Promise.resolve({
          up: async (transaction: Knex) => {
            for (const statement of migration.statements) await transaction.raw(statement);
          },
          down: () => Promise.reject(new Error('Steps of the schema are not taken back.')),
        }),
    },
  };
  return database.withKnex(async (knex) => {
    try {
      // Whoever holds our lock is alone: a lock of knex's own was left by a process that died.
      await knex.migrate.forceFreeMigrationsLock(config);
      await knex.migrate.latest(config);
    } catch (cause) {
      throw targetError(cause, 'Bringing the schema up to date');
    }
    return { applied: migrations.map(({ name }) => name), pending: [] };
  });
}

/** Reads which steps a database has. Throws TargetError when it has unknown, newer ones. */
export async function schemaStateOf(
  database: Database,
  migrations: readonly SchemaMigration[],
): Promise<SchemaState> {
  const { rows: found } = await database.query(
    `SELECT to_regclass('${stepsTable}') IS NOT NULL AS there`,
  );
  if (found[0]?.['there'] !== true) {
    return { applied: [], pending: migrations.map(({ name }) => name) };
  }
  const { rows } = await database.query(`SELECT name FROM ${stepsTable} ORDER BY id`);
  const applied = rows.map((row) => String(row['name']));
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new TargetError(
      `The database ${database.location} has a newer schema than this version of tesoro-migrate knows (${unknown.join(', ')}).`,
      { hint: 'Install the newest version of the tool, or use another database.' },
    );
  }
  return {
    applied,
    pending: migrations.map(({ name }) => name).filter((name) => !applied.includes(name)),
  };
}
